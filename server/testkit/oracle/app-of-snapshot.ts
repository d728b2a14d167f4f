// Writes the app that left a phone in a certain state: a schema at a version, and nothing else.
import type { Snapshot } from '../../src/core/baseline/snapshot.ts'
import { exampleApp } from '../../src/core/engines/watermelondb/example-app.ts'

/** What a phone holds of an app. */
export type Shape = Pick<Snapshot, 'version' | 'entities'>

/** The files of an app without models whose schema is this one. */
export function appOfSnapshot({ version, entities }: Shape): Record<string, string> {
  const tables = entities.map(({ name, fields }) => {
    const columns = fields.map(
      field =>
        `{ name: '${field.name}', type: '${field.type}', isOptional: ${field.optional === true}, isIndexed: ${field.indexed === true} },`,
    )
    return `tableSchema({ name: '${name}', columns: [${columns.join(' ')}] }),`
  })
  return exampleApp({ version, schema: tables.join('\n') })
}

/**
 * The schema as the first release must have had it: what `snapshot` and the released schemas hold, without the tables
 * and columns that migrations make, at the version that these begin with. Undefined where there are no migrations.
 */
export function firstRelease(snapshot: Snapshot, released: readonly Snapshot[]): Shape | undefined {
  const steps = snapshot.migrations.flatMap(one => one.steps)
  if (snapshot.migrations.length === 0) return undefined
  const made = new Set(
    steps.flatMap(step => {
      if (step.kind === 'create-entity') return [step.entity]
      return step.kind === 'add-fields' ? step.fields.map(field => `${step.entity}.${field.name}`) : []
    }),
  )
  const entities = new Map<string, Shape['entities'][number]>()
  for (const { name, fields } of [...released, snapshot].flatMap(one => one.entities)) {
    if (made.has(name)) continue
    const known = entities.get(name)?.fields ?? []
    const more = fields.filter(field => !made.has(`${name}.${field.name}`) && !known.some(k => k.name === field.name))
    entities.set(name, { name, complete: true, fields: [...known, ...more] })
  }
  return { version: Math.min(...snapshot.migrations.map(one => one.toVersion)) - 1, entities: [...entities.values()] }
}
