// Adds and removes keys of object literals: class schemas, declarations of properties, configurations.
import type { Entry, Located } from '../../catalog/scope.ts'
import type { FixContext } from '../../rules/rule.ts'
import type { TextEdit } from '../../text/edit.ts'
import { type Place, sameSpan } from '../../text/span.ts'
import { insertElement, type List } from '../../write/insert-element.ts'
import { removeElement } from '../../write/remove-element.ts'
import { quotedLike, styleOf } from '../../write/style.ts'

/** The edit that takes `key: value` out of `object`; undefined where it is not written there. */
export function removeKey(
  object: Located | undefined,
  entry: Entry | undefined,
  context: FixContext,
): TextEdit | undefined {
  const list = listOf(object, context)
  if (!list || entry?.at.file !== list.file) return undefined
  const index = list.elements.findIndex(element => sameSpan(element, entry.at.span))
  return index < 0 ? undefined : removeElement(list, index)
}

/** The edit that adds `key: value` to `object` as its last entry. */
export function addKey(object: Located | undefined, text: string, context: FixContext): TextEdit | undefined {
  const list = listOf(object, context)
  return list && insertElement(list, list.elements.length, text, styleOf(list.text), false)
}

/** The edit that gives a key another name, in its own quotes; `{ key }` becomes `{ name: key }`. */
export function renameKey({ nameAt, value }: Entry, name: string, context: FixContext): TextEdit | undefined {
  const written = textAt(nameAt, context)
  if (written === undefined) return undefined
  const isQuoted = /^['"]/.test(written)
  const isShort = value.file === nameAt.file && sameSpan(value.value.at, nameAt.span)
  const key = isQuoted ? quotedLike(written, name) : name
  return { file: nameAt.file, ...rangeOf(nameAt), text: isShort ? `${key}: ${written}` : key }
}

/** The edit that writes `text` in a place. */
export const replaceAt = (at: Place, text: string): TextEdit => ({ file: at.file, ...rangeOf(at), text })

/** What is written in a place. */
export const textAt = ({ file, span }: Place, context: FixContext): string | undefined =>
  context.text(file)?.slice(span.start, span.end)

const rangeOf = ({ span: { start, end } }: Place) => ({ start, end })

function listOf(object: Located | undefined, context: FixContext): List | undefined {
  const text = object && context.text(object.file)
  if (text === undefined || object?.value.kind !== 'object') return undefined
  return { file: object.file, text, span: object.value.at, elements: object.value.props.map(prop => prop.at) }
}
