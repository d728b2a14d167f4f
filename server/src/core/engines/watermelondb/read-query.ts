// Finds queries in the code of a file: on which table, with which clauses, and what is done with them.
import type { Located } from '../../catalog/scope.ts'
import type { CallFact } from '../../facts/file-facts.ts'
import { type CallValue, childrenOf, type Value } from '../../source/value.ts'
import type { Place } from '../../text/span.ts'
import { type Collection, collectionOf, methodCall, modelAround, storesOfModel } from './read-collection.ts'
import type { CodeOfFile } from './types.ts'

/** A method called on a query, directly behind it: `.observe()`, `.fetchCount()` … */
export interface Tail {
  readonly name: string
  readonly call: Located<CallValue>
  readonly nameAt: Place
}

/** A query: `collection.query(...)`, or `children.extend(...)` inside a model. */
export interface Query {
  readonly collection: Collection
  readonly call: Located<CallValue>
  /** Clauses with arrays and spreads resolved; each is still a reference to follow. */
  readonly clauses: readonly Located[]
  /** False when some clause could not be resolved, or when it extends another query. */
  readonly complete: boolean
  readonly tails: readonly Tail[]
  readonly fact: CallFact
}

/** All queries of a file whose table and database are known. */
export function queriesOf(code: CodeOfFile): readonly Query[] {
  const queries: Query[] = []
  const visit = (value: Value, tails: readonly Tail[], fact: CallFact) => {
    const method = methodCall(value)
    if (!method) {
      for (const child of childrenOf(value)) visit(child, [], fact)
      return
    }
    const call = { value: method.call, file: code.file }
    const collection =
      method.name === 'query'
        ? collectionOf(code, { value: method.of, file: code.file }, fact.fn)
        : method.name === 'extend'
          ? childrenCollection(code, method.of, fact.fn)
          : undefined
    if (collection) queries.push({ collection, call, ...clausesOf(code, call, method.name === 'extend'), tails, fact })
    const nameAt = method.call.callee.kind === 'member' ? method.call.callee.nameAt : method.call.at
    visit(method.of, [{ name: method.name, call, nameAt: { file: code.file, span: nameAt } }, ...tails], fact)
    for (const argument of method.call.args) visit(argument, [], fact)
  }
  for (const fact of code.scope.usage(code.file)?.calls ?? []) visit(fact.value, [], fact)
  return queries
}

/** `this.comments` in a model with `@children('comments') comments`. */
function childrenCollection(code: CodeOfFile, of: Value, fn: number | undefined): Collection | undefined {
  if (of.kind !== 'member' || of.of.kind !== 'this') return undefined
  const model = modelAround(code, fn)
  const member = model?.members.find(one => one.name === of.name && one.binding?.name === 'children')
  return model && member?.target && { table: member.target, stores: storesOfModel(code, model) }
}

function clausesOf(code: CodeOfFile, call: Located<CallValue>, isExtended: boolean) {
  const clauses: Located[] = []
  let complete = !isExtended
  const add = (value: Value, file: string) => {
    const located = { value: value.kind === 'spread' ? value.value : value, file }
    const items = code.scope.items(located)
    if (items) {
      for (const item of items.items) add(item.value, item.file)
      complete &&= items.complete
    } else if (value.kind === 'spread') complete = false
    else clauses.push(located)
  }
  for (const argument of call.value.args) add(argument, call.file)
  return { clauses, complete }
}
