// The steps that a new migration is made of.
import type { Column } from '../types.ts'

/** What a column literal says. */
export interface ColumnSpec {
  readonly name: string
  readonly type: string
  readonly optional: boolean
  readonly indexed: boolean
}

/** A step that a new migration needs. */
export type NewStep =
  | { readonly kind: 'create'; readonly table: string; readonly columns: readonly ColumnSpec[] }
  | { readonly kind: 'add'; readonly table: string; readonly columns: readonly ColumnSpec[] }
  | { readonly kind: 'sql'; readonly sql: string }

/** A column of the schema as it would be written anew: a frozen copy, never the live constant. */
export const specOf = (column: Column): ColumnSpec => ({
  name: column.name.text,
  type: column.type?.text ?? 'string',
  optional: column.optional,
  indexed: column.indexed,
})
