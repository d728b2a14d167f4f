// Changes one key of a column literal.
import type { FixContext } from '../../../rules/rule.ts'
import type { TextEdit } from '../../../text/edit.ts'
import { contains } from '../../../text/span.ts'
import type { Column } from '../types.ts'

/** The edit that makes a column say `isOptional` or `isIndexed`, or not say it; undefined where its literal does not hold the key itself. */
export function setFlag(
  column: Column,
  flag: 'isOptional' | 'isIndexed',
  value: boolean,
  context: FixContext,
): TextEdit | undefined {
  const { file, span } = column.at
  const text = context.text(file)
  const own = [...column.entries.values()].filter(entry => entry.at.file === file && contains(span, entry.at.span))
  if (text === undefined || own.length === 0) return undefined
  const present = column.entries.get(flag)
  if (!present) {
    const end = Math.max(...own.map(entry => entry.at.span.end))
    return value ? { file, start: end, end, text: `, ${flag}: true` } : undefined
  }
  if (!own.includes(present)) return undefined
  const { start, end } = present.at.span
  if (value) return { file, start, end, text: `${flag}: true` }
  const before = /,\s*$/.exec(text.slice(span.start, start))
  if (before) return { file, start: start - before[0].length, end, text: '' }
  return { file, start, end: end + (/^\s*,\s*/.exec(text.slice(end, span.end))?.[0].length ?? 0), text: '' }
}
