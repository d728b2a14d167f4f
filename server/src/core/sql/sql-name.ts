// A name in a text of SQL.
import type { NameSpan } from './sql-scope.ts'

/** One name. `start` and `end` are its letters, without quotes, in UTF-16 code units of the text. */
export interface SqlName {
  /** `result`: a name that `AS` or a list of columns gives; `alias`: one that a table or a subquery is given. */
  readonly kind: 'table' | 'column' | 'alias' | 'cte' | 'result' | 'index' | 'trigger'
  readonly role: 'defines' | 'refers'
  readonly start: number
  readonly end: number
  /** As it reads, without quotes. */
  readonly name: string
  /** The table as it is declared: the table itself, the one of a column or index, the one an alias stands for. */
  readonly table?: string
  /** The column as it is declared. */
  readonly column?: string
  /** For what is defined in the statement itself: where. */
  readonly definedAt?: NameSpan
  /** True where a value is put into the column: lists of INSERT, SET. */
  readonly isWritten?: boolean
}
