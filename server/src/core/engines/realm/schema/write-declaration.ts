// Writes a shorthand out as an object, so that it can be given further keys.
import { quoted, type Style } from '../../../write/style.ts'
import type { PropertyShape } from '../types.ts'

/** `{ type: 'list', objectType: 'int', optional: true, … }` for `int?[]`, with further keys as they are given. */
export function declarationText(shape: PropertyShape, more: readonly string[], style: Style): string {
  const quote = (text: string) => quoted(text, style)
  const { kind, element, target, optional, isCounter } = shape
  const isObject = kind === 'object' || element === 'object'
  const isAlways = isObject || kind === 'mixed' || element === 'mixed'
  const keys = [`type: ${quote(kind)}`]
  if (target !== undefined) keys.push(`objectType: ${quote(target)}`)
  else if (element !== undefined) keys.push(`objectType: ${quote(element)}`)
  if (isCounter) keys.push(`presentation: ${quote('counter')}`)
  if (optional && !isAlways) keys.push('optional: true')
  const space = style.spacedBraces ? ' ' : ''
  return `{${space}${[...keys, ...more].join(', ')}${space}}`
}
