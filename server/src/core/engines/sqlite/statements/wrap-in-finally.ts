// Puts the use of a prepared statement into `try`, and its end into `finally`.
import type { Fix, FixContext } from '../../../rules/rule.ts'
import { lineIndent, styleOf } from '../../../write/style.ts'
import type { SqlInCode } from '../types.ts'

/**
 * Everything behind the statement that prepares it, up to the end of its function. Undefined where it stands in a block
 * of its own, where names that are declared behind it would be lost to what follows, or where the function is one line.
 */
export function wrapInFinally({ sql: call, scope }: SqlInCode, context: FixContext): Fix | undefined {
  const { file, value } = call.call
  const text = context.text(file)
  const fn = call.fn === undefined ? undefined : scope.usage(file)?.functions[call.fn]
  const name = call.fact.into === undefined ? undefined : scope.binding(file, call.fact.into)?.name
  if (text === undefined || !fn?.bodyAt || name === undefined || text[fn.bodyAt.start] !== '{') return undefined
  const { newline, indent, semicolon } = styleOf(text)
  const own = lineIndent(text, value.at.start)
  // The closing brace of the function stands one level further out: the statement is one of the function itself.
  const end = fn.bodyAt.end - 1
  const outer = lineIndent(text, end)
  if (own !== outer + indent || text.slice(text.lastIndexOf('\n', end - 1) + 1, end).trim() !== '') return undefined
  const lineEnd = text.indexOf('\n', value.at.end)
  if (lineEnd < 0 || lineEnd >= end || !/^[\s;)]*$/.test(text.slice(value.at.end, lineEnd))) return undefined
  const rest = text.slice(lineEnd + 1, end).replace(/\s+$/, '')
  // A template may hold lines that must stay as they are.
  if (rest.trim() === '' || rest.includes('`')) return undefined
  const deeper = rest.split(/\r?\n/).map(line => (line.trim() === '' ? line : indent + line))
  const isAwaited = /Async$/.test(call.method.name)
  const finish = `${isAwaited ? 'await ' : ''}${name}.finalize${isAwaited ? 'Async' : 'Sync'}()${semicolon}`
  const lines = [`${own}try {`, ...deeper, `${own}} finally {`, `${own}${indent}${finish}`, `${own}}`, outer]
  return {
    title: 'Finalize it in a "finally"',
    safe: false,
    edits: [{ file, start: lineEnd + 1, end, text: lines.join(newline) }],
  }
}
