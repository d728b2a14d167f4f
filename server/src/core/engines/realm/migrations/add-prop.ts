// Adds a prop to a JSX element, in the way its neighbours are written.
import type { Located } from '../../../catalog/scope.ts'
import type { JsxValue } from '../../../source/value.ts'
import type { TextEdit } from '../../../text/edit.ts'
import { lineIndent } from '../../../write/style.ts'

/** The edit that writes `name={value}` behind the last prop of an element. */
export function addProp({ value, file }: Located<JsxValue>, name: string, written: string, text: string): TextEdit {
  const last = value.props.at(-1)
  const at = last?.at.end ?? value.tag.at.end
  const isOwnLine = last !== undefined && text.slice(0, last.at.start).trimEnd().length < lineStart(text, last.at.start)
  const newline = text.includes('\r\n') ? '\r\n' : '\n'
  const before = isOwnLine ? `${newline}${lineIndent(text, last.at.start)}` : ' '
  return { file, start: at, end: at, text: `${before}${name}={${written}}` }
}

const lineStart = (text: string, offset: number): number => text.lastIndexOf('\n', offset - 1) + 1
