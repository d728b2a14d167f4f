// Comments that silence a rule, put where a person would write them.
import { type LineStart, lineStartsIn } from '../core/facts/line-start.ts'
import type { TextEdit } from '../core/text/edit.ts'
import { linesOf } from '../core/text/lines.ts'

/**
 * Silences `rule` for the line at `offset`: joins a comment that is already there, or adds one with the line's
 * indentation. Undefined where no comment can stand above the line, as within a template. `startAt` tells what stands at
 * the start of a line; whoever asks about many lines of one text hands in the same one.
 */
export function disableLine(
  file: string,
  text: string,
  offset: number,
  rule: string,
  startAt: (lineStart: number) => LineStart = lineStartsIn(file, text),
): TextEdit | undefined {
  const lines = linesOf(text)
  const { line } = lines.at(offset)
  const start = lines.offset(line, 0)
  const kind = line === 0 ? 'code' : startAt(start)
  if (kind === 'text') return undefined
  const above = line > 0 ? text.slice(lines.offset(line - 1, 0), start) : ''
  const comment = nextLineComment.exec(above)
  if (comment) return insert(file, lines.offset(line - 1, 0) + comment[0].length, `, ${rule}`)
  const indentation = /^[ \t]*/.exec(text.slice(start))![0]
  const words = `offline-storage-disable-next-line ${rule}`
  return insert(
    file,
    start,
    `${indentation}${kind === 'jsx' ? `{/* ${words} */}` : `${mark(file)} ${words}`}${lineEnd(text)}`,
  )
}

/** Silences `rule` for the whole file: joins a comment at the top, or adds one, below a `#!` line. */
export function disableFile(file: string, text: string, rule: string): TextEdit {
  const start = /^#!.*(?:\r?\n|$)/.exec(text)?.[0].length ?? 0
  const comment = /^(?:\/\/|--)\s*offline-storage-disable[ \t]+[\w/, \t-]*?[\w](?=[ \t]*(?:--|\r|\n|$))/.exec(
    text.slice(start),
  )
  if (comment) return insert(file, start + comment[0].length, `, ${rule}`)
  return insert(file, start, `${mark(file)} offline-storage-disable ${rule}${lineEnd(text)}`)
}

const isSql = (file: string): boolean => file.endsWith('.sql')

/** What a comment begins with. */
const mark = (file: string): string => (isSql(file) ? '--' : '//')

/** A comment with rules, up to the end of the last one. */
const nextLineComment =
  /^\s*(?:\/\/|--|\{?\s*\/\*)\s*offline-storage-disable-next-line[ \t]+[\w/, \t-]*?[\w](?=\s*(?:--|\*\/|$))/

const insert = (file: string, at: number, text: string): TextEdit => ({ file, start: at, end: at, text })

const lineEnd = (text: string): string => (/\r\n/.test(text) ? '\r\n' : '\n')
