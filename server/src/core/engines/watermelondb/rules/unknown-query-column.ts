// A query names a column that its table does not have.
import { placeOf } from '../../../catalog/place-of.ts'
import type { Located } from '../../../catalog/scope.ts'
import { changeTo } from '../../../rules/change-text.ts'
import type { Evidence, Rule } from '../../../rules/rule.ts'
import { closest } from '../../../text/similar.ts'
import { candidateTables, inEvery, type TableOfStore } from '../queries/candidate-tables.ts'
import { exampleQuery, fixedQuery } from '../queries/example-query.ts'
import { columnsOf } from '../queries/query-columns.ts'
import { queriesOf } from '../queries/read-query.ts'
import { implicitColumns } from '../schema/find-column.ts'
import type { CodeOfFile } from '../types.ts'

interface Data {
  readonly literal: Located
  readonly meant: string | undefined
}

export const unknownQueryColumn: Rule<CodeOfFile, Data> = {
  id: 'watermelondb/unknown-query-column',
  severity: 'error',
  on: 'code',
  docs: {
    what: 'A query filters, sorts or observes by a column that the table does not have. Queries take names of columns, not of model properties.',
    why: 'SQLite rejects the query with `no such column`, Loki silently finds nothing, and `observeWithColumns` never notices a change.',
    fix: 'Names the column that was most likely meant: the one that the property of that name is bound to, else the most similar one.',
  },
  *check(code) {
    const { scope, library } = code
    const { queries, uses } = queriesOf(code)
    for (const { collection, own } of queries)
      for (const { table, column, literal } of columnsOf(scope, library, collection.table.text, own)) {
        const candidates = candidateTables(collection.stores, table)
        const wrong = inEvery(candidates, one => (lacks(one, column.text, false) ? one : undefined))
        if (wrong) yield evidence(wrong, column.text, literal, 'the query fails on SQLite and finds nothing on Loki')
      }
    for (const { query, method, call } of uses) {
      if (method !== 'observeWithColumns' && method !== 'experimentalSubscribeWithColumns') continue
      const [names] = call.value.args
      const candidates = candidateTables(query.collection.stores, query.collection.table.text)
      for (const literal of scope.items(names && { value: names, file: call.file })?.items ?? []) {
        const column = scope.text(literal)
        const wrong = column && inEvery(candidates, one => (lacks(one, column.text, true) ? one : undefined))
        if (wrong) yield evidence(wrong, column.text, literal, 'its changes are never observed')
      }
    }
  },
  fix: ({ data }, context) => changeTo(data.literal, data.meant, context),
  examples: [
    {
      name: 'the name of a property',
      files: exampleQuery(`export const newest = () =>
  database.get('posts').query(Q.where('createdAt', Q.gt(5)), Q.sortBy('title')).fetch()
//                                    ^^^^^^^^^^^ no column "createdAt"`),
      fixed: fixedQuery(`export const newest = () =>
  database.get('posts').query(Q.where('created_on', Q.gt(5)), Q.sortBy('title')).fetch()`),
    },
    {
      name: 'sorting, joins and comparisons of columns',
      files: exampleQuery(`const posts = database.collections.get('posts')
const ofTitle = (filter: string) => posts.query(
  Q.or(Q.where('titel', filter), Q.where('title', Q.notEq(Q.column('like')))),
//             ^^^^^^^ Did you mean "title"?
//                                                                 ^^^^^^ Did you mean "likes"?
  Q.on('comments', 'bdy', filter),
//                 ^^^^^ "comments" has no column "bdy"
  Q.on('comments', [Q.where('author', 'x')]),
//                          ^^^^^^^^ no column "author"
  Q.sortBy('created_at', Q.desc),
//         ^^^^^^^^^^^^ Did you mean "created_on"?
)`),
    },
    {
      name: 'observed columns, and children of a record',
      files: exampleQuery(`import { Post } from './models/Post'
export function watch(post: Post) {
  const pinned = database.get('posts').query(Q.where('is_pinned', true))
  pinned.observeWithColumns(['title', 'createdAt'])
//                                    ^^^^^^^^^^^ never observed
  return post.comments.extend(Q.where('text', 'x'), Q.where('body', 'y'))
//                                    ^^^^^^ "comments" has no column "text"
}`),
    },
    {
      name: 'implicit columns, unknown databases, unknown tables and unknown columns',
      files: exampleQuery(`export function all(db: SQLiteDatabase, other: any, table: string, column: string) {
  database.get('posts').query(Q.where('id', 'x'), Q.where('_status', 'created'), Q.sortBy('_changed'))
  database.get(table).query(Q.where('anything', 1))
  database.get('posts').query(Q.where(column, 1), Q.where(columns().title, 1))
  db.get('posts').query(Q.where('anything', 1))
  return other.get('posts').query(Q.where('anything', 1))
}`),
    },
    {
      name: 'a table that cannot be read completely',
      files: exampleQuery(`database.get('posts').query(Q.where('anything', 1))`, {
        schema: `tableSchema({ name: 'posts', columns: [...common] }),`,
      }),
    },
  ],
}

/** True when the table certainly has no such column. SQL does not tell upper from lower case, JavaScript does. */
function lacks({ store, table }: TableOfStore, column: string, isExact: boolean): boolean {
  if (!table.complete || table.columns.has(column) || implicitColumns.has(column)) return false
  if (table.unsafeSql || store.unsafeSql) return false
  const same = column.toLowerCase()
  return isExact || ![...table.columns.keys(), ...implicitColumns].some(name => name.toLowerCase() === same)
}

function evidence({ store, table }: TableOfStore, column: string, literal: Located, hurts: string): Evidence<Data> {
  const members = store.modelsOf(table.name.text).flatMap(model => model.members)
  const bound = members.find(one => one.name === column)?.column?.text
  const meant = bound !== undefined && table.columns.has(bound) ? bound : closest(column, table.columns.keys())
  const advice = meant === undefined ? 'Name a column of the schema.' : `Did you mean "${meant}"?`
  return {
    at: placeOf(literal),
    message: `Table "${table.name.text}" has no column "${column}": ${hurts}. ${advice}`,
    related: [{ at: table.name.at, message: `The table "${table.name.text}"` }],
    data: { literal, meant },
  }
}
