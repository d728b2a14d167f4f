// Every place of a store that lists columns: its tables, and the steps of its migrations.

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

/** Remembers lists by the table or step they belong to, so that an edit of one asks about that one only. */
export type ColumnListMemory = WeakMap<object, ColumnsInStore>

/** The lists of the schema, then those of the migrations. */
export function columnLists(store: WatermelonStore, memory: ColumnListMemory): ColumnsInStore[] {
  const remembered = (owner: object, read: () => ColumnList): ColumnsInStore => {
    const known = memory.get(owner) ?? { list: read(), store }
    memory.set(owner, known)
    return known
  }
  const steps = (store.migrationsRead?.list ?? []).flatMap(migration => migration.steps)
  return [
    ...(store.schema?.tables ?? []).map(table => remembered(table, () => listOf(table, undefined))),
    ...steps.flatMap(step => {
      if (step.kind === 'create') return remembered(step, () => listOf(step.table, step))
      return step.kind === 'add' ? remembered(step, () => addedList(step)) : []
    }),
  ]
}

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
