// Replaces a name where it is written as a literal.
import type { Located } from '../catalog/scope.ts'
import type { TextEdit } from '../text/edit.ts'
import { quotedLike } from '../write/style.ts'
import type { Fix, FixContext } from './rule.ts'

/**
 * The edit that makes a string literal say `text`, in its own quotes. Undefined for a constant or an enum member:
 * others read it too, and may be right.
 */
export function changeText(literal: Located | undefined, text: string, context: FixContext): TextEdit | undefined {
  const source = literal && context.text(literal.file)
  if (literal?.value.kind !== 'string' || source === undefined) return undefined
  const { start, end } = literal.value.at
  return { file: literal.file, start, end, text: quotedLike(source.slice(start, end), text) }
}

/** The same as a fix; undefined also where nothing is meant. */
export function changeTo(
  literal: Located | undefined,
  meant: string | undefined,
  context: FixContext,
): Fix | undefined {
  const edit = meant === undefined ? undefined : changeText(literal, meant, context)
  return edit && { title: `Change to "${meant}"`, safe: false, edits: [edit] }
}
