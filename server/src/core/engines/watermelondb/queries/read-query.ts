// Finds queries in the code of a file: on which table, with which clauses, and what is done with them.
import { computed, type ReadonlySignal } from '@preact/signals-core'
import type { Located } from '../../../catalog/scope.ts'
import type { CallFact } from '../../../facts/file-facts.ts'
import type { CallValue, MemberValue, Value } from '../../../source/value.ts'
import type { Place } from '../../../text/span.ts'
import { type CodeCall, codeCalls } from '../code/code-calls.ts'
import { type Collection, collectionOf, methodCall, modelAround, storesOfModel } from '../code/read-collection.ts'
import { createRecordReader } from '../code/record-of.ts'
import type { CodeOfFile, Model } from '../types.ts'
import { type ClauseReader, type Clauses, readClauses } from './read-clauses.ts'

/** A query: `collection.query(...)`, or `other.extend(...)`. */
export interface Query {
  readonly collection: Collection
  readonly call: Located<CallValue>
  /** The clauses that this call adds. */
  readonly own: Clauses
  /** All clauses, those of the query that it extends first. */
  readonly clauses: Clauses
  /** What it extends. */
  readonly base: QueryBase | undefined
  readonly fact: CallFact
}

/** What is known of a query that is extended. */
export interface QueryBase extends Pick<Query, 'collection' | 'clauses'> {
  /** Its call; absent for the records of `@children`. */
  readonly call?: Located<CallValue>
}

/** A method called on a query, directly or through a constant: `.observe()`, `.fetchCount()` … */
export interface QueryUse {
  readonly query: QueryBase
  readonly method: string
  readonly nameAt: Place
  readonly call: Located<CallValue>
  readonly fact: CallFact
}

/** What the queries of a file are. */
export interface QueriesOfFile {
  readonly queries: readonly Query[]
  readonly uses: readonly QueryUse[]
}

const remembered = new WeakMap<CodeOfFile, ReadonlySignal<QueriesOfFile>>()

/** All queries of a file whose table and database are known. Remembered until something that they depend on changes. */
export function queriesOf(code: CodeOfFile): QueriesOfFile {
  let found = remembered.get(code)
  if (!found) {
    found = computed(() => readQueries(code))
    remembered.set(code, found)
  }
  return found.value
}

const nothing: QueriesOfFile = { queries: [], uses: [] }

/** Queries extended through more names than this are taken for cycles. */
const deepest = 20

function readQueries(code: CodeOfFile): QueriesOfFile {
  const { scope, library, file } = code
  const calls = codeCalls(code)
  if (!calls.some(one => isQueryMethod(methodCall(one.call)?.name))) return nothing
  const queries = new Map<CallValue, Query | undefined>()
  const clauses: ClauseReader = { scope, library, file, pushed: pushesIn(calls.map(one => one.call)) }
  const records = createRecordReader(code)

  const queryOf = (call: CallValue, fn: number | undefined, depth: number): Query | undefined => {
    if (queries.has(call)) return queries.get(call)
    queries.set(call, undefined)
    const query = read(call, fn, depth)
    queries.set(call, query)
    return query
  }

  const read = (call: CallValue, fn: number | undefined, depth: number): Query | undefined => {
    const method = methodCall(call)
    const fact = facts.get(call)
    if (!method || !fact || depth > deepest) return undefined
    const base = method.name === 'extend' ? baseAt(method.of, fn, depth + 1) : undefined
    const collection = method.name === 'query' ? collectionOf(code, { value: method.of, file }, fn) : base?.collection
    if (!collection) return undefined
    const own = readClauses(
      clauses,
      call.args.map(value => ({ value, file })),
    )
    const all: Clauses = base
      ? { list: [...base.clauses.list, ...own.list], complete: base.clauses.complete && own.complete }
      : own
    return { collection, call: { value: call, file }, own, clauses: all, base, fact }
  }

  const facts = new Map(calls.map(one => [one.call, one.fact]))

  const baseAt = (value: Value, fn: number | undefined, depth: number): QueryBase | undefined => {
    if (depth > deepest) return undefined
    if (value.kind === 'call') return queryOf(value, fn, depth)
    if (value.kind === 'member') return ofMember(value, fn, depth)
    if (value.kind !== 'name' || value.key === undefined) return undefined
    const binding = scope.binding(file, value.key)
    if (binding?.kind === 'let' && !binding.value) return ofGrowing(value.key, depth + 1)
    return binding?.value && baseAt(sameCall(binding.value, facts), binding.fn, depth + 1)
  }

  /** `let query = posts.query(…)` that only `query = query.extend(…)` assigns to: it stays with its table. */
  const ofGrowing = (key: string, depth: number): QueryBase | undefined => {
    const first = calls.find(({ fact }) => fact.into === key)?.fact
    if (first?.value.kind !== 'call' || first.use !== 'assigned') return undefined
    const assigned = calls.filter(({ fact }) => fact.use === 'assigned' && fact.into === undefined)
    if (assigned.some(({ call }) => methodCall(call)?.name === 'query')) return undefined
    const query = queryOf(first.value, first.fn, depth + 1)
    return query && { ...query, clauses: { ...query.clauses, complete: false } }
  }

  const ofMember = (value: MemberValue, fn: number | undefined, depth: number): QueryBase | undefined => {
    if (value.name === undefined) return undefined
    const isOwn = value.of.kind === 'this'
    const own = isOwn ? modelAround(code, fn, value) : undefined
    const models = isOwn ? (own ? [own] : []) : (records.recordOf(value.of, fn)?.models ?? [])
    const [model] = models
    if (!model || models.length !== 1) return undefined
    const member = model.members.find(one => one.name === value.name)
    if (member?.binding?.name === 'children') return childrenOf(code, model, member.target)
    const initializer = member?.file === file ? member.fact.initializer : undefined
    return initializer && baseAt(sameCall(initializer, facts), undefined, depth + 1)
  }

  const uses: QueryUse[] = []
  for (const { call, fact } of calls) {
    const method = methodCall(call)
    if (!method || call.callee.kind !== 'member') continue
    if (isQueryMethod(method.name)) queryOf(call, fact.fn, 0)
    if (!useMethods.has(method.name)) continue
    const query = baseAt(method.of, fact.fn, 0)
    const nameAt = { file, span: call.callee.nameAt }
    if (query) uses.push({ query, method: method.name, nameAt, call: { value: call, file }, fact })
  }
  for (const observed of observedByProps(code, calls)) {
    const query = baseAt(observed.value, observed.fn, 0)
    if (query) uses.push({ query, method: 'observe', nameAt: { file, span: observed.nameAt }, ...observed.by })
  }
  return { queries: [...queries.values()].filter(query => query !== undefined), uses }
}

