// SQL as it is written, so that each of its letters has a place: literals, templates, and texts put together.
import type { Located, Scope } from '../../../catalog/scope.ts'
import type { TemplateValue } from '../../../source/value.ts'
import { partOf } from '../../../text/inner-span.ts'
import type { Place, Span } from '../../../text/span.ts'

/** SQL and where it is written. */
export interface SqlText {
  readonly text: string
  /** The place of `[start, end)`, where it is written out; undefined where that is not certain. */
  place(start: number, end: number): Place | undefined
  /** The expression that gives exactly `[start, end)`. */
  value(start: number, end: number): Located | undefined
  /** True where `[start, end)` has to do with what is made at run time. */
  isOpen(start: number, end: number): boolean
}

interface Piece {
  readonly text: string
  /** Where its letters stand. */
  readonly letters?: { readonly file: string; readonly outer: Span; offset(index: number): number | undefined }
  /** The expression it comes from. */
  readonly value?: Located
  readonly isHole?: boolean
}

/** Stands for what is made at run time: a word like any other. */
const hole = 'qholeq'

/** Texts put together deeper than this are not read. */
const deepest = 20

/** The SQL that an expression stands for; undefined where nothing of it is known. */
export function sqlText(scope: Scope, located: Located): SqlText | undefined {
  const pieces = piecesOf(scope, scope.follow(located), 0)
  if (pieces.every(piece => piece.isHole)) return undefined
  const starts: number[] = []
  let text = ''
  for (const piece of pieces) {
    starts.push(text.length)
    text += piece.text
  }
  const around = (start: number, end: number) => {
    const index = pieces.findIndex(
      (piece, i) => starts[i]! <= start && end <= starts[i]! + piece.text.length && piece.text,
    )
    return index < 0 ? undefined : { piece: pieces[index]!, from: starts[index]! }
  }
  return {
    text,
    place(start, end) {
      const found = around(start, end)
      const letters = found?.piece.letters
      const first = letters?.offset(start - found!.from)
      const last = letters?.offset(end - found!.from)
      if (!letters || first === undefined || last === undefined || last - first !== end - start) return undefined
      return { file: letters.file, span: partOf(letters.outer, first, last - first) }
    },
    value(start, end) {
      const found = around(start, end)
      return found && start === found.from && end - start === found.piece.text.length ? found.piece.value : undefined
    },
    isOpen: (start, end) =>
      pieces.some((piece, i) => piece.isHole && starts[i]! < end && start < starts[i]! + piece.text.length),
  }
}

function piecesOf(scope: Scope, located: Located, depth: number): readonly Piece[] {
  const { value, file } = located
  if (depth <= deepest && value.kind === 'string') {
    const offset = offsetsIn(value.text, value.at)
    return [{ text: value.text, ...(offset && { letters: { file, outer: value.at, offset } }) }]
  }
  if (depth <= deepest && value.kind === 'template') return templatePieces(scope, value, file, depth)
  if (depth <= deepest && value.kind === 'binary' && value.op === '+')
    return [value.left, value.right].flatMap(side => piecesOf(scope, { value: side, file }, depth + 1))
  const known = scope.text(located)?.text ?? scope.number(located)?.value.toString()
  return [known === undefined ? { text: hole, isHole: true } : { text: known, value: located }]
}

function templatePieces(scope: Scope, value: TemplateValue, file: string, depth: number): readonly Piece[] {
  return value.texts.flatMap((text, i): readonly Piece[] => {
    // `${` stands before each value and `}` behind it; where that does not add up the text has escapes.
    const before = value.values[i - 1]?.at
    const after = value.values[i]?.at
    const start = before ? before.end + 1 - value.at.start : 1
    const end = (after ? after.start - 2 : value.at.end - 1) - value.at.start
    const letters = end - start === text.length && { file, outer: value.at, offset: (index: number) => start + index }
    const piece: Piece = { text, ...(letters && { letters }) }
    const inner = value.values[i]
    return inner ? [piece, ...piecesOf(scope, { value: inner, file }, depth + 1)] : [piece]
  })
}

/**
 * Where the letters of a literal stand, counted from the literal's start; undefined where its escapes leave doubt. A
 * literal in one kind of quotes must escape those quotes, and line ends: where that explains its length, it is so.
 */
function offsetsIn(text: string, at: Span): ((index: number) => number | undefined) | undefined {
  const extra = at.end - at.start - 2 - text.length
  if (extra === 0) return index => index + 1
  for (const quote of ["'", '"']) {
    const escaped = [...text.matchAll(quote === "'" ? /['\n\t\\]/g : /["\n\t\\]/g)].map(match => match.index)
    const other = text.includes(quote === "'" ? '"' : "'")
    const isClear = !other || extra !== [...text.matchAll(quote === "'" ? /["\n\t\\]/g : /['\n\t\\]/g)].length
    if (escaped.length === extra && isClear) return index => index + 1 + escaped.filter(one => one < index).length
  }
  return undefined
}
