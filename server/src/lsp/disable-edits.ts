// Comments that silence a rule, put where a person would write them.
import type { TextEdit } from '../core/text/edit.ts'
import { linesOf } from '../core/text/lines.ts'

/** Silences `rule` for the line at `offset`: joins a comment that is already there, or adds one with the line's indentation. */
export function disableLine(file: string, text: string, offset: number, rule: string): TextEdit {
  const lines = linesOf(text)
  const { line } = lines.at(offset)
  const start = lines.offset(line, 0)
  const above = line > 0 ? text.slice(lines.offset(line - 1, 0), start) : ''
  const comment = /^\s*\/\/\s*offline-storage-disable-next-line[ \t]+[\w/, \t-]*?[\w](?=\s*(?:--|$))/.exec(above)
  if (comment) return insert(file, lines.offset(line - 1, 0) + comment[0].length, `, ${rule}`)
  const indentation = /^[ \t]*/.exec(text.slice(start))![0]
  return insert(file, start, `${indentation}// offline-storage-disable-next-line ${rule}${lineEnd(text)}`)
}

/** Silences `rule` for the whole file: joins a comment at the top, or adds one, below a `#!` line. */
export function disableFile(file: string, text: string, rule: string): TextEdit {
  const start = /^#!.*(?:\r?\n|$)/.exec(text)?.[0].length ?? 0
  const comment = /^\/\/\s*offline-storage-disable[ \t]+[\w/, \t-]*?[\w](?=[ \t]*(?:--|\r|\n|$))/.exec(
    text.slice(start),
  )
  if (comment) return insert(file, start + comment[0].length, `, ${rule}`)
  return insert(file, start, `// offline-storage-disable ${rule}${lineEnd(text)}`)
}

const insert = (file: string, at: number, text: string): TextEdit => ({ file, start: at, end: at, text })

const lineEnd = (text: string): string => (/\r\n/.test(text) ? '\r\n' : '\n')
