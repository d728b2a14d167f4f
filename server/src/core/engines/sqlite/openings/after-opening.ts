// Writes a statement of SQL behind the statement that opens a database.
import type { Scope } from '../../../catalog/scope.ts'
import type { FixContext } from '../../../rules/rule.ts'
import type { TextEdit } from '../../../text/edit.ts'
import { lineIndent, quoted, styleOf } from '../../../write/style.ts'
import type { SqlPackage } from '../imports.ts'
import type { Opening } from '../types.ts'

/** How each library runs a text, where it can wait and where it cannot. */
const runs: Readonly<Record<SqlPackage, { readonly now?: string; readonly later: string }>> = {
  'expo-sqlite': { now: 'execSync', later: 'execAsync' },
  'op-sqlite': { now: 'executeSync', later: 'execute' },
  'quick-sqlite': { now: 'execute', later: 'executeAsync' },
  'nitro-sqlite': { now: 'execute', later: 'executeAsync' },
  'sqlite-storage': { later: 'executeSql' },
}

/** The edit; undefined where the opened database has no name of its own in that place. */
export function afterOpening(
  scope: Scope,
  { fact, at, package: library }: Opening,
  sql: string,
  context: FixContext,
): TextEdit | undefined {
  const { file } = at
  const text = context.text(file)
  const binding = fact.into === undefined ? undefined : scope.binding(file, fact.into)
  if (text === undefined || !binding || fact.value.at.end !== at.span.end) return undefined
  const rest = /^[^\S\n]*;?/.exec(text.slice(at.span.end))?.[0] ?? ''
  const end = at.span.end + rest.length
  // Something else in the same line may be a part of the statement.
  if (!/^[^\S\n]*(?:\/\/[^\n]*)?(?:\r?\n|$)/.test(text.slice(end))) return undefined
  const isAwaited = fact.use === 'awaited'
  const around = fact.fn === undefined ? undefined : scope.usage(file)?.functions[fact.fn]
  const method = isAwaited || around?.isAsync ? runs[library].later : runs[library].now
  if (method === undefined) return undefined
  const style = styleOf(text)
  const wait = method === runs[library].later ? 'await ' : ''
  const line = `${wait}${binding.name}.${method}(${quoted(sql, style)})${style.semicolon}`
  return { file, start: end, end, text: `${style.newline}${lineIndent(text, at.span.start)}${line}` }
}
