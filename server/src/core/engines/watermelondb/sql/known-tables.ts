// The tables of a database as SQL sees them, each apart, so that SQL hears only of changes of the tables it speaks of.
import { keyed } from '../../../catalog/remembered.ts'
import { foldName } from '../../../sql/scan-sql.ts'
import { implicitColumns } from '../schema/find-column.ts'
import type { WatermelonStore } from '../types.ts'
import { encodeTable, localStorage } from './encode-table.ts'

/** A table of the present schema. */
export interface KnownTable {
  /** As it is declared. */
  readonly name: string
  /** The statements that make it. */
  readonly sql: string
  readonly columns: readonly string[]
  /** False where the app may make it in another way than the schema says. */
  readonly isSure: boolean
}

/** The table that `name` stands for in SQL, where case does not matter; undefined where there is none. */
export function knownTable(store: WatermelonStore, name: string): KnownTable | undefined {
  let read = remembered.get(store)
  if (!read) {
    read = keyed((key: string) => readTable(store, key), sameTable)
    remembered.set(store, read)
  }
  return read(name)
}

const remembered = new WeakMap<WatermelonStore, (name: string) => KnownTable | undefined>()

function readTable(store: WatermelonStore, name: string): KnownTable | undefined {
  if (foldName(name) === localStorage.name) return { ...localStorage, isSure: true }
  const table = store.table(name) ?? store.table(store.tableNames().find(one => foldName(one) === foldName(name)) ?? '')
  if (!table) return undefined
  const columns = [...table.columns.values()]
  return {
    name: table.name.text,
    sql: encodeTable(
      table.name.text,
      columns.map(column => ({ name: column.name.text, indexed: column.indexed })),
    ),
    columns: [...implicitColumns, ...columns.map(column => column.name.text)],
    isSure: table.complete && !table.unsafeSql && !store.unsafeSql,
  }
}

/** The statements say all that can differ but the certainty. */
const sameTable = (a: KnownTable | undefined, b: KnownTable | undefined): boolean =>
  a?.sql === b?.sql && a?.isSure === b?.isSure
