// Migrations as they were released, out of the snapshots, to be written again.
import type { SnapshotField, SnapshotStep } from '../../../baseline/snapshot.ts'
import type { WatermelonStore } from '../types.ts'
import type { ColumnSpec, NewStep } from './new-step.ts'
import type { NewEntry } from './write-migration.ts'

/**
 * The entries that lead from `first` to `last`, as some snapshot has them; empty ones for versions of which none is
 * known. Undefined where a snapshot has steps that could not be read.
 */
export function releasedSteps(store: WatermelonStore, first: number, last: number): readonly NewEntry[] | undefined {
  const entries: NewEntry[] = []
  for (let toVersion = first; toVersion <= last; toVersion++) {
    const known = store.baseline?.snapshots.flatMap(one => one.migrations).find(one => one.toVersion === toVersion)
    const steps = known ? newSteps(known.steps) : []
    if (!steps) return undefined
    entries.push({ toVersion, steps })
  }
  return entries
}

/** Steps of a snapshot, to be written; undefined where some could not be read. */
export function newSteps(steps: readonly SnapshotStep[]): readonly NewStep[] | undefined {
  const written: NewStep[] = []
  for (const step of steps) {
    if (step.kind === 'unknown') return undefined
    if (step.kind === 'sql') written.push({ kind: 'sql', sql: step.sql })
    else
      written.push({
        kind: step.kind === 'create-entity' ? 'create' : 'add',
        table: step.entity,
        columns: step.fields.map(specOfField),
      })
  }
  return written
}

/** A field of a snapshot as a column to be written. */
export const specOfField = (field: SnapshotField): ColumnSpec => ({
  name: field.name,
  type: field.type,
  optional: field.optional === true,
  indexed: field.indexed === true,
})
