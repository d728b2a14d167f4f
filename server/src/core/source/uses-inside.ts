// The calls and JSX elements inside a value, remembered for what is long, so that an edit walks only what it changed.
import { type CallValue, childrenOf, type JsxValue, type Value } from './value.ts'

/** A call, `new`, or JSX element. */
export type Use = CallValue | JsxValue

/** The items of longer lists are remembered one by one; remembering every small object would cost more than walking it. */
const longList = 32

const known = new WeakMap<Value, readonly Use[]>()
const none: readonly Use[] = []

/** Every use in `value` (itself too), outermost first, in source order. */
export const usesInside = (value: Value): readonly Use[] => known.get(value) ?? usesIn(value)

function usesIn(value: Value): readonly Use[] {
  const children = childrenOf(value)
  const uses: Use[] = value.kind === 'call' || value.kind === 'jsx' ? [value] : []
  const isLong = children.length > longList
  for (const child of children) {
    const inside = usesInside(child)
    if (isLong) known.set(child, inside)
    for (const use of inside) uses.push(use)
  }
  return uses.length === 0 ? none : uses
}
