// A query asks for a table that no database of the app has.
import { placeOf } from '../../../catalog/place-of.ts'
import type { Located } from '../../../catalog/scope.ts'
import { changeTo } from '../../../rules/change-text.ts'
import type { Evidence, Rule } from '../../../rules/rule.ts'
import { closest } from '../../../text/similar.ts'
import { codeCalls } from '../code/code-calls.ts'
import { collectionOf, methodCall } from '../code/read-collection.ts'
import { candidateTables } from '../queries/candidate-tables.ts'
import { exampleQuery, fixedQuery } from '../queries/example-query.ts'
import { type Clause, everyClause } from '../queries/read-clauses.ts'
import { queriesOf } from '../queries/read-query.ts'
import type { CodeOfFile, WatermelonStore } from '../types.ts'

interface Data {
  readonly literal: Located
  readonly meant: string | undefined
}

export const unknownQueryTable: Rule<CodeOfFile, Data> = {
  id: 'watermelondb/unknown-query-table',
  severity: 'error',
  on: 'code',
  docs: {
    what: '`database.get()`, `Q.on`, `Q.experimentalJoinTables` or `Q.experimentalNestedJoin` names a table that the schema does not have.',
    why: '`database.get()` gives null, so the next call crashes with `Cannot read properties of null`; a join to an unknown table fails when the query runs.',
    fix: 'Names the table that was most likely meant.',
  },
  *check(code) {
    for (const { call, fact } of codeCalls(code)) {
      const method = methodCall(call)
      if (!method || !collectionMethods.has(method.name)) continue
      const got = code.scope.follow({ value: method.of, file: code.file })
      const literal = got.value.kind === 'call' && got.file === code.file ? got.value.args[0] : undefined
      const collection = literal && collectionOf(code, { value: method.of, file: code.file }, fact.fn)
      if (literal && collection)
        yield* judge(
          collection.stores,
          { value: literal, file: code.file },
          collection.table.text,
          'database.get() gives null',
        )
    }
    for (const { collection, own } of queriesOf(code).queries)
      for (const clause of everyClause(own))
        for (const literal of tablesIn(code, clause)) {
          const name = code.scope.text(literal)?.text
          if (name !== undefined) yield* judge(collection.stores, literal, name, 'the query fails')
        }
  },
  fix: ({ data }, context) => changeTo(data.literal, data.meant, context),
  examples: [
    {
      name: 'a mistyped table',
      files: exampleQuery(`export const all = () => database.get('post').query().fetch()
//                                    ^^^^^^ Did you mean "posts"?`),
      fixed: fixedQuery(`export const all = () => database.get('posts').query().fetch()`),
    },
    {
      name: 'joins and other methods of collections',
      files: exampleQuery(`export async function some(id: string) {
  await database.collections.get('remarks').find(id)
//                               ^^^^^^^^^ gives null
  return database.get('posts').query(
    Q.experimentalJoinTables(['comment', 'comments']),
//                            ^^^^^^^^^ the query fails
    Q.on('coments', 'body', 'x'),
//       ^^^^^^^^^ Did you mean "comments"?
  )
}`),
    },
    {
      name: 'tables of a schema that is not known completely, and get() of other things',
      files: exampleQuery(
        `export const all = () => database.get('anything').query()
export const setting = (db: any, cache: Map<string, string>) => [db.get('theme'), cache.get('post')]`,
        { schema: `tableSchema({ name: 'posts', columns: [] }),\n...moreTables(),` },
      ),
    },
    {
      name: 'a settings store that is called db',
      files: exampleQuery(`export const theme = (db: any) => db.get('theme')`),
    },
  ],
}

/** Methods that nothing but a collection has with these names (`src/Collection/index.js`); a get() alone could be anybody's. */
const collectionMethods = new Set([
  'query',
  'find',
  'findAndObserve',
  'create',
  'prepareCreate',
  'prepareCreateFromDirtyRaw',
  'disposableFromDirtyRaw',
])

function* judge(
  stores: readonly WatermelonStore[],
  literal: Located,
  name: string,
  hurts: string,
): Generator<Evidence<Data>> {
  if (candidateTables(stores, name)?.length !== 0 || name === 'local_storage') return
  const meant = closest(
    name,
    stores.flatMap(store => store.tableNames()),
  )
  const advice = meant === undefined ? 'Name a table of the schema.' : `Did you mean "${meant}"?`
  yield {
    at: placeOf(literal),
    message: `The schema has no table "${name}": ${hurts}. ${advice}`,
    data: { literal, meant },
  }
}

/** The tables that a clause names. */
function tablesIn(code: CodeOfFile, { name, call }: Clause): readonly Located[] {
  const args = call.value.args.map((value): Located => ({ value, file: call.file }))
  if (name === 'on') return args.slice(0, 1)
  if (name === 'experimentalNestedJoin') return args.slice(0, 2)
  return name === 'experimentalJoinTables' ? (code.scope.items(args[0])?.items ?? []) : []
}
