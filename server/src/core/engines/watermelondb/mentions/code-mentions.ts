// What the code of a file names: tables of collections, columns and tables of queries.

import type { Mention } from '../../../catalog/mention.ts'
import { entityMentions, fieldMentions, type Told } from '../../../catalog/name-mentions.ts'
import { placeOf } from '../../../catalog/place-of.ts'
import type { Located } from '../../../catalog/scope.ts'
import { codeCalls } from '../code/code-calls.ts'
import { collectionOf, methodCall } from '../code/read-collection.ts'
import { columnsOf } from '../queries/query-columns.ts'
import { type Clause, everyClause } from '../queries/read-clauses.ts'
import { queriesOf } from '../queries/read-query.ts'
import type { CodeOfFile, WatermelonStore } from '../types.ts'
import { sqlMentions } from './sql-mentions.ts'
import { writeMentions } from './write-mentions.ts'

/** The names in the queries of a file, and in what leads to them. */
export function* codeMentions(code: CodeOfFile): Generator<Mention> {
  yield* collections(code)
  yield* queries(code)
  yield* writeMentions(code)
  yield* sqlMentions(code)
}

const queried = (store: WatermelonStore, call: Located): Told => ({
  store: store.name,
  part: 'query',
  role: 'refers',
  whole: placeOf(call),
})

/** `database.get('posts')` and its like. */
function* collections(code: CodeOfFile): Generator<Mention> {
  const { scope, file } = code
  for (const { call, fact } of codeCalls(code)) {
    if (!methodCall(call, 'get')) continue
    const located = { value: call, file }
    for (const store of collectionOf(code, located, fact.fn)?.stores ?? [])
      yield* entityMentions(scope, { value: call.args[0]!, file }, queried(store, located))
  }
}

function* queries(code: CodeOfFile): Generator<Mention> {
  const { scope, library } = code
  const found = queriesOf(code)
  for (const { collection, own } of found.queries)
    for (const store of collection.stores) {
      for (const { table, literal, call } of columnsOf(scope, library, collection.table.text, own))
        yield* fieldMentions(scope, literal, table, queried(store, call))
      for (const clause of everyClause(own))
        for (const literal of joinedTables(code, clause))
          yield* entityMentions(scope, literal, queried(store, clause.call))
    }
  for (const { query, method, call } of found.uses) {
    if (method !== 'observeWithColumns' && method !== 'experimentalSubscribeWithColumns') continue
    const [names] = call.value.args
    for (const literal of scope.items(names && { value: names, file: call.file })?.items ?? [])
      for (const store of query.collection.stores)
        yield* fieldMentions(scope, literal, query.collection.table.text, queried(store, call))
  }
}

/** The tables that a clause names. */
function joinedTables(code: CodeOfFile, { name, call }: Clause): readonly Located[] {
  const args = call.value.args.map((value): Located => ({ value, file: call.file }))
  if (name === 'on') return args.slice(0, 1)
  if (name === 'experimentalNestedJoin') return args.slice(0, 2)
  return name === 'experimentalJoinTables' ? (code.scope.items(args[0])?.items ?? []) : []
}

/** True when a file has clauses that are part of no query in it whose table is known: another file may use them. */
export function looseClauses(code: CodeOfFile): boolean {
  const clauses = code.sites().filter(site => namingClauses.has(site.name))
  if (clauses.length === 0) return false
  const used = new Set(queriesOf(code).queries.flatMap(({ own }) => [...everyClause(own)].map(one => one.call.value)))
  return clauses.some(site => !used.has(site.call.value))
}

/** The clauses that name tables or columns. */
const namingClauses: ReadonlySet<string> = new Set([
  'Q.where',
  'Q.on',
  'Q.sortBy',
  'Q.experimentalSortBy',
  'Q.experimentalJoinTables',
  'Q.experimentalNestedJoin',
])
