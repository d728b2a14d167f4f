// The room in a list or an object literal.
import type { Blank, Offer } from '../../../catalog/mention.ts'
import type { Scope } from '../../../catalog/scope.ts'
import type { Place, Span } from '../../../text/span.ts'
import type { Library } from '../imports.ts'
import type { ModelReader } from '../models/read-model.ts'
import type { WatermelonStore } from '../types.ts'

/** What blanks are made of. */
export interface BlankSources {
  readonly scope: Scope
  readonly library: Library
  readonly models: ModelReader
  stores(): readonly WatermelonStore[]
}

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
