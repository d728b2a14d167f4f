// Facts with plain spans, to be compared: where a span counts from is nobody's business.
import { isSpan } from '../../src/core/facts/marks.ts'

/** A copy of `node` in which every span is `{ start, end }`. */
export function spelledOut<T>(node: T): T {
  if (typeof node !== 'object' || node === null) return node
  if (isSpan(node)) return { start: node.start, end: node.end } as T
  if (Array.isArray(node)) return node.map(spelledOut) as T
  const copy: Record<string, unknown> = Object.create(Object.getPrototypeOf(node))
  for (const key in node) copy[key] = spelledOut(node[key])
  return copy as T
}
