// A small view: three tables in a row, and one apart.
import type { DiagramEntity, DiagramField, DiagramRelation, DiagramView } from '../../../../shared/diagram.ts'

const field = (name: string, more: Partial<DiagramField> = {}): DiagramField => ({
  name,
  type: 'string',
  optional: false,
  indexed: false,
  findings: [],
  ...more,
})

/** A table 200 wide, with these columns. */
export function entity(name: string, x: number, y: number, columns: readonly string[] = []): DiagramEntity {
  const fields = columns.map(column => field(column))
  const size = { width: 200, height: 34 + 22 * fields.length }
  return { id: `app/${name}`, store: 'app', name, group: 'all', x, y, ...size, fields, complete: true, findings: [] }
}

export const relation = (from: string, to: string, fromField: string): DiagramRelation => ({
  id: `${from}.${fromField}`,
  from: `app/${from}`,
  to: `app/${to}`,
  fromField,
  name: to,
  fromEnd: 'many',
  toEnd: 'one',
})

/** users ← posts ← comments, and settings. */
export function smallView(): DiagramView {
  const entities = [
    entity('users', 0, 0, ['name', 'email']),
    entity('posts', 400, 0, ['title', 'author_id']),
    entity('comments', 800, 0, ['body', 'post_id']),
    entity('settings', 0, 400, ['value']),
  ]
  const relations = [relation('posts', 'users', 'author_id'), relation('comments', 'posts', 'post_id')]
  const extent = { x: 0, y: 0, width: 1000, height: 500 }
  return {
    stores: [
      {
        id: 'app',
        name: 'app',
        engine: 'watermelondb',
        engineTitle: 'WatermelonDB',
        terms: { entity: ['table', 'tables'], field: ['column', 'columns'] },
        complete: true,
        entities: entities.length,
        versions: [],
        ...extent,
      },
    ],
    groups: [{ id: 'all', store: 'app', title: 'all', ...extent }],
    entities,
    relations,
    width: extent.width,
    height: extent.height,
    notes: [],
    steps: [],
  }
}
