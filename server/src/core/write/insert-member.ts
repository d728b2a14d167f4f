// Puts a new member into a class.
import type { ClassFact } from '../facts/file-facts.ts'
import type { TextEdit } from '../text/edit.ts'
import type { Span } from '../text/span.ts'
import { indentBlock, lineIndent, styleOf } from './style.ts'

/** The class to write into. */
export interface ClassText {
  readonly file: string
  readonly text: string
  readonly fact: ClassFact
}

/**
 * The edit that inserts `member` behind `after`, or at the top of the class where that is undefined. Lines of `member`
 * behind the first are relative to where it will stand.
 */
export function insertMember({ file, text, fact }: ClassText, member: string, after: Span | undefined): TextEdit {
  const style = styleOf(text)
  const outer = lineIndent(text, fact.at.start)
  const first = fact.members[0]
  const indent =
    first && lineIndent(text, first.at.start) !== outer ? lineIndent(text, first.at.start) : outer + style.indent
  const block = indentBlock(member, indent, style.newline)
  if (after) {
    const rest = /^[ \t]*(?:\/\/[^\r\n]*)?/.exec(text.slice(after.end, fact.bodyAt.end))?.[0].trimEnd() ?? ''
    const at = after.end + rest.length
    return { file, start: at, end: at, text: `${style.newline}${indent}${block}` }
  }
  const { start, end } = fact.bodyAt
  const isEmpty = text.slice(start, end).trim() === ''
  if (isEmpty) return { file, start, end, text: `${style.newline}${indent}${block}${style.newline}${outer}` }
  const isOnOneLine = !text.slice(start, first?.at.start ?? end).includes('\n')
  return {
    file,
    start,
    end: start,
    text: `${style.newline}${indent}${block}${isOnOneLine ? style.newline + indent.slice(0, -1) : ''}`,
  }
}
