// Every call in the code of a file, without the big literals of schemas and migrations.
import type { CallFact } from '../../../facts/file-facts.ts'
import { type CallValue, childrenOf, type JsxValue, type Value } from '../../../source/value.ts'
import { dataCalls } from '../sites.ts'
import type { CodeOfFile } from '../types.ts'

/** A call and the outermost call it is part of. */
export interface CodeCall {
  readonly call: CallValue
  readonly fact: CallFact
}

const known = new WeakMap<CallValue | JsxValue, readonly CallValue[]>()

/**
 * The calls of a file, outermost first. What is found in an expression is remembered with it, so a keystroke walks only
 * the expression it changed; arguments of `appSchema` and its like are data and are never walked.
 */
export const codeCalls = (code: Pick<CodeOfFile, 'scope' | 'file'>): readonly CodeCall[] =>
  (code.scope.usage(code.file)?.calls ?? []).flatMap(fact => callsIn(fact.value).map(call => ({ call, fact })))

/** The calls in one expression, outermost first. */
export function callsIn(value: CallValue | JsxValue): readonly CallValue[] {
  let calls = known.get(value)
  if (!calls) {
    calls = [...walk(value)]
    known.set(value, calls)
  }
  return calls
}

function* walk(value: Value): Generator<CallValue> {
  if (value.kind === 'call') {
    yield value
    // The name is enough here: a function of the user's own that is called appSchema is no database code either.
    if (value.callee.kind === 'name' && dataCalls.has(value.callee.name)) return
  }
  for (const child of childrenOf(value)) yield* walk(child)
}
