// Takes silencing comments back: a rule out of its list, or the whole comment.
import type { Silence } from '../facts/file-facts.ts'
import type { TextEdit } from '../text/edit.ts'

/**
 * Takes the rule at `index` out of the comment's list. A comment left without rules would hide everything, so the last
 * one takes the comment with it.
 */
export function removeRule(file: string, text: string, silence: Silence, index: number): TextEdit {
  const { rules } = silence
  const rule = rules[index]
  const before = rules[index - 1]
  const after = rules[index + 1]
  if (rule && before) return { file, start: before.at.end, end: rule.at.end, text: '' }
  if (rule && after) return { file, start: rule.at.start, end: after.at.start, text: '' }
  return removeComment(file, text, silence)
}

/** Takes the comment away, with its line where it stands alone, and with its braces where JSX needed them. */
export function removeComment(file: string, text: string, silence: Silence): TextEdit {
  const { start, end } = withBraces(text, silence.at.start, silence.at.end)
  const blankBefore = /[ \t]*$/.exec(text.slice(0, start))![0].length
  const blankAfter = /^[ \t]*/.exec(text.slice(end))![0].length
  const from = start - blankBefore
  const to = end + blankAfter
  const beginsLine = from === 0 || /[\r\n]/.test(text[from - 1]!)
  const lineBreak = /^(?:\r\n|\r|\n|$)/.exec(text.slice(to))?.[0]
  if (lineBreak !== undefined) return { file, start: from, end: beginsLine ? to + lineBreak.length : to, text: '' }
  if (beginsLine || blankBefore > 0) return { file, start, end: to, text: '' }
  // Without anything between them, two words would become one.
  const joins = blankAfter === 0 && /[\w$]/.test(text[start - 1]!) && /[\w$]/.test(text[end]!)
  return { file, start, end, text: joins ? ' ' : '' }
}

/**
 * The comment with the braces around it, where it is a child of a JSX element: alone on its line, between a tag or
 * another child and the next one. Elsewhere braces mean something without their comment, and stay.
 */
function withBraces(text: string, start: number, end: number): { start: number; end: number } {
  const open = /(^|[\r\n])([ \t]*)\{\s*$/.exec(text.slice(0, start))
  const close = /^\s*\}[ \t]*(?=\r|\n)/.exec(text.slice(end))
  if (!open || !close) return { start, end }
  const outer = { start: open.index + open[1]!.length + open[2]!.length, end: end + close[0].trimEnd().length }
  const above = text.slice(0, outer.start).trimEnd()
  const below = text.slice(outer.end).trimStart()
  return /(?:[^=]>|\})$/.test(above) && /^[<{]/.test(below) ? outer : { start, end }
}
