// Which tables a table belongs to, and which belong to it: what models say of its keys, and what their names say.
import { relationsOf } from '../mentions/relations.ts'
import { keysFor } from '../models/naming.ts'
import { targetOf } from '../models/write-model.ts'
import type { Column, Table, WatermelonStore } from '../types.ts'

/** A key column of a table and the table that it points at. */
export interface Parent {
  readonly column: Column
  readonly table: string
}

/** A table that points here, and its key column. */
export interface Child {
  readonly table: string
  readonly key: string
}

/** The tables that the columns of `table` point at. */
export function parentsOf(store: WatermelonStore, table: Table): readonly Parent[] {
  const told = new Map(relationsOf(store).flatMap(one => (one.from === table.name.text ? [[one.field, one.to]] : [])))
  return [...table.columns.values()].flatMap(column => {
    const target = told.get(column.name.text) ?? targetOf(column, store)
    return target === undefined ? [] : [{ column, table: target }]
  })
}

/** The tables with one key column that points at `table`; which of several is meant nobody knows. */
export function childrenOf(store: WatermelonStore, table: Table): readonly Child[] {
  const own = table.name.text
  const told = new Map<string, string | undefined>()
  for (const { from, field, to } of relationsOf(store))
    if (to === own && from !== own) told.set(from, told.has(from) && told.get(from) !== field ? undefined : field)
  const names = keysFor(own)
  return store.tableNames().flatMap(other => {
    if (other === own) return []
    const columns = store.table(other)?.columns
    const key = told.has(other) ? told.get(other) : names.find(name => columns?.get(name)?.type?.text === 'string')
    return key === undefined ? [] : [{ table: other, key }]
  })
}
