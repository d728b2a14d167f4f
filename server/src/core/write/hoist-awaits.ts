// Moves what a function awaits in front of the statement that is given the function.
import type { CallFact, ModuleFacts, UsageFacts } from '../facts/file-facts.ts'
import type { Value } from '../source/value.ts'
import type { TextEdit } from '../text/edit.ts'
import { lineIndent, styleOf } from './style.ts'

/** The file that the function stands in. */
export interface AwaitingFile {
  readonly file: string
  readonly text: string | undefined
  readonly usage: UsageFacts | undefined
  readonly bindings: ModuleFacts['bindings'] | undefined
  /** The value and everything inside it. */
  walk(value: Value): Iterable<Value>
}

/**
 * The edits that take `async` and every `await` out of function `id`, which stands in the statement of function `outer`
 * that begins before `callStart`. Undefined where something awaited depends on the function's own names or is not
 * always awaited, or where the statement's begin cannot be told.
 */
export function hoistAwaits(
  { file, text, usage, bindings = {}, walk }: AwaitingFile,
  id: number,
  outer: number | undefined,
  callStart: number,
): readonly TextEdit[] | undefined {
  const fn = usage?.functions[id]
  if (text === undefined || !fn?.bodyAt || !usage) return undefined
  const head = /^async\s*/.exec(text.slice(fn.at.start))
  if (!head) return undefined
  const drop: TextEdit = { file, start: fn.at.start, end: fn.at.start + head[0].length, text: '' }
  const awaits = text.slice(fn.bodyAt.start, fn.bodyAt.end).match(/\bawait\b/g)?.length ?? 0
  if (awaits === 0) return [drop]

  const awaited = usage.calls.filter(fact => fact.fn === id && fact.use === 'awaited')
  const moved = awaited.map(fact => declarationOf(text, fact, bindings))
  const movedKeys = new Set(moved.map(one => one?.key))
  const isOwn = (key: string | undefined) => key !== undefined && bindings[key]?.fn === id && !movedKeys.has(key)
  const depends = awaited.some(({ value }) => [...walk(value)].some(part => part.kind === 'name' && isOwn(part.key)))
  // What is awaited only at times must not be awaited always.
  const isAlways = awaited.every((fact: CallFact) => !fact.isConditional)
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
  if (awaited.length !== awaits || depends || !isAlways || !isOuterAsync || !isStatement || !isFree) return undefined

  const style = styleOf(text)
  const indent = lineIndent(text, callStart)
  const taken = new Set(Object.values(bindings).map(binding => binding.name))
  const edits: TextEdit[] = [drop]
  for (const [i, { value }] of awaited.entries()) {
    const declaration = moved[i]
    if (declaration) {
      const line = `${indent}${declaration.text}${style.newline}`
      edits.push({ file, start: lineStart, end: lineStart, text: line }, { file, ...declaration.lines, text: '' })
      continue
    }
    const start = text.slice(0, value.at.start).search(/await\s*\(?$/)
    const end = text.slice(start, value.at.start).endsWith('(') ? value.at.end + 1 : value.at.end
    if (start < 0) return undefined
    const target = usage.assigns.find(
      one => one.fn === id && one.value.at.start === start && one.target.kind === 'member',
    )?.target
    const wanted = target?.kind === 'member' ? (target.name ?? 'value') : 'value'
    let name = wanted
    for (let n = 2; taken.has(name); n++) name = `${wanted}${n}`
    taken.add(name)
    const line = `${indent}const ${name} = ${text.slice(start, end)}${style.semicolon}${style.newline}`
    edits.push({ file, start: lineStart, end: lineStart, text: line }, { file, start, end, text: name })
  }
  return edits
}

/** `const name = await call()` with its lines to itself, which can move as it is; undefined for everything else. */
function declarationOf(
  text: string,
  { value, into }: CallFact,
  bindings: ModuleFacts['bindings'],
): { readonly key: string; readonly text: string; readonly lines: Pick<TextEdit, 'start' | 'end'> } | undefined {
  const binding = into === undefined ? undefined : bindings[into]
  // A name that something else goes by as well could mean that outside.
  const isOnly = binding && Object.values(bindings).filter(one => one.name === binding.name).length === 1
  if (into === undefined || !isOnly) return undefined
  const start = text.lastIndexOf('\n', binding.at.start - 1) + 1
  const lineEnd = text.indexOf('\n', value.at.end)
  const end = lineEnd < 0 ? text.length : lineEnd + 1
  const head = text.slice(start, value.at.start)
  const tail = text.slice(value.at.end, end)
  if (!/^\s*const [\w$]+(?:: [^=\n]+)? = await $/.test(head) || !/^;?\s*$/.test(tail)) return undefined
  return { key: into, text: text.slice(start, end).trim(), lines: { start, end } }
}
