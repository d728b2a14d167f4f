// Reads and edits the text in a place.
import type { FixContext } from '../../rules/rule.ts'
import type { TextEdit } from '../../text/edit.ts'
import type { Place } from '../../text/span.ts'

/** The edit that writes `text` in a place. */
export const replaceAt = ({ file, span: { start, end } }: Place, text: string): TextEdit => ({ file, start, end, text })

/** What is written in a place. */
export const textAt = ({ file, span }: Place, context: FixContext): string | undefined =>
  context.text(file)?.slice(span.start, span.end)