const isQueryMethod = (name: string | undefined): boolean => name === 'query' || name === 'extend'

/** The methods of queries that rules ask about (`src/Query/index.js`). */
const useMethods: ReadonlySet<string> = new Set([
  'fetchCount',
  'observeCount',
  'observe',
  'observeWithColumns',
  'experimentalSubscribe',
  'experimentalSubscribeWithColumns',
  'experimentalSubscribeToCount',
  'extend',
])

interface Observed {
  readonly value: Value
  readonly nameAt: Place['span']
  readonly fn: number
  readonly by: Pick<QueryUse, 'call' | 'fact'>
}

/** The properties of what the function in `withObservables([…], props => ({ … }))` returns: each query there is observed. */
function* observedByProps(code: CodeOfFile, calls: readonly CodeCall[]): Generator<Observed> {
  for (const { call, fact } of calls) {
    const [, make] = call.args
    if (call.callee.kind !== 'name' || call.callee.name !== 'withObservables' || make?.kind !== 'function') continue
    const returned = code.scope.usage(code.file)?.functions[make.id]?.returns ?? []
    const props = returned.flatMap(value => (value.kind === 'object' ? value.props : []))
    for (const prop of props)
      if (prop.kind === 'named')
        yield {
          value: prop.value,
          nameAt: prop.nameAt,
          fn: make.id,
          by: { call: { value: call, file: code.file }, fact },
        }
  }
}

/** The records of `@children`: a query by the foreign key alone. */
function childrenOf(code: CodeOfFile, model: Model, table: Collection['table'] | undefined): QueryBase | undefined {
  return table && { collection: { table, stores: storesOfModel(code, model) }, clauses: { list: [], complete: true } }
}

/** After an edit the same call may be held by two objects; the one among the calls of the file is meant. */
function sameCall(value: Value, facts: ReadonlyMap<CallValue, CallFact>): Value {
  if (value.kind !== 'call' || facts.has(value)) return value
  for (const call of facts.keys()) if (call.at.start === value.at.start && call.at.end === value.at.end) return call
  return value
}

/** What is pushed to each array of the file that serves one query alone: shared ones may be filled for another table. */
function pushesIn(calls: readonly CallValue[]): (key: string) => readonly Value[] {
  const pushed = new Map<string, Value[]>()
  const readers = new Map<string, number>()
  for (const call of calls) {
    const method = methodCall(call)
    const isQuery = isQueryMethod(method?.name)
    for (const argument of isQuery ? call.args : []) {
      const list = argument.kind === 'spread' ? argument.value : argument
      if (list.kind === 'name' && list.key !== undefined) readers.set(list.key, (readers.get(list.key) ?? 0) + 1)
    }
    const of = method?.name === 'push' ? method.of : undefined
    if (of?.kind === 'name' && of.key !== undefined) pushed.set(of.key, [...(pushed.get(of.key) ?? []), ...call.args])
  }
  return key => (readers.get(key) === 1 ? (pushed.get(key) ?? []) : [])
}
