// A store as a snapshot: what a release puts on users' phones.
import type { Snapshot, SnapshotField, SnapshotStep } from '../../../baseline/snapshot.ts'
import type { Column, Migration, Step, WatermelonStore } from '../types.ts'

/** The snapshot of a store's present schema and migrations; undefined while its version is not known. */
export function snapshotOf(store: WatermelonStore): Snapshot | undefined {
  const { schema } = store
  if (!schema?.version) return undefined
  return {
    format: 'offline-storage/snapshot',
    formatVersion: 1,
    engine: store.engine,
    store: store.name,
    version: schema.version.value,
    complete: store.complete,
    entities: store
      .tableNames()
      .flatMap(name => store.table(name) ?? [])
      .map(table => ({
        name: table.name.text,
        complete: table.complete,
        fields: fieldsOf([...table.columns.values()]),
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    migrations: (store.migrationsRead?.list ?? [])
      .filter(migration => migration.toVersion !== undefined)
      .map(migration => ({
        toVersion: migration.toVersion!,
        steps: migration.stepsEntry && migration.isObject ? stepsOf(migration) : [{ kind: 'unknown' as const }],
      }))
      .sort((a, b) => a.toVersion - b.toVersion),
  }
}

/** Steps that the reader could not even see (an unknown spread) are one unknown step more. */
function stepsOf({ steps, complete }: Migration): SnapshotStep[] {
  const known = steps.map(stepOf)
  return complete || known.some(step => step.kind === 'unknown') ? known : [...known, { kind: 'unknown' }]
}

/** Columns as fields of a snapshot. */
export const fieldsOf = (columns: readonly Column[]): SnapshotField[] =>
  columns.map(column => ({
    name: column.name.text,
    type: column.type?.text ?? 'unknown',
    ...(column.optional && { optional: true }),
    ...(column.indexed && { indexed: true }),
  }))

/** A migration's step as a step of a snapshot. */
export function stepOf(step: Step): SnapshotStep {
  if (step.kind === 'create' && step.table.isNamed && step.table.complete)
    return { kind: 'create-entity', entity: step.table.name.text, fields: fieldsOf(step.table.fields) }
  if (step.kind === 'add' && step.table && step.complete)
    return { kind: 'add-fields', entity: step.table.text, fields: fieldsOf(step.columns) }
  if (step.kind === 'sql' && step.sql) return { kind: 'sql', sql: step.sql.text }
  return { kind: 'unknown' }
}
