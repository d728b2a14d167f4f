// Whether users' devices hold a table or column: what is released of it, and what migrations have made.
import type { WatermelonStore } from '../types.ts'
import { chainOf, comparedSnapshot, releasedSnapshot } from './missing-steps.ts'
import { atRelease, type Replayed, replay } from './replay.ts'

/** A table, or with `field` a column of it. */
export interface Named {
  readonly entity: string
  readonly field?: string
}

/**
 * `no`: no device with a released app has it, and a migration that brings it under this name is still to be released.
 * `yes`: some may. Else why that cannot be told.
 */
export type OnDevices = 'no' | 'yes' | { readonly problem: string }

/** Whether devices hold `thing` of the present schema. Where nothing is known to be released, anything may be. */
export function onDevices(store: WatermelonStore, thing: Named): OnDevices {
  const chain = chainOf(store)
  if (chain === 'unknown')
    return { problem: 'The migrations of this database cannot be read, so nothing tells what devices hold.' }
  const newest = releasedSnapshot(store)
  if (!newest) return 'yes'
  const released = comparedSnapshot(store)
  if (!released)
    return { problem: `The schema's version is not known to be ${newest.version} or higher, which is released.` }
  if (isInSnapshots(store, thing)) return 'yes'
  const device = typeof chain === 'string' ? atRelease(released) : replay(chain, released)
  if (!released.complete || !device.isSure(thing.entity))
    return { problem: `Nothing tells for certain what devices hold of "${thing.entity}".` }
  const table = device.table(thing.entity)
  if (table?.isCreated === false) return { problem: `Migrations speak of "${thing.entity}", but nothing makes it.` }
  if (!table || (thing.field !== undefined && !table.columns.has(thing.field.toLowerCase()))) return 'no'
  // SQL may have brought it under this name; then the name in the step that made it is another one.
  return makes(store, thing, released.version) ? 'no' : 'yes'
}

/** True when devices may hold something by this name, in any case, whether or not the schema still has it. */
export function isLeftOnDevices(store: WatermelonStore, { entity, field }: Named): boolean {
  const chain = chainOf(store)
  const released = releasedSnapshot(store)
  const devices: Replayed[] =
    typeof chain === 'string' ? [] : [replay(chain, undefined), ...(released ? [replay(chain, released)] : [])]
  return (
    isInSnapshots(store, { entity, ...(field !== undefined && { field }) }) ||
    devices.some(device => {
      const table = device.table(entity)
      return table !== undefined && (field === undefined || table.columns.has(field.toLowerCase()))
    })
  )
}

const isInSnapshots = ({ baseline }: WatermelonStore, { entity, field }: Named): boolean =>
  (baseline?.snapshots ?? []).some(snapshot =>
    snapshot.entities.some(
      one => isSame(one.name, entity) && (field === undefined || one.fields.some(column => isSame(column.name, field))),
    ),
  )

/** True when a step of a version behind `released` makes the thing under its present name. */
function makes({ migrationsRead }: WatermelonStore, { entity, field }: Named, released: number): boolean {
  return (migrationsRead?.list ?? [])
    .filter(one => (one.toVersion ?? 0) > released)
    .flatMap(one => one.steps)
    .some(step => {
      if (step.kind === 'create')
        return step.table.name.text === entity && (field === undefined || step.table.columns.has(field))
      if (step.kind !== 'add' || field === undefined || step.table?.text !== entity) return false
      return step.columns.some(column => column.name.text === field)
    })
}

/** SQLite does not tell upper case from lower case in names. */
const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()
