// The calls and JSX elements inside a value, remembered by the value, so that an edit walks only what it changed.
import { type CallValue, childrenOf, type JsxValue, type Value } from './value.ts'

const known = new WeakMap<Value, readonly (CallValue | JsxValue)[]>()
const none: readonly (CallValue | JsxValue)[] = []

/** Every call, `new` and JSX element in `value` (itself too), outermost first, in source order. */
export function usesInside(value: Value): readonly (CallValue | JsxValue)[] {
  const children = childrenOf(value)
  const isUse = value.kind === 'call' || value.kind === 'jsx'
  if (children.length === 0) return isUse ? [value] : none
  const found = known.get(value)
  if (found) return found
  const uses: (CallValue | JsxValue)[] = isUse ? [value] : []
  for (const child of children) for (const use of usesInside(child)) uses.push(use)
  const kept = uses.length === 0 ? none : uses
  known.set(value, kept)
  return kept
}
