// On which side of an association its key column is.
import { implicitColumns } from '../schema/find-column.ts'
import type { Association, Model, Table, WatermelonStore } from '../types.ts'

/** An association whose type, key and both tables are known completely. */
export interface Sides {
  readonly type: 'belongs_to' | 'has_many'
  readonly key: string
  /** The table that must have the key column, and the other one. */
  readonly holder: Table
  readonly other: Table
  /** True when `holder` has the column. */
  readonly isHeld: boolean
  /** True when only `other` has it. */
  readonly isReversed: boolean
}

/** The sides of an association; undefined where something about it is not known. */
export function sidesOf(store: WatermelonStore, model: Model, association: Association): Sides | undefined {
  const own = model.table && store.table(model.table.text)
  const theirs = store.table(association.table)
  const { type, key } = association
  if (!own?.complete || !theirs?.complete || !key) return undefined
  if (type?.text !== 'belongs_to' && type?.text !== 'has_many') return undefined
  const [holder, other] = type.text === 'belongs_to' ? [own, theirs] : [theirs, own]
  const isHeld = holder.columns.has(key.text) || implicitColumns.has(key.text)
  return { type: type.text, key: key.text, holder, other, isHeld, isReversed: !isHeld && other.columns.has(key.text) }
}
