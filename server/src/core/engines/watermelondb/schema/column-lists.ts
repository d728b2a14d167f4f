// Every place of a store that lists columns: its tables, and the steps of its migrations.
import { mapper } from '../../../catalog/long-lists.ts'
import type { Located } from '../../../catalog/scope.ts'
import type { FixContext } from '../../../rules/rule.ts'
import type { TextEdit } from '../../../text/edit.ts'
import { type Place, sameSpan } from '../../../text/span.ts'
import { removeElement } from '../../../write/remove-element.ts'
import { arrayIn } from '../migrations/write-migration.ts'
import type { Column, Step, Table, WatermelonStore } from '../types.ts'

/** A list of columns and what it belongs to. */
export interface ColumnList {
  readonly columns: readonly Column[]
  readonly nameless: Table['nameless']
  /** What the `columns` key leads to. */
  readonly value: Located | undefined
  /** The table's name, where it is known. */
  readonly tableName: string | undefined
  /** The table that is defined here; undefined for `addColumns`. */
  readonly table: Table | undefined
  /** Undefined in the schema. */
  readonly step: Step | undefined
}

/** A list of columns as its store sees it: what rules about columns, wherever they are listed, are asked about. */
export interface ColumnsInStore {
  readonly list: ColumnList
  readonly store: WatermelonStore
}

/** The lists of the schema, then those of the migrations. An edit of one of them makes that one anew. */
export function createColumnLists(store: WatermelonStore): () => readonly ColumnsInStore[] {
  const ofTables = mapper((table: Table): ColumnsInStore => ({ list: listOf(table, undefined), store }))
  const ofSteps = mapper(
    (step: ListingStep): ColumnsInStore => ({
      list: step.kind === 'create' ? listOf(step.table, step) : addedList(step),
      store,
    }),
  )
  return () => {
    const steps = (store.migrationsRead?.list ?? []).flatMap(migration => migration.steps)
    return ofTables(store.schema?.tables ?? []).concat(ofSteps(steps.filter(listsColumns)))
  }
}

type ListingStep = Step & { kind: 'create' | 'add' }

const listsColumns = (step: Step): step is ListingStep => step.kind === 'create' || step.kind === 'add'

const addedList = (step: Step & { kind: 'add' }): ColumnList => ({
  columns: step.columns,
  nameless: step.nameless,
  value: step.columnsValue,
  tableName: step.table?.text,
  table: undefined,
  step,
})

const listOf = (table: Table, step: Step | undefined): ColumnList => ({
  columns: table.fields,
  nameless: table.nameless,
  value: table.columnsValue,
  tableName: table.isNamed ? table.name.text : undefined,
  table,
  step,
})

/** The edit that takes the element at `at` out of an array literal; undefined where it does not stand in that literal itself. */
export function removeFrom(array: Located | undefined, at: Place, context: FixContext): TextEdit | undefined {
  const list = arrayIn(array, context)
  const index = list?.file === at.file ? list.elements.findIndex(span => sameSpan(span, at.span)) : -1
  return list && index >= 0 ? removeElement(list, index) : undefined
}
