// A text as it is written, so that each of its letters has a place: literals, templates, and texts put together.

import { writtenAt } from '../source/escapes.ts'
import type { TemplateValue } from '../source/value.ts'
import { partOf } from '../text/inner-span.ts'
import type { Place, Span } from '../text/span.ts'
import type { Located, Scope } from './scope.ts'

/** A text and where it is written. */
export interface WrittenText {
  readonly text: string
  /** The place of `[start, end)`, where it is written out as it reads; undefined where that is not certain. */
  place(start: number, end: number): Place | undefined
  /** The same, also where it is written with escapes. */
  source(start: number, end: number): Place | undefined
  /** The expression that gives exactly `[start, end)`. */
  value(start: number, end: number): Located | undefined
  /** True where `[start, end)` has to do with what is made at run time. */
  isOpen(start: number, end: number): boolean
  /** What it is put together of, in order. */
  readonly parts: readonly TextPart[]
}

/** A stretch of a text that comes out of one literal or one expression. */
export interface TextPart {
  readonly start: number
  readonly end: number
  /** The expression that gives it; undefined for what is written out. */
  readonly value: Located | undefined
  /** True for what is made at run time; a word stands for it. */
  readonly isHole: boolean
  /** The literal that it is written in, with its quotes; undefined for expressions. */
  readonly literal: Place | undefined
}

interface Piece {
  readonly text: string
  /** Where its letters stand. */
  readonly letters?: { readonly file: string; readonly outer: Span; offset(index: number): number }
  /** The expression it comes from. */
  readonly value?: Located
  readonly isHole?: boolean
  readonly literal?: Place
}

/** Stands for what is made at run time: a word like any other. */
const hole = 'qholeq'

/** Texts put together deeper than this are not read. */
const deepest = 20

/**
 * The text that an expression stands for; undefined where nothing of it is known. With `inPlace` it is a template for whose
 * values that text stands, as for those of a tag that binds them.
 */
export function writtenText(scope: Scope, located: Located, inPlace?: string): WrittenText | undefined {
  const found = scope.follow(located)
  const pieces =
    inPlace !== undefined && found.value.kind === 'template'
      ? templatePieces(scope, found.value, found.file, 0, inPlace)
      : piecesOf(scope, found, 0)
  if (pieces.every(piece => piece.isHole)) return undefined
  const starts: number[] = []
  let text = ''
  for (const piece of pieces) {
    starts.push(text.length)
    text += piece.text
  }
  const around = (start: number, end: number) => {
    const index = pieces.findIndex(
      (piece, i) => starts[i]! <= start && end <= starts[i]! + piece.text.length && (piece.text || !text),
    )
    return index < 0 ? undefined : { piece: pieces[index]!, from: starts[index]! }
  }
  const source = (start: number, end: number): Place | undefined => {
    const found = around(start, end)
    const { letters } = found?.piece ?? {}
    if (!found || !letters) return undefined
    const first = letters.offset(start - found.from)
    const last = letters.offset(end - found.from)
    return { file: letters.file, span: partOf(letters.outer, first, last - first) }
  }
  return {
    text,
    parts: pieces.map(({ text: own, value, isHole = false, literal }, i) => ({
      start: starts[i]!,
      end: starts[i]! + own.length,
      value,
      isHole,
      literal,
    })),
    place(start, end) {
      const found = source(start, end)
      return found && found.span.end - found.span.start === end - start ? found : undefined
    },
    source,
    value(start, end) {
      const found = around(start, end)
      return found && start === found.from && end - start === found.piece.text.length && !found.piece.isHole
        ? found.piece.value
        : undefined
    },
    isOpen: (start, end) =>
      pieces.some((piece, i) => piece.isHole && starts[i]! < end && start < starts[i]! + piece.text.length),
  }
}

function piecesOf(scope: Scope, located: Located, depth: number): readonly Piece[] {
  const { value, file } = located
  if (depth <= deepest && value.kind === 'string') {
    const literal = { file, span: value.at }
    const quote = value.isFile ? 0 : 1
    const offset = (index: number) => quote + writtenAt(value.escapes, index)
    return [{ text: value.text, literal, ...(!value.isOpaque && { letters: { file, outer: value.at, offset } }) }]
  }
  if (depth <= deepest && value.kind === 'template') return templatePieces(scope, value, file, depth)
  if (depth <= deepest && value.kind === 'binary' && value.op === '+')
    return [value.left, value.right].flatMap(side => piecesOf(scope, { value: side, file }, depth + 1))
  const known = scope.text(located)?.text ?? scope.number(located)?.value.toString()
  if (known === undefined && depth <= deepest) {
    // A constant that is put together itself may be known in part.
    const found = scope.follow(located)
    const isJoined = found.value.kind === 'template' || (found.value.kind === 'binary' && found.value.op === '+')
    if (found.value !== value && isJoined) return piecesOf(scope, found, depth + 1)
  }
  return [known === undefined ? { text: hole, isHole: true, value: located } : { text: known, value: located }]
}

function templatePieces(
  scope: Scope,
  value: TemplateValue,
  file: string,
  depth: number,
  inPlace?: string,
): readonly Piece[] {
  return value.texts.flatMap((text, i): readonly Piece[] => {
    const start = value.starts?.[i]
    const letters = start !== undefined && { file, outer: value.at, offset: (index: number) => start + index }
    const piece: Piece = { text, literal: { file, span: value.at }, ...(letters && { letters }) }
    const inner = value.values[i]
    if (!inner) return [piece]
    if (inPlace !== undefined) return [piece, { text: inPlace, value: { value: inner, file } }]
    return [piece, ...piecesOf(scope, { value: inner, file }, depth + 1)]
  })
}
