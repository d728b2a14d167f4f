// What the schema holds that upgraded devices would lack: the steps a migration must still make.
import type { Snapshot } from '../../baseline/snapshot.ts'
import type { Column, Table, TableHistory, WatermelonStore } from './types.ts'

/** A step that a new migration needs. */
export type NewStep =
  | { readonly kind: 'create'; readonly table: string; readonly columns: readonly Column[] }
  | { readonly kind: 'add'; readonly table: string; readonly columns: readonly Column[] }
  | { readonly kind: 'sql'; readonly sql: string }

/** The newest released snapshot, where there is a baseline. */
export const releasedSnapshot = (store: WatermelonStore): Snapshot | undefined => store.baseline?.snapshots.at(-1)

/** What of a table upgraded devices lack: the whole table, some columns, or nothing that can be told. */
export type Missing =
  | { readonly kind: 'table' }
  | { readonly kind: 'columns'; readonly columns: readonly Column[] }
  | { readonly kind: 'nothing' }

const nothing: Missing = { kind: 'nothing' }

/**
 * Compares a table with what the released schema (where there is one) and the migrations give to a device that
 * upgrades. Where SQL steps, unreadable steps or unreadable columns could make up for it, nothing is told.
 */
export function missingOf(store: WatermelonStore, table: Table): Missing {
  const released = releasedSnapshot(store)
  const history = store.history(table.name.text)
  const chainIsKnown = store.migrationsRead === undefined || history.complete
  if (!chainIsKnown || history.sql.length > 0 || !table.isNamed || table.unsafeSql) return nothing
  const entity = released?.entities.find(one => one.name === table.name.text)
  if (released && (!released.complete || entity?.complete === false)) return nothing
  if (!released && history.created.length === 0) return nothing
  if (released && !entity && history.created.length === 0) return { kind: 'table' }

  const given = new Set(entity?.fields.map(field => field.name))
  for (const { step } of history.created) for (const column of step.table.fields) given.add(column.name.text)
  for (const { column } of history.added) given.add(column.name.text)
  const columns = [...table.columns.values()].filter(column => !given.has(column.name.text))
  return columns.length > 0 ? { kind: 'columns', columns } : nothing
}

/** All steps that a migration must still make, for every table of the store. */
export function missingSteps(store: WatermelonStore): readonly NewStep[] {
  return store.tableNames().flatMap((name): NewStep[] => {
    const table = store.table(name)
    if (!table) return []
    const missing = missingOf(store, table)
    if (missing.kind === 'table') return [{ kind: 'create', table: name, columns: [...table.columns.values()] }]
    return missing.kind === 'columns' ? [{ kind: 'add', table: name, columns: missing.columns }] : []
  })
}

/** True when some step of a table's history comes after the released version. */
export const changesAfter = (history: TableHistory, version: number): boolean =>
  [...history.created, ...history.added].some(one => (one.version ?? 0) > version)
