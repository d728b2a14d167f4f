// What may be written into a list of columns.
import type { Offer } from '../../../catalog/mention.ts'
import { plain } from '../../../write/snippet.ts'
import type { Style } from '../../../write/style.ts'
import { missingOf } from '../migrations/missing-steps.ts'
import { type ColumnSpec, specOf } from '../migrations/new-step.ts'
import { writeColumn } from '../migrations/write-steps.ts'
import { columnsForModel } from '../models/wanted-columns.ts'
import type { WatermelonStore } from '../types.ts'
import { columnSnippet } from './snippet.ts'

/** The call that a list of columns belongs to. */
export type ColumnsCall = 'tableSchema' | 'createTable' | 'addColumns'

/** A list of columns. `present` are the names that are in it. */
export interface ColumnsWanted {
  readonly call: ColumnsCall
  readonly stores: readonly WatermelonStore[]
  readonly table: string | undefined
  readonly present: ReadonlySet<string>
}

/** The columns that are known to be missing, then an empty one. */
export function offerColumns({ call, stores, table, present }: ColumnsWanted, style: Style): readonly Offer[] {
  const known = new Map<string, Offer>()
  for (const store of table === undefined ? [] : stores)
    for (const { column, why } of wanted(call, store, table!))
      if (!present.has(column.name) && !known.has(column.name)) known.set(column.name, offerOf(column, why, style))
  const blank: Offer = { label: 'column', snippet: columnSnippet(style), detail: 'a new column' }
  return [...known.values(), blank]
}

interface Wanted {
  readonly column: ColumnSpec
  readonly why: string
}

function wanted(call: ColumnsCall, store: WatermelonStore, name: string): readonly Wanted[] {
  const table = store.table(name)
  if (call === 'tableSchema')
    return store.modelsOf(name).flatMap(model =>
      columnsForModel(model)
        .filter(column => !table?.columns.has(column.name))
        .map(column => ({ column, why: `used by ${model.name}` })),
    )
  if (!table) return []
  const all = [...table.columns.values()].map(specOf).map(column => ({ column, why: 'in the schema' }))
  if (call === 'createTable') return all
  const missing = missingOf(store, table)
  const lacking = missing.kind === 'columns' ? missing.columns.map(specOf) : []
  const added = new Set(store.history(name).added.map(one => one.column.name.text))
  return [
    ...lacking.map(column => ({ column, why: 'in the schema and in no migration' })),
    ...all.filter(({ column }) => !added.has(column.name)),
  ]
}

const offerOf = (column: ColumnSpec, why: string, style: Style): Offer => ({
  label: column.name,
  snippet: plain(writeColumn(column, style)),
  detail: [column.type, column.optional && 'optional', column.indexed && 'indexed', why].filter(Boolean).join(', '),
})
