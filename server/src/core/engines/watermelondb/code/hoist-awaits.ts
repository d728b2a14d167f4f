// Moves what a function awaits in front of the statement that is given the function.
import type { FixContext } from '../../../rules/rule.ts'
import { walkValue } from '../../../source/value.ts'
import type { TextEdit } from '../../../text/edit.ts'
import { lineIndent, styleOf } from '../../../write/style.ts'
import type { CodeOfFile } from '../types.ts'
import { callIndex } from './call-index.ts'

/**
 * The edits that take `async` and every `await` out of function `id`, which stands in the statement of function `outer`
 * that begins before `callStart`. Undefined where something awaited depends on the function's own names, or where
 * the statement's begin cannot be told.
 */
export function hoistAwaits(
  code: CodeOfFile,
  id: number,
  outer: number | undefined,
  callStart: number,
  context: FixContext,
): readonly TextEdit[] | undefined {
  const { file, scope } = code
  const text = context.text(file)
  const usage = scope.usage(file)
  const fn = usage?.functions[id]
  const bindings = scope.module(file)?.bindings ?? {}
  if (text === undefined || !fn?.bodyAt || !usage) return undefined
  const head = /^async\s*/.exec(text.slice(fn.at.start))
  if (!head) return undefined
  const drop: TextEdit = { file, start: fn.at.start, end: fn.at.start + head[0].length, text: '' }
  const awaits = text.slice(fn.bodyAt.start, fn.bodyAt.end).match(/\bawait\b/g)?.length ?? 0
  if (awaits === 0) return [drop]

  const awaited = (callIndex(usage).byFunction.get(id) ?? []).filter(fact => fact.use === 'awaited')
  const isOwn = (key: string | undefined) => key !== undefined && bindings[key]?.fn === id
  const depends = awaited.some(({ value }) =>
    [...walkValue(value)].some(part => part.kind === 'name' && isOwn(part.key)),
  )
  const isOuterAsync = outer === undefined || usage.functions[outer]?.isAsync
  const lineStart = text.lastIndexOf('\n', callStart - 1) + 1
  const before = text.slice(0, lineStart).trimEnd()
  const isStatement = /^\s*(?:(?:const|let|var)\s+[\w$]+\s*=\s*|return\s+)?(?:await\s+)?$/.test(
    text.slice(lineStart, callStart),
  )
  const previous = before.slice(before.lastIndexOf('\n') + 1)
  // A line that ends otherwise may be the head of an `if` without braces.
  const isFree =
    /[;{}]$/.test(previous) ||
    (/\)$/.test(previous) && !/^\s*(?:\)|\}?\s*(?:else|if|for|while)\b)/.test(previous)) ||
    before === ''
  if (awaited.length !== awaits || depends || !isOuterAsync || !isStatement || !isFree) return undefined

  const style = styleOf(text)
  const indent = lineIndent(text, callStart)
  const taken = new Set(Object.values(bindings).map(binding => binding.name))
  const edits: TextEdit[] = [drop]
  for (const { value } of awaited) {
    const start = text.slice(0, value.at.start).search(/await\s*\(?$/)
    const end = text.slice(start, value.at.start).endsWith('(') ? value.at.end + 1 : value.at.end
    if (start < 0) return undefined
    const target = usage.assigns.find(
      one => one.fn === id && one.value.at.start === start && one.target.kind === 'member',
    )?.target
    const wanted = target?.kind === 'member' ? (target.name ?? 'value') : 'value'
    let name = wanted
    for (let i = 2; taken.has(name); i++) name = `${wanted}${i}`
    taken.add(name)
    const line = `${indent}const ${name} = ${text.slice(start, end)}${style.semicolon}${style.newline}`
    edits.push({ file, start: lineStart, end: lineStart, text: line }, { file, start, end, text: name })
  }
  return edits
}
