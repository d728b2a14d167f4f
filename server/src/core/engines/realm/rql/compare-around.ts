// Finds the comparison that a part of a query belongs to.
import { contains, type Span } from '../../../text/span.ts'
import type { RqlCompare, RqlCondition, RqlValue } from './syntax.ts'

/** The innermost comparison around `at`; undefined where there is none. */
export function compareAround(condition: RqlCondition, at: Span): RqlCompare | undefined {
  if (!contains(condition.at, at)) return undefined
  switch (condition.kind) {
    case 'and':
    case 'or':
      return firstOf(condition.parts, part => compareAround(part, at))
    case 'not':
      return compareAround(condition.of, at)
    case 'compare':
      return firstOf([condition.left, condition.right], value => inSubquery(value, at)) ?? condition
    default:
      return undefined
  }
}

const inSubquery = (value: RqlValue, at: Span): RqlCompare | undefined =>
  value.kind === 'subquery' && value.where ? compareAround(value.where, at) : undefined

function firstOf<T, U>(all: readonly T[], find: (one: T) => U | undefined): U | undefined {
  for (const one of all) {
    const found = find(one)
    if (found !== undefined) return found
  }
  return undefined
}
