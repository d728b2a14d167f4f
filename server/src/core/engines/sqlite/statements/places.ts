// Where in the code a piece of SQL is written.
import { placeOf } from '../../../catalog/place-of.ts'
import type { Place } from '../../../text/span.ts'
import type { SqlCall } from '../types.ts'

/** The place of `[start, end)` of the text of a call; the whole argument where its letters are not written out. */
export const placeInSql = ({ sql, argument }: SqlCall, start: number, end: number): Place =>
  sql?.source(start, end) ?? placeOf(argument)
