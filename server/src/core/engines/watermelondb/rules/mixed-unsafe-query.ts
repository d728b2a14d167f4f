// A query by SQL has other clauses, which are ignored.
import { placeOf } from '../../../catalog/place-of.ts'
import type { Rule } from '../../../rules/rule.ts'
import { exampleQuery } from '../queries/example-query.ts'
import { queriesOf } from '../queries/read-query.ts'
import type { CodeOfFile } from '../types.ts'

/** What may stand beside `Q.unsafeSqlQuery` (`src/QueryDescription/helpers.js`). */
const companions = new Set(['unsafeSqlQuery', 'experimentalJoinTables', 'experimentalNestedJoin'])

export const mixedUnsafeQuery: Rule<CodeOfFile> = {
  id: 'watermelondb/mixed-unsafe-query',
  severity: 'error',
  on: 'code',
  docs: {
    what: '`Q.unsafeSqlQuery` stands beside other clauses, or the query is extended.',
    why: 'The SQL is the whole query: development builds throw, release builds ignore the other clauses; `extend` always throws.',
    fix: 'Write the conditions into the SQL, or use `Q.unsafeSqlExpr` for a part of a query.',
  },
  *check(code) {
    const { queries, uses } = queriesOf(code)
    for (const { own, clauses, base } of queries) {
      if (base) continue
      const sql = clauses.list.find(one => one.name === 'unsafeSqlQuery' && one.isCertain)
      const other = own.list.find(one => !companions.has(one.name) && one.isCertain)
      if (!sql || !other) continue
      yield {
        at: placeOf(other.call),
        message: `Q.${other.name} is ignored beside Q.unsafeSqlQuery, and development builds throw. Write it into the SQL, or use Q.unsafeSqlExpr.`,
        related: [{ at: placeOf(sql.call), message: 'The SQL that is the whole query' }],
      }
    }
    for (const { query, method, nameAt } of uses) {
      if (method !== 'extend' || !query.clauses.list.some(one => one.name === 'unsafeSqlQuery' && one.isCertain))
        continue
      yield {
        at: nameAt,
        message:
          'A query by Q.unsafeSqlQuery cannot be extended: this always throws. Write the conditions into the SQL.',
      }
    }
  },
  examples: [
    {
      name: 'SQL and a condition',
      files: exampleQuery(`const all = Q.unsafeSqlQuery("select * from posts where _status is not 'deleted'")
export const liked = () => database.get('posts').query(all, Q.where('likes', 1)).fetch()
//                                                          ^^^^^^^^^^^^^^^^^^^ Q.where is ignored`),
    },
    {
      name: 'SQL that is extended',
      files:
        exampleQuery(`const posts = database.get('posts').query(Q.unsafeSqlQuery("select * from posts where _status is not 'deleted'"))
export const liked = () => posts.extend(Q.where('likes', 1))
//                               ^^^^^^ cannot be extended`),
    },
    {
      name: 'declared joins, and parts in SQL',
      files: exampleQuery(`database.get('posts').query(
  Q.experimentalJoinTables(['comments']),
  Q.unsafeSqlQuery("select posts.* from posts left join comments on comments.post_id = posts.id where posts._status is not 'deleted'"),
)
database.get('posts').query(Q.where('likes', 1), Q.unsafeSqlExpr('likes % 2 = 0'), Q.sortBy('title'))`),
    },
  ],
}
