// A text in pieces, so that an edit of a long one makes a piece anew and not megabytes.
import type { Lines } from './lines.ts'

/** A text that can be asked like a string, and may be one. */
export type Text = Pick<string, 'length' | 'slice' | 'toString'>

/** A text that never changes; an edit gives another one, which shares with it what it has in common. */
export interface LongText extends Text {
  readonly pieces: readonly Piece[]
  readonly lines: Lines
  /** The text with `put` in the place of `[start, end)`, which must lie in it. */
  edit(start: number, end: number, put: string): LongText
}

/** A piece of a text. No line break lies across an end of it. */
export interface Piece {
  readonly text: string
  /** Where lines start in it, behind each break. */
  readonly breaks: readonly number[]
}

const usualLength = 16_384

const none: readonly Piece[] = []

/** The pieces of a text that has some. */
export const piecesOf = (text: Text): readonly Piece[] => (text as Partial<LongText>).pieces ?? none

/** `text` in pieces of `length` characters. */
export const longText = (text: string, length = usualLength): LongText => textOf(divide(text, length), length, text)

function textOf(pieces: readonly Piece[], pieceLength: number, known?: string): LongText {
  /** Where each piece starts, and how many line breaks are before it; at the end, where the text ends. */
  const starts = [0]
  const breaksBefore = [0]
  for (const [index, { text, breaks }] of pieces.entries()) {
    starts.push(starts[index]! + text.length)
    breaksBefore.push(breaksBefore[index]! + breaks.length)
  }
  const length = starts[pieces.length]!
  let whole = known

  /** The piece that `offset` is in; at the end of the text, the last one. */
  const pieceAt = (offset: number): number => Math.min(lastUpTo(starts, offset), pieces.length - 1)
  const slice = (from = 0, to = length): string => {
    const start = within(from, length)
    const end = within(to, length)
    if (start >= end) return ''
    const first = pieceAt(start)
    const last = pieceAt(end - 1)
    if (first === last) return pieces[first]!.text.slice(start - starts[first]!, end - starts[first]!)
    const inner = pieces.slice(first + 1, last).map(piece => piece.text)
    const head = pieces[first]!.text.slice(start - starts[first]!)
    return [head, ...inner, pieces[last]!.text.slice(0, end - starts[last]!)].join('')
  }
  const isBreak = (offset: number): boolean => /[\r\n]/.test(slice(offset, offset + 1))
  /** Where a caret can stand that was sent into or behind a line break. */
  const beforeBreak = (offset: number, lineStart: number): number => {
    let at = offset
    while (at > lineStart && isBreak(at - 1)) at--
    return at
  }
  const lineStart = (line: number): number => {
    if (line === 0) return 0
    const index = lastUpTo(breaksBefore, line - 1)
    return starts[index]! + pieces[index]!.breaks[line - 1 - breaksBefore[index]!]!
  }
  const count = breaksBefore[pieces.length]! + 1

  return {
    length,
    pieces,
    slice,
    toString() {
      whole ??= pieces.map(piece => piece.text).join('')
      return whole
    },
    edit(start, end, put) {
      let first = pieceAt(start)
      let last = pieceAt(end)
      let middle =
        pieces[first]!.text.slice(0, start - starts[first]!) + put + pieces[last]!.text.slice(end - starts[last]!)
      // What is left of a piece joins the one before it, and a line break is not torn apart.
      if (first > 0 && (middle === '' || (middle.startsWith('\n') && pieces[first - 1]!.text.endsWith('\r'))))
        middle = pieces[--first]!.text + middle
      if (middle.endsWith('\r') && pieces[last + 1]?.text.startsWith('\n')) middle += pieces[++last]!.text
      const changed = middle.length > 2 * pieceLength ? divide(middle, pieceLength) : [pieceOf(middle)]
      return textOf([...pieces.slice(0, first), ...changed, ...pieces.slice(last + 1)], pieceLength)
    },
    lines: {
      count,
      at(offset) {
        const target = within(offset, length)
        const index = pieceAt(target)
        const inPiece = lastUpTo(pieces[index]!.breaks, target - starts[index]!) + 1
        const line = breaksBefore[index]! + inPiece
        const start = lineStart(line)
        return { line, column: beforeBreak(target, start) - start }
      },
      offset(line, column) {
        if (line < 0) return 0
        if (line >= count) return length
        const start = lineStart(line)
        if (column <= 0) return start
        const end = line + 1 < count ? lineStart(line + 1) : length
        return beforeBreak(Math.min(start + column, end), start)
      },
    },
  }
}

const within = (offset: number, length: number): number => Math.max(0, Math.min(offset, length))

/** The last index whose number is not above `value`; -1 when all are. `ascending` may hold equal numbers. */
function lastUpTo(ascending: readonly number[], value: number): number {
  let low = -1
  let high = ascending.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (ascending[middle]! <= value) low = middle
    else high = middle - 1
  }
  return low
}

/** Pieces of `length`, a character longer where a line break would be torn apart; one empty piece for no text. */
function divide(text: string, length: number): Piece[] {
  const pieces: Piece[] = []
  for (let start = 0; start < text.length || pieces.length === 0; ) {
    let end = Math.min(start + length, text.length)
    if (text[end - 1] === '\r' && text[end] === '\n') end++
    pieces.push(pieceOf(text.slice(start, end)))
    start = end
  }
  return pieces
}

function pieceOf(text: string): Piece {
  const breaks: number[] = []
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 13 && text.charCodeAt(at + 1) === 10) at++
    if (code === 10 || code === 13) breaks.push(at + 1)
  }
  return { text, breaks }
}
