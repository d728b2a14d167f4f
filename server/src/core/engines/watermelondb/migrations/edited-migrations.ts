// Compares released migrations with what they are now.
import type { SnapshotStep } from '../../../baseline/snapshot.ts'
import type { Column, Migration, WatermelonStore } from '../types.ts'
import { isReleased, releasedSnapshot } from './missing-steps.ts'
import { type NewStep, specOf } from './new-step.ts'
import { newSteps } from './released-steps.ts'
import { stepOf } from './snapshot-of.ts'

/** A released migration that is no longer what it was. */
export type EditedMigration =
  | {
      readonly kind: 'changed'
      readonly migration: Migration
      /** The steps as they were released. */
      readonly before: readonly NewStep[]
      /** What the migration does now and did not do then. */
      readonly added: readonly NewStep[]
    }
  | { readonly kind: 'removed'; readonly first: number; readonly last: number }

/** All released migrations that were changed or removed since; nothing where steps cannot be read, then or now. */
export function* editedMigrations(store: WatermelonStore): Generator<EditedMigration> {
  const released = releasedSnapshot(store)
  const { migrationsRead } = store
  if (!released || !migrationsRead?.complete || store.baseline?.kind !== 'release') return
  if (migrationsRead.list.some(one => one.toVersion === undefined)) return
  let removed: { first: number; last: number } | undefined
  for (const { toVersion, steps } of released.migrations) {
    if (isReleased(store, toVersion) !== true) continue
    const migration = migrationsRead.list.find(one => one.toVersion === toVersion)
    if (!migration) {
      if (removed?.last === toVersion - 1) removed.last = toVersion
      else {
        if (removed) yield { kind: 'removed', ...removed }
        removed = { first: toVersion, last: toVersion }
      }
      continue
    }
    const before = newSteps(steps)
    const then = effectsOf(steps)
    const now = migration.complete ? effectsOf(migration.steps.map(stepOf)) : undefined
    if (!before || !then || !now || then.join('\n') === now.join('\n')) continue
    yield { kind: 'changed', migration, before, added: addedTo(migration, steps) }
  }
  if (removed) yield { kind: 'removed', ...removed }
}

/**
 * What steps do to a device, each as a line, in an order that does not depend on how they are cut into steps. Types and
 * `isOptional` of a new table leave no trace on the device, so they are left out.
 */
function effectsOf(steps: readonly SnapshotStep[]): string[] | undefined {
  const effects: string[] = []
  for (const step of steps) {
    if (step.kind === 'unknown') return undefined
    if (step.kind === 'sql') effects.push(`sql ${plainSql(step.sql)}`)
    else if (step.kind === 'add-fields')
      for (const one of step.fields)
        effects.push(`add ${step.entity}.${one.name} ${one.type} ${one.optional === true} ${one.indexed === true}`)
    else {
      effects.push(`create ${step.entity}`)
      for (const one of step.fields) effects.push(`create ${step.entity}.${one.name} ${one.indexed === true}`)
    }
  }
  return effects.sort()
}

const plainSql = (sql: string): string =>
  sql
    .replace(/\s+/g, ' ')
    .replace(/[\s;]+$/, '')
    .trim()

function addedTo(migration: Migration, before: readonly SnapshotStep[]): NewStep[] {
  const had = (table: string, column: string): boolean =>
    before.some(step => 'entity' in step && step.entity === table && step.fields.some(one => one.name === column))
  const hadSql = new Set(before.flatMap(step => (step.kind === 'sql' ? [plainSql(step.sql)] : [])))
  const newOf = (table: string, columns: readonly Column[]) =>
    columns.filter(one => !had(table, one.name.text)).map(specOf)
  return migration.steps.flatMap((step): NewStep[] => {
    if (step.kind === 'sql')
      return step.sql && !hadSql.has(plainSql(step.sql.text)) ? [{ kind: 'sql', sql: step.sql.text }] : []
    if (step.kind !== 'create' && step.kind !== 'add') return []
    const table = step.kind === 'create' ? step.table.name.text : (step.table?.text ?? '')
    const columns = newOf(table, step.kind === 'create' ? step.table.fields : step.columns)
    if (step.kind === 'create' && !before.some(one => one.kind === 'create-entity' && one.entity === table))
      return [{ kind: 'create', table, columns: step.table.fields.map(specOf) }]
    return columns.length === 0 ? [] : [{ kind: 'add', table, columns }]
  })
}
