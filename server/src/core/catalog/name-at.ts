// Where a name stands: what a caret touches, and the letters themselves.

import type { StringValue, Value } from '../source/value.ts'
import { within } from '../text/inner-span.ts'
import type { Place, Span } from '../text/span.ts'
import type { Located, Scope } from './scope.ts'

/** A known name in the code. */
export interface NameAt {
  readonly text: string
  /** What stands here; for a string, between its quotes. */
  readonly at: Place
  /** The letters of the name between their quotes, here or elsewhere; absent for texts that are put together. */
  readonly source: Place | undefined
}

/** The name that an expression stands for; undefined where it is not known. */
export function nameAt(scope: Scope, located: Located | undefined): NameAt | undefined {
  const named = located && scope.text(located)
  if (!located || !named) return undefined
  const { file } = located
  const literal = scope.follow(located)
  // A helper such as `tableName('posts')` gives back the text that stands in it.
  const argument = located.value.kind === 'call' && located.value.args.find(one => one === literal.value)
  const value = argument || located.value
  const source = literal.value.kind === 'string' ? lettersOf(literal.value, literal.file) : undefined
  if (value.kind === 'string') return { text: named.text, at: source ?? betweenQuotes(value, file), source }
  return { text: named.text, at: { file, span: touched(value) }, source }
}

/** The text of a string literal, without its quotes. A quote that is never closed has nothing behind it to leave out. */
export const betweenQuotes = ({ at, isOpen, isFile }: StringValue, file: string): Place => ({
  file,
  span: isFile ? at : within(at, 1, isOpen ? 0 : 1),
})

/**
 * The place of a key of an object literal whose name is `text`: between the quotes where it has some, or behind the one
 * that is never closed. `isPlain` is false where the key is not written as it reads.
 */
export function keyPlace(text: string, { file, span }: Place): { readonly at: Place; readonly isPlain: boolean } {
  const around = span.end - span.start - text.length
  if (around === 1) return { at: { file, span: within(span, 1, 0) }, isPlain: true }
  const isPlain = around === 0 || around === 2 || around === 4
  return { at: isPlain && around > 0 ? { file, span: within(span, around / 2, around / 2) } : { file, span }, isPlain }
}

/** The letters of a string as they stand in the file; undefined where escapes hide them. */
function lettersOf(value: StringValue, file: string): Place | undefined {
  const { at, text } = value
  const quotes = at.end - at.start - text.length
  return quotes === (value.isOpen ? 1 : 2) ? betweenQuotes(value, file) : undefined
}

/** What a caret touches of an expression: of a member only its name. */
function touched(value: Value): Span {
  if (value.kind !== 'member' || value.index) return value.at
  const around = value.nameAt.end - value.nameAt.start - (value.name?.length ?? 0)
  return around === 2 ? within(value.nameAt, 1, 1) : value.nameAt
}
