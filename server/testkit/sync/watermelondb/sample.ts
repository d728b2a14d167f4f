// The app of these tests: projects and their tasks, and a table that stays on the device.
import type { SyncEntity, SyncSchema } from '../../../src/core/sync/generate/layer.ts'

const at = { file: 'schema.ts', span: { start: 0, end: 0 } }

export const sampleEntities: readonly SyncEntity[] = [
  {
    name: 'projects',
    typeName: 'Project',
    path: 'projects',
    key: 'id',
    parents: [],
    fields: [{ name: 'name', type: 'text', optional: false }],
  },
  {
    name: 'tasks',
    typeName: 'Task',
    path: 'tasks',
    key: 'id',
    parents: [{ entity: 'projects', field: 'project_id' }],
    fields: [
      { name: 'project_id', type: 'text', optional: false, refersTo: 'projects' },
      { name: 'title', type: 'text', optional: false },
      { name: 'a', type: 'number', optional: false },
      { name: 'b', type: 'number', optional: false },
      { name: 'done', type: 'boolean', optional: false },
      { name: 'meta', type: 'json', optional: true },
      { name: 'due', type: 'milliseconds', optional: true },
    ],
  },
]

export const sampleSchema: SyncSchema = {
  store: {
    engine: 'watermelondb',
    name: 'app',
    at,
    schemaFile: 'schema.ts',
    version: { value: 1, at },
    entities: [],
    complete: true,
    migrations: [],
  },
  version: 1,
  entities: sampleEntities,
  packages: [],
}

/** The columns of a table, as `tableSchema` takes them. */
export function columnsOf(entity: SyncEntity) {
  return entity.fields.map(({ name, type, optional }) => ({
    name,
    type:
      type === 'boolean'
        ? ('boolean' as const)
        : type === 'number' || type === 'milliseconds'
          ? ('number' as const)
          : ('string' as const),
    isOptional: optional,
  }))
}
