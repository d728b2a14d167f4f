// Takes a call of a method apart.
import type { CallValue, Value } from '../../../source/value.ts'
import type { Span } from '../../../text/span.ts'

/** `of.name(…)` */
export interface MethodCall {
  readonly call: CallValue
  readonly of: Value
  readonly name: string
  readonly nameAt: Span
}

/** The call of a method that `value` is; undefined for everything else. */
export function methodCall(value: Value): MethodCall | undefined {
  if (value.kind !== 'call' || value.isNew || value.callee.kind !== 'member' || value.callee.name === undefined)
    return undefined
  const { of, name, nameAt } = value.callee
  return { call: value, of, name, nameAt }
}
