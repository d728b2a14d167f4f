// Writes the lock of a drain: set first, released whatever happens.
import type { FixContext } from '../rules/rule.ts'
import type { TextEdit } from '../text/edit.ts'
import type { Span } from '../text/span.ts'
import { lineIndent, styleOf } from '../write/style.ts'

/** A statement to be wrapped: its lines, without the line break behind them. */
interface Lines {
  readonly start: number
  readonly end: number
}

/**
 * The edits that set a flag behind `guardAt`, or where it is set already when that is not given, and release it in
 * `finally`. Undefined where the statements share their lines with others, or stand in different blocks.
 */
export function writeLock(
  file: string,
  context: FixContext,
  spans: { readonly guardAt?: Span; readonly setAt: Span; readonly releaseAt: Span },
): readonly TextEdit[] | undefined {
  const text = context.text(file)
  if (text === undefined) return undefined
  const set = linesOf(text, spans.setAt)
  const release = linesOf(text, spans.releaseAt)
  const guard = spans.guardAt ? linesOf(text, spans.guardAt) : set
  if (!set || !release || !guard || release.start <= set.end || set.start < guard.start) return undefined
  const indent = lineIndent(text, spans.setAt.start)
  const isOneBlock = [guard, release].every(
    one => lineIndent(text, one.end) === indent || lineIndent(text, one.start + indent.length) === indent,
  )
  const between = text.slice(guard.end, release.start)
  // What is indented must be statements: the lines of a template are text.
  if (!isOneBlock || /`[^`]*\n[^`]*`/.test(between) || outdents(between, indent)) return undefined
  const { indent: step, newline } = styleOf(text)
  const setText = text.slice(set.start, set.end)
  const releaseText = text.slice(release.start, release.end)
  const isMoved = spans.guardAt !== undefined
  const body = isMoved ? cut(between, set.start - guard.end, set.end - guard.end) : between
  const lines = body
    .replace(/^\r?\n/, '')
    .replace(/\s+$/, '')
    .replace(/^(\r?\n)+/, '')
  const moved = lines.replace(/^(?=[^\r\n])/gm, step)
  const head = isMoved ? `${newline}${setText}` : ''
  return [
    {
      file,
      start: guard.end,
      end: release.end,
      text: `${head}${newline}${indent}try {${newline}${moved}${newline}${indent}} finally {${newline}${step}${releaseText}${newline}${indent}}`,
    },
  ]
}

/** The lines of a statement that has them to itself. */
function linesOf(text: string, { start, end }: Span): Lines | undefined {
  const from = text.lastIndexOf('\n', start - 1) + 1
  const next = text.indexOf('\n', end)
  const to = next < 0 ? text.length : next - (text[next - 1] === '\r' ? 1 : 0)
  const isAlone = text.slice(from, start).trim() === '' && /^;?\s*(?:\/\/.*)?$/.test(text.slice(end, to))
  return isAlone ? { start: from, end: to } : undefined
}

/** True when some line stands further out: then the block ends in between. */
const outdents = (text: string, indent: string): boolean =>
  text.split('\n').some(line => line.trim() !== '' && !line.startsWith(indent))

function cut(text: string, start: number, end: number): string {
  const before = text.slice(0, start).replace(/\r?\n$/, '')
  return before + text.slice(end)
}
