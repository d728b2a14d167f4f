// A condition in SQL is observed in a query that the library matches in JavaScript.
import { placeOf } from '../../../catalog/place-of.ts'
import type { Rule } from '../../../rules/rule.ts'
import { quoted, styleOf } from '../../../write/style.ts'
import { insertArgument, neighbour } from '../queries/call-arguments.ts'
import { candidateTables } from '../queries/candidate-tables.ts'
import { exampleQuery, fixedQuery } from '../queries/example-query.ts'
import { type Clause, everyClause } from '../queries/read-clauses.ts'
import { type QueryBase, queriesOf } from '../queries/read-query.ts'
import type { CodeOfFile } from '../types.ts'

interface Data {
  readonly query: QueryBase
  readonly clause: Clause
}

const observing = new Set([
  'observe',
  'observeWithColumns',
  'experimentalSubscribe',
  'experimentalSubscribeWithColumns',
])

/** Clauses that make the library run the query again instead of matching records (`src/observation/encodeMatcher/canEncode.js`). */
const reloading = new Set([
  'on',
  'sortBy',
  'take',
  'skip',
  'experimentalJoinTables',
  'experimentalNestedJoin',
  'unsafeLokiTransform',
  'unsafeSqlQuery',
])

export const observeUnsafeSql: Rule<CodeOfFile, Data> = {
  id: 'watermelondb/observe-unsafe-sql',
  severity: 'error',
  on: 'code',
  docs: {
    what: 'A query with `Q.unsafeSqlExpr` or `Q.unsafeLokiExpr` is observed, and has no join, sorting or limit.',
    why: 'Such queries are matched in JavaScript, which knows no SQL: the first change of a record throws `Illegal clause sql` out of the `update()` that made it, and other observers miss the change.',
    fix: 'Adds `Q.sortBy`, with which the query runs again at each change.',
  },
  *check(code) {
    for (const { query, method } of queriesOf(code).uses) {
      if (!observing.has(method) || !query.clauses.complete) continue
      const all = [...everyClause(query.clauses)]
      const clause = all.find(one => (one.name === 'unsafeSqlExpr' || one.name === 'unsafeLokiExpr') && one.isCertain)
      if (!clause || query.clauses.list.some(one => reloading.has(one.name))) continue
      yield {
        at: placeOf(clause.call),
        message: `Observing this query fails: the first change of a record throws "Illegal clause" out of the update() that made it. Add Q.sortBy, with which the query runs again at each change.`,
        data: { query, clause },
      }
    }
  },
  fix({ data: { query, clause } }, context) {
    const { call, collection } = query
    const sortBy = neighbour(clause.call, 'sortBy', context)
    const text = call && context.text(call.file)
    if (!call || sortBy === undefined || text === undefined) return undefined
    const [found] = candidateTables(collection.stores, collection.table.text) ?? []
    const column = found?.table.columns.has('created_at') ? 'created_at' : 'id'
    const edit = insertArgument(call, call.value.args.length, `${sortBy}(${quoted(column, styleOf(text))})`, context)
    return edit && { title: 'Add Q.sortBy', safe: false, edits: [edit] }
  },
  examples: [
    {
      name: 'an observed condition in SQL',
      files:
        exampleQuery(`export const odd = () => database.get('posts').query(Q.unsafeSqlExpr('likes % 2 = 1')).observe()
//                                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ out of the update()`),
      fixed: fixedQuery(
        `export const odd = () => database.get('posts').query(Q.unsafeSqlExpr('likes % 2 = 1'), Q.sortBy('id')).observe()`,
      ),
    },
    {
      name: 'observed by withObservables',
      files: exampleQuery(`import { withObservables } from '@nozbe/watermelondb/react'
export const enhance = withObservables(['post'], () => ({
  odd: database.get('posts').query(Q.unsafeSqlExpr('likes % 2 = 1')),
//                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ out of the update()
  sorted: database.get('posts').query(Q.unsafeSqlExpr('likes % 2 = 1'), Q.sortBy('title')),
  count: database.get('posts').query(Q.unsafeSqlExpr('likes % 2 = 1')).observeCount(),
}))`),
    },
    {
      name: 'sorted, limited, joined, fetched, counted, or not known completely',
      files: exampleQuery(`const odd = Q.unsafeSqlExpr('likes % 2 = 1')
export function observe(more: any[]) {
  const posts = database.get('posts')
  posts.query(odd, Q.sortBy('title')).observe()
  posts.query(Q.or(odd, Q.where('likes', 2)), Q.take(5)).observeWithColumns(['title'])
  posts.query(odd, Q.on('comments', 'body', 'x')).observe()
  posts.query(odd, ...more).observe()
  posts.query(odd).observeCount()
  return posts.query(odd).fetch()
}`),
    },
  ],
}
