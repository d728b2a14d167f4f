// The functions that run as a part of the one that they are written in.
import type { UsageFacts } from '../../../facts/file-facts.ts'
import { type CallValue, childrenOf, type Value, walkValue } from '../../../source/value.ts'

/** True for the function `id` and for callbacks written in it. Functions with a name are read where they are called. */
export function insideOf(usage: UsageFacts, id: number): (fn: number | undefined) => boolean {
  const callbacks = callbacksIn(usage)
  const known = new Map<number, boolean>([[id, true]])
  const isInside = (fn: number | undefined): boolean => {
    if (fn === undefined) return false
    const answer = known.get(fn) ?? (callbacks.has(fn) && isInside(usage.functions[fn]?.parent))
    known.set(fn, answer)
    return answer
  }
  return isInside
}

const knownCallbacks = new WeakMap<UsageFacts, ReadonlySet<number>>()

/** The functions of a file that are written as arguments, or called where they stand. */
function callbacksIn(usage: UsageFacts): ReadonlySet<number> {
  const known = knownCallbacks.get(usage)
  if (known) return known
  const found = new Set<number>()
  for (const { value } of usage.calls)
    for (const part of walkValue(value)) if (part.kind === 'function') found.add(part.id)
  knownCallbacks.set(usage, found)
  return found
}

/** A call and the calls in it, outermost first. */
export function* callsIn(value: Value): Generator<CallValue> {
  if (value.kind === 'call') yield value
  for (const child of childrenOf(value)) yield* callsIn(child)
}

/** Methods that call their argument with each row. */
export const iterating = new Set(['forEach', 'map', 'flatMap', 'filter', 'find', 'some', 'every', 'findIndex'])

const harmless = new Set([
  'console',
  'JSON',
  'Array',
  'Object',
  'Math',
  'Number',
  'String',
  'Boolean',
  'Date',
  'Set',
  'Map',
])

/** `console.log(newRealm)`, `Array.from(rows)`, `new Set(rows)`: functions of the language that change nothing they are given. */
export function isHarmless(callee: Value): boolean {
  if (callee.kind === 'member') return isHarmless(callee.of)
  return callee.kind === 'name' && callee.key === undefined && harmless.has(callee.name)
}
