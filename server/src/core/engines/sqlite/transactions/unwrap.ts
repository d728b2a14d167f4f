// Takes a transaction away and keeps what it does.
import type { Fix, FixContext } from '../../../rules/rule.ts'
import { lineIndent } from '../../../write/style.ts'
import type { CodeOfFile, Transaction } from '../types.ts'

/**
 * The statements of `inner`, which stands in `outer`, in place of its call. Undefined where its result is used, where it
 * returns early, or where its statements use a handle that `outer` does not have.
 */
export function unwrap(
  { scope, file }: CodeOfFile,
  outer: Transaction,
  inner: Transaction,
  context: FixContext,
): Fix | undefined {
  const text = context.text(file)
  const [argument] = inner.call.value.args
  const fn = inner.body && scope.usage(file)?.functions[inner.body.fn]
  if (text === undefined || inner.body?.file !== file || argument?.kind !== 'function' || !fn?.bodyAt) return undefined
  const isStatement = inner.fact.value === inner.call.value && (inner.fact.use === 'statement' || inner.fact.isDropped)
  // The other connection of an exclusive transaction is what its statements must use.
  if (!isStatement || fn.returns.length > 0 || outer.name !== inner.name) return undefined
  const block = text.slice(fn.bodyAt.start, fn.bodyAt.end)
  if (!block.startsWith('{') || /\breturn\b/.test(block)) return undefined
  const names = [inner, outer].map(one => one.ownHandle && scope.binding(file, one.ownHandle)?.name)
  if (names[0] !== names[1] && names[0] !== undefined && new RegExp(`\\b${names[0]}\\b`).test(block)) return undefined
  const { start: callStart, end: callEnd } = inner.call.value.at
  const start = callStart - (/await\s+$/.exec(text.slice(0, callStart))?.[0].length ?? 0)
  const end = callEnd + (/^[ \t]*;/.exec(text.slice(callEnd))?.[0].length ?? 0)
  const indent = lineIndent(text, start)
  const declares = /^\s*(?:const|let|var|function|class)\b/m.test(block)
  const statements = declares ? block : dedented(block.slice(1, -1), indent)
  return { title: 'Do it in the outer transaction', safe: false, edits: [{ file, start, end, text: statements }] }
}

/** Lines that stand one level too deep, the first of them without its indentation. */
function dedented(inner: string, indent: string): string {
  const lines = inner
    .replace(/^\s*\n/, '')
    .trimEnd()
    .split('\n')
  const own = /^[ \t]*/.exec(lines[0] ?? '')?.[0] ?? ''
  return lines
    .map(line => (line.startsWith(own) ? indent + line.slice(own.length) : line))
    .join('\n')
    .slice(indent.length)
}
