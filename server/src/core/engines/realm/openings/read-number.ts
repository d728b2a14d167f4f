// Numbers that code computes from known ones: `schemaVersion: oldVersion + 1`.

import type { Numbered } from '../../../catalog/catalog.ts'
import { placeOf } from '../../../catalog/place-of.ts'
import type { Located, Scope } from '../../../catalog/scope.ts'

/** Sums nested deeper than this are taken for cycles. */
const deepest = 20

/** The number that an expression stands for; `at` is where it, or the sum, is written. */
export function readNumber(scope: Scope, located: Located | undefined, depth = 0): Numbered | undefined {
  if (!located || depth > deepest) return undefined
  const found = scope.follow(located)
  const { value, file } = found
  if (value.kind === 'number') return { value: value.value, at: placeOf(found) }
  if (value.kind !== 'binary') return undefined
  const left = readNumber(scope, { value: value.left, file }, depth + 1)?.value
  const right = readNumber(scope, { value: value.right, file }, depth + 1)?.value
  if (left === undefined || right === undefined) return undefined
  const result = computed(value.op, left, right)
  return result === undefined || !Number.isFinite(result) ? undefined : { value: result, at: placeOf(found) }
}

function computed(op: string, left: number, right: number): number | undefined {
  switch (op) {
    case '+':
      return left + right
    case '-':
      return left - right
    case '*':
      return left * right
    case '/':
      return left / right
    default:
      return undefined
  }
}
