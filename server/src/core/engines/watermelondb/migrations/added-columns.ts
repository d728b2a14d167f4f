// Columns that old rows got by a migration, beside what the schema says of them now.
import { clearColumn } from '../schema/find-column.ts'
import type { Column, TableInStore } from '../types.ts'
import { replay } from './replay.ts'

/** A column of the schema, and the step's column that upgraded devices have. */
export interface MigratedColumn {
  readonly now: Column
  readonly then: Column
  /** `add` fills old rows with a default; `create` makes a table that has none. */
  readonly by: 'create' | 'add'
  readonly version: number | undefined
  /** True when SQL of a migration gives the column an index. */
  readonly isIndexed: boolean
  /** True when SQL of a migration sets its values, which happens on SQLite only: LokiJS ignores SQL steps. */
  readonly isFilledBySql: boolean
}

/** The columns of a table that a step made and no later SQL has renamed or dropped. */
export function* migratedColumns({ store, table }: TableInStore): Generator<MigratedColumn> {
  if (!store.migrationsRead || !table.isNamed || table.unsafeSql) return
  const devices = replay(store.migrationsRead, undefined)
  const state = devices.table(table.name.text)
  if (!state || !devices.isSure(table.name.text)) return
  for (const name of table.columns.keys()) {
    const now = clearColumn(table, name)
    const found = state.columns.get(name.toLowerCase())
    if (!now || !found?.column || found.column.unclear) continue
    if (found.by !== 'add' && found.by !== 'create') continue
    const { column: then, by, version } = found
    yield { now, then, by, version, isIndexed: state.indexed.has(name.toLowerCase()), isFilledBySql: found.isSetBySql }
  }
}
