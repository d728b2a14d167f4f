// What can be said about a query string.
import type { Span } from '../../../text/span.ts'

/** Which question about a query a problem answers; each has a rule of its own. */
export type RqlProblemKind =
  /** The text is no query. */
  | 'syntax'
  /** A key path names what the class does not have. */
  | 'unknown-property'
  /** `@links` or `obj()` names a class that the realm does not have. */
  | 'unknown-class'
  /** An operator, operand, quantifier or aggregate that does not fit. */
  | 'type'
  /** `$n` beyond the given arguments. */
  | 'argument-count'
  /** What SORT, DISTINCT and LIMIT say. */
  | 'order'
  /** The library accepts it, and it matches nothing, everything or something else than it seems to say. */
  | 'pitfall'

/** One thing that is wrong with a query. Offsets count from the start of the query text. */
export interface RqlProblem {
  readonly kind: RqlProblemKind
  readonly at: Span
  readonly message: string
  /** What is surely meant instead; left out where there is a doubt. */
  readonly mend?: RqlMend
  /** The argument that it is about, where that is none of the text. */
  readonly argument?: number
}

/** A replacement of a part of the query text. */
export interface RqlMend {
  readonly at: Span
  readonly text: string
}
