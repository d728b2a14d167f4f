// What code holds in its hand when it speaks to a database.
import type { Located } from '../../../catalog/scope.ts'
import type { CallValue, JsxValue } from '../../../source/value.ts'
import type { SqlPackage } from '../imports.ts'

/** Something that SQL is given to. */
export interface Handle {
  readonly package: SqlPackage
  readonly kind: 'database' | 'transaction' | 'statement'
  /** Where the database is opened, where that is known. */
  readonly opening?: Located<CallValue | JsxValue>
  /** The call that runs the transaction whose handle it is. */
  readonly transaction?: Located<CallValue>
  /** The call that prepares the statement. */
  readonly prepared?: Located<CallValue>
  /** True where callers give something that cannot be followed: it may be a database that others open. */
  readonly isUncertain?: boolean
}
