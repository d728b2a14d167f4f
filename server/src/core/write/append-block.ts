// Puts an element of several lines behind the others of a list, and opens a list that stands in one line.
import type { TextEdit } from '../text/edit.ts'
import { insertElement, type List } from './insert-element.ts'
import { indentBlock, lineIndent, type Style } from './style.ts'

/**
 * The edit that makes `element` the last of the list. Where the list is in one line, each element gets a line of its own: the
 * edit replaces all between the brackets then, so that no other edit may be made in there.
 */
export function appendBlock(list: List, element: string, style: Style): TextEdit {
  const { file, text, span, elements } = list
  const isOpen = text.slice(span.start, elements[0]?.start ?? span.end).includes('\n')
  if (isOpen || elements.length === 0 || !element.includes('\n') || !isPlain(list))
    return insertElement(list, elements.length, element, style)
  const outer = lineIndent(text, span.start)
  const indent = outer + style.indent
  const texts = [...elements.map(({ start, end }) => text.slice(start, end)), element]
  const lines = texts.map(one => `${style.newline}${indent}${indentBlock(one, indent, style.newline)}`)
  const inside = `${lines.join(',')}${style.trailingComma ? ',' : ''}${style.newline}${outer}`
  return { file, start: span.start + 1, end: span.end - 1, text: inside }
}

/** True where nothing but commas stands between the elements: a comment would be lost. */
function isPlain({ text, span, elements }: List): boolean {
  return elements.every(({ end }, index) =>
    /^\s*,?\s*$/.test(text.slice(end, elements[index + 1]?.start ?? span.end - 1)),
  )
}
