// Puts a new element into an array literal or an object literal, in the way its neighbours are written.
import type { TextEdit } from '../text/edit.ts'
import type { Span } from '../text/span.ts'
import { indentBlock, lineIndent, type Style } from './style.ts'

/** A list between brackets or braces in a file. */
export interface List {
  readonly file: string
  readonly text: string
  /** The literal with its brackets. */
  readonly span: Span
  /** Its elements, in source order. */
  readonly elements: readonly Span[]
}

/**
 * The edit that inserts `element` so that it becomes the element at `index` (at the end where that is the length).
 * Lines of `element` behind the first are relative to where it will stand. `spread`: an empty list is opened over several lines.
 */
export function insertElement(list: List, index: number, element: string, style: Style, spread = true): TextEdit {
  const { file, text, span, elements } = list
  const edit = (at: number, inserted: string, end = at): TextEdit => ({ file, start: at, end, text: inserted })
  const last = elements.at(-1)
  const first = elements[0]
  if (!first || !last) return fillEmpty(list, element, style, spread)

  const isMultiline = text.slice(span.start, first.start).includes('\n')
  if (!isMultiline) {
    const at = index >= elements.length ? last.end : elements[index]!.start
    const block = indentBlock(element, lineIndent(text, at), style.newline)
    return edit(at, at === last.end ? `, ${block}` : `${block}, `)
  }

  const indent = lineIndent(text, first.start)
  const block = indentBlock(element, indent, style.newline)
  if (index < elements.length) {
    const at = startWithComments(text, elements[index]!.start, span.start)
    return edit(at, `${block},${style.newline}${indent}`)
  }
  const behind = /^[ \t]*,[ \t]*(?:\/\/[^\r\n]*|\/\*[^\r\n]*?\*\/)?/.exec(text.slice(last.end, span.end))
  if (behind) {
    const comma = style.trailingComma || behind[0].includes(',') ? ',' : ''
    return edit(last.end + behind[0].trimEnd().length, `${style.newline}${indent}${block}${comma}`)
  }
  return edit(last.end, `,${style.newline}${indent}${block}${style.trailingComma ? ',' : ''}`)
}

function fillEmpty({ file, text, span }: List, element: string, style: Style, spread: boolean): TextEdit {
  const inside = text.slice(span.start + 1, span.end - 1)
  const outer = lineIndent(text, span.start)
  const hasComment = inside.trim() !== ''
  const isObject = text[span.start] === '{'
  if (!spread && !hasComment) {
    const space = isObject && style.spacedBraces ? ' ' : ''
    return { file, start: span.start + 1, end: span.end - 1, text: `${space}${element}${space}` }
  }
  const indent = outer + style.indent
  const block = `${indentBlock(element, indent, style.newline)}${style.trailingComma ? ',' : ''}`
  // A comment inside stays, above the first element.
  const kept = hasComment ? inside.trimEnd() : ''
  const text2 = `${kept}${style.newline}${indent}${block}${style.newline}${outer}`
  return { file, start: span.start + 1, end: span.end - 1, text: text2 }
}

/** Comments on their own lines right above an element belong to it. */
function startWithComments(text: string, start: number, floor: number): number {
  let at = start
  for (;;) {
    const lineStart = text.lastIndexOf('\n', at - 1)
    if (lineStart <= floor) return at
    const before = text.lastIndexOf('\n', lineStart - 1)
    const line = text.slice(before + 1, lineStart).trim()
    if (before < floor || !/^(\/\/|\/\*|\*)/.test(line)) return at
    at = before + 1 + (text.slice(before + 1).length - text.slice(before + 1).trimStart().length)
  }
}
