// Renames a key of an object literal, or the text that stands for one.
import type { Fix, FixContext } from '../../rules/rule.ts'
import type { Place } from '../../text/span.ts'
import { quoted, quotedLike, styleOf } from '../../write/style.ts'

/** The edit that gives a key another name; undefined for computed keys, whose constant others may use. */
export function renameKey(at: Place, name: string, context: FixContext): Fix['edits'][number] | undefined {
  const text = context.text(at.file)
  if (text === undefined) return undefined
  const { start, end } = at.span
  const written = text.slice(start, end)
  const isLiteral = /^['"`]/.test(written)
  if (!isLiteral && (!/^[\w$]+$/.test(written) || /\[\s*$/.test(text.slice(0, start)))) return undefined
  const bare = /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name, styleOf(text))
  return { file: at.file, start, end, text: isLiteral ? quotedLike(written, name) : bare }
}
