// Takes an element out of an array literal or an object literal, with its comma and its line.
import type { TextEdit } from '../text/edit.ts'
import type { List } from './insert-element.ts'

/** The edit that removes the element at `index`; a comment behind it on its line goes with it. */
export function removeElement({ file, text, span, elements }: List, index: number): TextEdit {
  const own = elements[index]!
  const comma = /^\s*,/.exec(text.slice(own.end, span.end))?.[0].length ?? 0
  const end = own.end + comma
  const lineStart = text.lastIndexOf('\n', own.start - 1) + 1
  const rest = /^[ \t]*(?:\/\/[^\r\n]*|\/\*[^\r\n]*?\*\/)?[ \t]*(\r?\n)/.exec(text.slice(end, span.end))
  const isOnOwnLines = rest && lineStart > span.start && text.slice(lineStart, own.start).trim() === ''
  if (isOnOwnLines) return { file, start: lineStart, end: end + rest[0].length, text: '' }
  const before = elements[index - 1]
  const next = elements[index + 1]
  if (next) return { file, start: own.start, end: next.start, text: '' }
  if (before) return { file, start: before.end, end: own.end, text: '' }
  return { file, start: own.start, end, text: '' }
}
