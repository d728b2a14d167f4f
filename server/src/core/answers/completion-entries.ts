// The entries that may be written where a list, an object or a class has room for another.
import type { Catalog } from '../catalog/catalog.ts'
import type { Blank, Offer } from '../catalog/mention.ts'
import { contains, type Span, touches } from '../text/span.ts'
import { styleOf } from '../write/style.ts'
import type { Completion, Completions } from './completions.ts'
import { plainOf } from './plain-snippet.ts'

/** What may be written at `offset`, where it is in a blank and in no entry of it. */
export function entriesAt(catalog: Catalog, file: string, text: string, offset: number): Completions | undefined {
  const blank = innermost(catalog.blanks(file), file, offset)
  if (!blank) return undefined
  const word = wordAt(text, offset)
  const others = blank.taken.map(place => place.span).filter(span => !isBeingTyped(text, span, word))
  if (others.some(span => touches(span, offset)) || isInComment(text, blank.at.span, others, offset)) return undefined
  const before = lastOf(others.filter(span => span.end <= word.start))
  if (before && isUnclosed(text.slice(before.start, before.end))) return undefined
  const behind = others.find(span => span.start >= word.end)
  const end = blank.separator ? commaBehind(text, blank, word, behind) : ''
  const items = blank.offers(text).map(offer => completionOf(offer, end, text[word.start] === '@'))
  const lacksComma = blank.separator && before && !hasComma(text.slice(before.end, word.start))
  return {
    typed: { start: word.start, end: offset },
    replaced: word,
    items,
    ...(lacksComma && items.length > 0 && { comma: { at: before.end } }),
  }
}

function innermost(blanks: readonly Blank[], file: string, offset: number): Blank | undefined {
  let found: Blank | undefined
  for (const blank of blanks)
    if (blank.at.file === file && touches(blank.at.span, offset) && (!found || contains(found.at.span, blank.at.span)))
      found = blank
  return found
}

/** The word around `offset`, maybe empty; a decorator's sign belongs to it. */
function wordAt(text: string, offset: number): Span {
  const start = offset - /@?[\w$]*$/.exec(text.slice(Math.max(0, offset - 200), offset))![0].length
  const end = offset + /^[\w$]*/.exec(text.slice(offset, offset + 200))![0].length
  return { start, end }
}

/**
 * True for an entry that is only the word that is being typed. A decorator takes in the next member until its own has a
 * name: that counts as well where its line holds nothing else.
 */
function isBeingTyped(text: string, entry: Span, word: Span): boolean {
  if (word.start === word.end) return entry.start === entry.end
  if (contains(word, entry)) return true
  return (
    entry.start === word.start &&
    text[word.start] === '@' &&
    /^[ \t]*(?:\r?\n|$)/.test(text.slice(word.end, word.end + 200))
  )
}

/** Between two entries stand only signs, white space and comments. */
function isInComment(text: string, blank: Span, entries: readonly Span[], offset: number): boolean {
  const start = Math.max(blank.start, ...entries.map(span => span.end).filter(end => end <= offset))
  const gap = text.slice(start, offset).replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*\n/g, '')
  return /\/\/|\/\*/.test(gap)
}

/** True for an entry whose brackets are not all closed: what stands behind it belongs into it. */
function isUnclosed(entry: string): boolean {
  const bare = entry.replace(
    /'(?:\\.|[^'\\\n])*'?|"(?:\\.|[^"\\\n])*"?|`(?:\\.|[^`\\])*`?|\/\/[^\n]*|\/\*[\s\S]*?\*\//g,
    '',
  )
  return bare.replace(/[^([{]/g, '').length > bare.replace(/[^)\]}]/g, '').length
}

const hasComma = (gap: string): boolean => gap.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '').includes(',')

function commaBehind(text: string, blank: Blank, word: Span, next: Span | undefined): string {
  const end = next?.start ?? blank.at.span.end
  if (hasComma(text.slice(word.end, end))) return ''
  if (next) return ','
  const isSpread = text.slice(blank.at.span.start, word.start).includes('\n')
  return isSpread && styleOf(text.slice(Math.max(0, word.start - nearby), word.end + nearby)).trailingComma ? ',' : ''
}

/** The habits of a file show in as many characters around a place. */
const nearby = 4000

const lastOf = (spans: readonly Span[]): Span | undefined =>
  spans.reduce<Span | undefined>((last, span) => (last && last.end >= span.end ? last : span), undefined)

const completionOf = (offer: Offer, end: string, isDecorator: boolean): Completion => ({
  label: offer.label,
  kind: 'entry',
  ...(offer.detail !== undefined && { detail: offer.detail }),
  text: offer.snippet + end,
  filter: isDecorator ? plainOf(offer.snippet) : offer.label,
  ...(offer.documentation !== undefined && { documentation: offer.documentation }),
  ...(offer.imports && { imports: offer.imports }),
})
