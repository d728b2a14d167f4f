// Looks a name up in all databases that a piece of code may mean.
import type { Table, WatermelonStore } from '../types.ts'

/** A table and the database that has it. */
export interface TableOfStore {
  readonly store: WatermelonStore
  readonly table: Table
}

/**
 * The tables of that name in the databases that could be meant: none where certainly no database has it, undefined where
 * a database that cannot be read completely might.
 */
export function candidateTables(stores: readonly WatermelonStore[], name: string): readonly TableOfStore[] | undefined {
  const found: TableOfStore[] = []
  for (const store of stores) {
    const table = store.table(name)
    if (table) found.push({ store, table })
    else if (!store.complete || store.unsafeSql) return undefined
  }
  return found
}

/** What `judge` says of the first, where it says something of every one; undefined where one is right or none is known. */
export function inEvery<T, R>(all: readonly T[] | undefined, judge: (one: T) => R | undefined): R | undefined {
  const verdicts = all?.map(judge) ?? []
  return verdicts.every(verdict => verdict !== undefined) ? verdicts[0] : undefined
}

/** The kinds of adapters that open these databases; undefined where one of them is opened by something unknown. */
export function adapterKinds(stores: readonly WatermelonStore[]): ReadonlySet<'sqlite' | 'loki'> | undefined {
  if (stores.length === 0 || stores.some(store => store.adapters.length === 0)) return undefined
  return new Set(stores.flatMap(store => store.adapters.map(adapter => adapter.kind)))
}
