// What runs as a part of a transaction.

import { nameOfCall } from '../../../catalog/call-index.ts'
import type { Scope } from '../../../catalog/scope.ts'
import { usesOf } from '../code/uses.ts'
import type { SqlCall, Transaction } from '../types.ts'

/** Methods that call what they are given before they return, or whose result is waited for with the rest. */
const atOnce = /^(?:map|forEach|flatMap|filter|reduce|some|every|find)$/

/** True where function `fn` of `file` runs before the body of `transaction` ends: it is the body, or is called at once in it. */
export function runsInBody(scope: Scope, transaction: Transaction, file: string, fn: number | undefined): boolean {
  const { body } = transaction
  if (body?.file !== file) return false
  const usage = scope.usage(file)
  const { homes } = usesOf(file, usage)
  for (let at = fn; at !== undefined; at = usage?.functions[at]?.parent) {
    if (at === body.fn) return true
    const home = homes.get(at)
    if (home?.to.kind !== 'argument' || !atOnce.test(nameOfCall(home.to.call) ?? '')) return false
  }
  return false
}

/** The transaction of `all` that a place in `file` is a part of, the innermost. */
export function transactionAround(
  scope: Scope,
  all: readonly Transaction[],
  file: string,
  fn: number | undefined,
): Transaction | undefined {
  return all.filter(one => runsInBody(scope, one, file, fn)).at(-1)
}

/** True where two pieces of code certainly use one connection: the same database, and no opening asks for another one. */
export function shareConnection(a: Transaction | SqlCall, b: Transaction | SqlCall): boolean {
  if (a.store === undefined || a.store !== b.store) return false
  return a.store.openings.every(opening => !opening.entries.has('useNewConnection'))
}
