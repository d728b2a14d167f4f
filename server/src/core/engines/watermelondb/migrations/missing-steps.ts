// What the schema holds that upgraded devices would lack: the steps a migration must still make.
import type { Snapshot } from '../../../baseline/snapshot.ts'
import type { Column, Migrations, Table, WatermelonStore } from '../types.ts'
import { isLokiOnly } from './loki-only.ts'
import { type NewStep, specOf } from './new-step.ts'
import { atRelease, type Replayed, replay } from './replay.ts'

/** The newest released snapshot, where there is a baseline. */
export const releasedSnapshot = (store: WatermelonStore): Snapshot | undefined => store.baseline?.snapshots.at(-1)

/** What of a table upgraded devices lack: the whole table, some columns, or nothing that can be told. */
export type Missing =
  | { readonly kind: 'table' }
  | { readonly kind: 'columns'; readonly columns: readonly Column[] }
  | { readonly kind: 'nothing' }

const nothing: Missing = { kind: 'nothing' }

/**
 * Compares a table with what devices have that upgrade: those that install the app while a migration creates the table,
 * and those at the newest released version. Where a step, SQL or a column that cannot be read could make up for it,
 * nothing is told.
 */
export function missingOf(store: WatermelonStore, table: Table): Missing {
  if (!table.isNamed || table.unsafeSql || store.unsafeSql) return nothing
  const name = table.name.text
  const released = comparedSnapshot(store)
  const isReleasedVersion = released !== undefined && store.version?.value === released.version
  const chain = chainOf(store)
  // Devices at the released version run no migration that leads to it, so nothing needs to be known of the chain.
  if (chain === 'unknown' && !(isReleasedVersion && store.baseline?.kind === 'release')) return nothing
  const played = typeof chain === 'string' ? undefined : replay(chain, undefined)
  const devices: Replayed[] = []
  if (played?.table(name)?.isCreated) devices.push(played)
  if (released?.complete) devices.push(typeof chain === 'string' ? atRelease(released) : replay(chain, released))
  if (devices.some(device => !device.isSure(name))) return nothing

  const upgraded = released?.complete ? devices.at(-1) : undefined
  if (upgraded && !upgraded.table(name) && !played?.table(name)?.isCreated) return { kind: 'table' }
  const columns = [...table.columns.values()].filter(column => {
    const key = column.name.text.toLowerCase()
    const isGiven = played?.table(name)?.columns.has(key) ?? false
    return devices.some(device => {
      const state = device.table(name)
      return state?.isCreated === true && !state.columns.has(key) && !(device === upgraded && isGiven)
    })
  })
  return columns.length > 0 ? { kind: 'columns', columns } : nothing
}

/** The newest released snapshot that the present schema is a successor of: none where the version has gone down. */
export function comparedSnapshot(store: WatermelonStore): Snapshot | undefined {
  const released = releasedSnapshot(store)
  return released && store.version && store.version.value >= released.version ? released : undefined
}

/** The migrations of a store; `none` where no adapter is given any, `unknown` where they cannot be read. */
export function chainOf(store: WatermelonStore): Migrations | 'none' | 'unknown' {
  if (store.migrationsRead) return store.migrationsRead
  const { adapters } = store
  const hasNone = adapters.length > 0 && adapters.every(one => one.complete && !one.entries.has('migrations'))
  return hasNone ? 'none' : 'unknown'
}

/** Whether phones have the migration to this version already; `unknown` where nothing tells. */
export function isReleased(store: WatermelonStore, version: number | undefined): boolean | 'unknown' {
  const released = releasedSnapshot(store)
  if (!released || version === undefined) return 'unknown'
  if (version > released.version) return false
  return store.baseline?.kind === 'release' ? true : 'unknown'
}

/** True when migrations lead up to the schema's version, so that devices upgrade and are not reset. */
export function coversVersion(store: WatermelonStore): boolean {
  const version = store.version?.value
  const { migrationsRead } = store
  return (
    version !== undefined &&
    migrationsRead?.list.some(one => one.toVersion !== undefined && one.toVersion >= version) === true
  )
}

/** All steps that a migration must still make, for every table of the store. */
export function missingSteps(store: WatermelonStore): readonly NewStep[] {
  return store.tableNames().flatMap((name): NewStep[] => {
    const table = store.table(name)
    if (!table) return []
    const missing = missingOf(store, table)
    if (missing.kind === 'table')
      return [{ kind: 'create', table: name, columns: [...table.columns.values()].map(specOf) }]
    const added: NewStep[] =
      missing.kind === 'columns' ? [{ kind: 'add', table: name, columns: missing.columns.map(specOf) }] : []
    const indexes = missingIndexes(store, table).map(
      (column): NewStep => ({ kind: 'sql', sql: indexSql(name, column) }),
    )
    return [...added, ...indexes]
  })
}

/** SQL that gives a column the index that the library itself would make on a fresh install. */
export const indexSql = (table: string, column: string): string =>
  `create index if not exists "${table}_${column}" on "${table}" ("${column}");`

/** Names of columns that phones have from a release without the index that the schema now wants. */
function missingIndexes(store: WatermelonStore, table: Table): readonly string[] {
  const name = table.name.text
  const released = comparedSnapshot(store)
  const chain = chainOf(store)
  if (!released?.complete || chain === 'unknown' || isLokiOnly(store)) return []
  if (!table.isNamed || table.unsafeSql || store.unsafeSql) return []
  const device = typeof chain === 'string' ? atRelease(released) : replay(chain, released)
  const state = device.isSure(name) ? device.table(name) : undefined
  return [...table.columns.values()].flatMap(({ name: { text }, indexed }) => {
    const key = text.toLowerCase()
    return indexed && state?.columns.get(key)?.by === 'release' && !state.indexed.has(key) ? [text] : []
  })
}
