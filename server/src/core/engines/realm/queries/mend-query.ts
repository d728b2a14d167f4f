// Edits of a query where it is written.
import type { FixContext } from '../../../rules/rule.ts'
import type { TextEdit } from '../../../text/edit.ts'
import { quotedLike } from '../../../write/style.ts'
import type { RqlMend } from '../rql/problem.ts'
import { problemsOf, worldsOf } from './judge-queries.ts'
import type { Query, QueryText } from './read-queries.ts'

/**
 * The edit that puts a mend where the letters of the query stand; undefined where they are not written out in the file of
 * the call, as others may use them too.
 */
export function mendEdit(
  query: Query,
  { written }: QueryText,
  mend: RqlMend,
  context: FixContext,
): TextEdit | undefined {
  const { start, end } = mend.at
  const place = written.source(start, end)
  const literal = written.parts.find(part => part.literal && part.start <= start && end <= part.end)?.literal
  const source = context.text(query.argument.file)
  if (!place || !literal || place.file !== query.argument.file || source === undefined) return undefined
  const quote = source.slice(literal.span.start, literal.span.end)
  const { span } = place
  return { file: place.file, start: span.start, end: span.end, text: quotedLike(quote, mend.text).slice(1, -1) }
}

/** The text of a query after a mend. */
const mended = (text: string, { at, text: by }: RqlMend): string => text.slice(0, at.start) + by + text.slice(at.end)

/** True when a query is right after a mend, as far as the classes of its realm tell. */
export const isRightAfter = (query: Query, text: string, mend: RqlMend): boolean =>
  worldsOf(query).length > 0 && problemsOf(query, mended(text, mend)).length === 0
