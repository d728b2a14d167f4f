// Whether a prepared statement is given back.
import type { Scope } from '../../../catalog/scope.ts'
import { type Value, walkValue } from '../../../source/value.ts'
import type { SqlCall } from '../types.ts'

/** `maybe`: only where nothing throws before. `unknown`: the statement goes elsewhere, and somebody there may do it. */
export type Finalized = 'surely' | 'maybe' | 'never' | 'unknown'

/** What becomes of the statement that a call prepares into a variable. */
export function finalized(scope: Scope, { call, fact }: SqlCall): Finalized {
  const { file } = call
  const usage = scope.usage(file)
  const key = fact.into
  if (!usage || key === undefined) return 'unknown'
  const isIt = (value: Value) => value.kind === 'name' && value.key === key
  const isMethodOf = (value: Value) => value.kind === 'member' && isIt(value.of)
  /** True where the statement itself is handed on, and not only asked to do something. */
  const goesOn = (value: Value): boolean => {
    if (isIt(value)) return true
    if (value.kind === 'call')
      return (!isMethodOf(value.callee) && goesOn(value.callee)) || value.args.some(argument => goesOn(argument))
    if (isMethodOf(value)) return value.kind === 'member' && value.name === undefined
    return [...walkValue(value)].slice(1).some(isIt)
  }
  const isKept =
    usage.functions.some(fn => fn.returns.some(goesOn)) ||
    usage.assigns.some(assign => goesOn(assign.value)) ||
    usage.calls.some(one => goesOn(one.value)) ||
    Object.values(scope.module(file)?.bindings ?? {}).some(one => one.value && goesOn(one.value))
  if (isKept) return 'unknown'
  const ends = usage.calls.filter(({ value }) =>
    [...walkValue(value)].some(
      one => one.kind === 'call' && isMethodOf(one.callee) && /^finalize/.test(nameOf(one.callee)),
    ),
  )
  if (ends.length === 0) return 'never'
  return ends.some(one => one.isFinal) ? 'surely' : 'maybe'
}

const nameOf = (callee: Value): string => (callee.kind === 'member' ? (callee.name ?? '') : '')
