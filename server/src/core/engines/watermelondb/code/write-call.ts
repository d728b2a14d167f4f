// Edits around a call: wrap it, name the database it needs.
import type { FixContext } from '../../../rules/rule.ts'
import type { Value } from '../../../source/value.ts'
import type { TextEdit } from '../../../text/edit.ts'
import type { Span } from '../../../text/span.ts'
import type { CodeOfFile } from '../types.ts'
import { methodCall } from './read-collection.ts'
import type { Write } from './read-writer.ts'

/** The edits that put `before` and `after` around a span. */
export const wrap = (file: string, span: Span, before: string, after: string): readonly TextEdit[] => [
  { file, start: span.start, end: span.start, text: before },
  { file, start: span.end, end: span.end, text: after },
]

/** How to spell the database of a write where it stands; undefined where that takes more than an expression. */
export function databaseText(code: CodeOfFile, write: Write, context: FixContext): string | undefined {
  const text = context.text(code.file)
  if (text === undefined) return undefined
  const { of, kind } = write
  const spelled = (value: Value) => text.slice(value.at.start, value.at.end)
  if (kind === 'database') return of.kind === 'this' ? 'this' : spelled(of)
  const get = kind === 'collection' ? methodCall(of, 'get') : undefined
  if (get) return spelled(get.of).replace(/\??\.collections$/, '')
  return of.kind === 'name' || of.kind === 'this' ? `${spelled(of)}.database` : undefined
}
