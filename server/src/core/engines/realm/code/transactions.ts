// Which code runs inside of a transaction, as far as it is written in one.
import type { Located } from '../../../catalog/scope.ts'
import type { CallValue } from '../../../source/value.ts'
import type { CodeOfFile } from '../types.ts'
import { callIndex } from './call-index.ts'
import { methodCall } from './method-call.ts'
import { type RealmFound, realmOf } from './realm-of.ts'

/** A transaction that code is written in. */
export interface Transaction {
  readonly realm: RealmFound
  readonly call: CallValue
  /** The function that is given to `write`. */
  readonly fn: number
}

/** Methods that call their argument at once, before they return. */
const immediate = /^(?:forEach|map|flatMap|filter|some|every|find|reduce)$/

/** The innermost `realm.write(…)` whose function runs the code of `fn` before it returns. */
export function transactionAround(code: CodeOfFile, fn: number | undefined): Transaction | undefined {
  const { scope, file } = code
  const usage = scope.usage(file)
  const { homes } = callIndex(usage)
  for (let at = fn; at !== undefined; ) {
    const home = homes.get(at)
    const one = usage?.functions[at]
    // A function with a name of its own is called nobody knows when.
    if (!home || !one || one.isAsync || one.isGenerator) return undefined
    const method = home.call && !home.isCalled ? methodCall(home.call) : undefined
    if (method?.name === 'write' && home.index === 0 && home.prop === undefined) {
      const of: Located = { value: method.of, file }
      const realm = realmOf(code, of)
      return realm && { realm, call: method.call, fn: at }
    }
    if (!home.isCalled && !(method && immediate.test(method.name) && home.prop === undefined)) return undefined
    at = home.fact.fn
  }
  return undefined
}
