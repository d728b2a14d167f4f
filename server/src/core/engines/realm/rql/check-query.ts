// Checks a query against the classes of a realm: what Realm would reject when it runs, and what it takes but misreads.
import { checkCondition } from './check-condition.ts'
import { checkOrder } from './check-order.ts'
import type { Checking, RqlMention } from './checking.ts'
import type { ParsedQuery } from './parse-query.ts'
import { warnBareNames, warnUnused } from './pitfalls.ts'
import type { RqlProblem } from './problem.ts'
import type { RqlArguments, RqlWorld } from './world.ts'

/** What is known of a query. All in the order of the text. */
export interface CheckedQuery {
  /** What Realm rejects. Empty where too little is known to say so. */
  readonly problems: readonly RqlProblem[]
  /** What Realm accepts although it can not be meant. */
  readonly pitfalls: readonly RqlProblem[]
  /** The classes and properties that the names in the query mean. */
  readonly mentions: readonly RqlMention[]
}

/**
 * Checks a query on the objects of a class. What is syntax, `parseQuery` has told; of a query that is none, the parts that
 * could be read are checked. `given` is what is known of the arguments.
 */
export function checkQuery(
  { text, tree, names, arguments: used }: ParsedQuery,
  world: RqlWorld,
  className: string,
  given: RqlArguments = {},
): CheckedQuery {
  const check: Checking = { text, world, given, className, variables: [], mentions: [], problems: [], pitfalls: [] }
  if (tree.where) checkCondition(check, tree.where)
  for (const order of tree.order) checkOrder(check, order)
  warnUnused(check, used)
  warnBareNames(check, names)
  const inOrder = (a: { at: { start: number } }, b: { at: { start: number } }) => a.at.start - b.at.start
  return {
    problems: check.problems.sort(inOrder),
    pitfalls: check.pitfalls.sort(inOrder),
    mentions: check.mentions.sort(inOrder),
  }
}
