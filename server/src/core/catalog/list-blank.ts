// The room in a list or an object literal.
import type { Place, Span } from '../text/span.ts'
import type { Blank, Offer } from './mention.ts'

/** The blank between the brackets of a literal. Its places follow the spans as they move. */
export function listBlank(
  file: string,
  literal: Span,
  entries: readonly Span[],
  offers: (text: string) => readonly Offer[],
): Blank {
  return {
    get at(): Place {
      return { file, span: { start: literal.start + 1, end: Math.max(literal.start + 1, literal.end - 1) } }
    },
    // What the parser makes up behind an error has no letters.
    get taken() {
      return entries.filter(span => span.start < span.end).map(span => ({ file, span }))
    },
    separator: ',',
    offers,
  }
}
