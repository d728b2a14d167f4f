// A query in SQL that also gives deleted records.
import type { Named } from '../../../catalog/catalog.ts'
import type { Rule } from '../../../rules/rule.ts'
import { foldName, nameOf } from '../../../sql/scan-sql.ts'
import { type StatementSpan, splitStatements } from '../../../sql/split-statements.ts'
import { candidateTables } from '../queries/candidate-tables.ts'
import { exampleQuery, fixedQuery } from '../queries/example-query.ts'
import { marksDeleted } from '../queries/marked-deleted.ts'
import { everyClause } from '../queries/read-clauses.ts'
import { queriesOf } from '../queries/read-query.ts'
import { tablesInSql } from '../sql/tables-in-sql.ts'
import type { CodeOfFile } from '../types.ts'

interface Data {
  readonly sql: Named
  readonly statement: StatementSpan
  readonly tables: readonly string[]
}

const deletion = 'export const remove = (post: any) => database.write(() => post.markAsDeleted())'

export const sqlReturnsDeleted: Rule<CodeOfFile, Data> = {
  id: 'watermelondb/sql-returns-deleted',
  severity: 'warning',
  on: 'code',
  docs: {
    what: '`Q.unsafeSqlQuery` selects from a table without a word about `_status`, in an app that calls `markAsDeleted`.',
    why: 'Records marked as deleted stay in the table until they are synchronized. Other queries leave them out by themselves, SQL does not: deleted records come back.',
    fix: "Adds `_status is not 'deleted'` where the SQL is plain.",
  },
  *check(code) {
    for (const { collection, own } of queriesOf(code).queries)
      for (const { name, call } of everyClause(own)) {
        if (name !== 'unsafeSqlQuery') continue
        const [argument] = call.value.args
        const sql = code.scope.text(argument && { value: argument, file: call.file })
        const statements = sql ? splitStatements(sql.text) : []
        const [statement] = statements
        if (!sql || !statement || statements.length !== 1) continue
        const words = wordsOf(sql.text, statement)
        if (words[0] !== 'select' || words.includes('_status')) continue
        const tables = tablesInSql(sql.text)
        const table = tables.find(one => (candidateTables(collection.stores, one)?.length ?? 0) > 0)
        if (table === undefined || !marksDeleted(code.scope, code.file)) continue
        yield {
          at: sql.at,
          message: `This SQL also gives records of "${table}" that are marked as deleted. Add the condition _status is not 'deleted'.`,
          data: { sql, statement, tables },
        }
      }
  },
  fix({ data: { sql, statement, tables } }, context) {
    const { file, span } = sql.at
    const literal = context.text(file)?.slice(span.start, span.end)
    if (literal?.slice(1, -1) !== sql.text || tables.length !== 1) return undefined
    const words = wordsOf(sql.text, statement)
    const isOther = (word: string): boolean => words.includes(word)
    if (['or', 'union', 'intersect', 'except', 'having', 'join', 'with'].some(isOther)) return undefined
    if (words.filter(word => word === 'select').length > 1) return undefined
    const quote = literal.startsWith("'") ? "\\'" : "'"
    const condition = `_status is not ${quote}deleted${quote}`
    const where = statement.tokens[words.indexOf('where')]
    const behind = words.findIndex(word => ['group', 'order', 'limit'].includes(word))
    const before = statement.tokens[behind < 0 ? words.length - 1 : behind - 1]
    if (!before) return undefined
    const at = span.start + 1 + (where ? where.end : before.end)
    const text = where ? ` ${condition} and` : ` where ${condition}`
    return { title: 'Leave deleted records out', safe: false, edits: [{ file, start: at, end: at, text }] }
  },
  examples: [
    {
      name: 'all rows',
      files: exampleQuery(`${deletion}
export const all = () => database.get('posts').query(Q.unsafeSqlQuery('select * from posts order by title')).fetch()
//                                                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ marked as deleted`),
      fixed: fixedQuery(`${deletion}
export const all = () => database.get('posts').query(Q.unsafeSqlQuery('select * from posts where _status is not \\'deleted\\' order by title')).fetch()`),
    },
    {
      name: 'some rows',
      files: exampleQuery(`${deletion}
export const some = () => database.get('posts').query(Q.unsafeSqlQuery("select * from posts where likes > ?", [1]))
//                                                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ marked as deleted`),
      fixed: fixedQuery(`${deletion}
export const some = () => database.get('posts').query(Q.unsafeSqlQuery("select * from posts where _status is not 'deleted' and likes > ?", [1]))`),
    },
    {
      name: 'an app that never marks',
      files: exampleQuery(`database.get('posts').query(Q.unsafeSqlQuery('select * from posts'))`),
    },
    {
      name: 'with the condition, of other tables, and what cannot be told',
      files: exampleQuery(`${deletion}
export function all(table: string, condition: string) {
  const posts = database.get('posts')
  posts.query(Q.unsafeSqlQuery('select * from posts where "_status" <> ?', ['deleted']))
  posts.query(Q.unsafeSqlQuery('select * from posts_fts where title match ?'))
  posts.query(Q.unsafeSqlQuery(\`select * from posts where \${condition}\`))
  return posts.query(Q.unsafeSqlQuery('pragma table_info(posts)'))
}`),
    },
  ],
}

/** Keywords and names in lower case, without quotes; other tokens as they are. */
const wordsOf = (sql: string, { tokens }: StatementSpan): readonly string[] =>
  tokens.map(({ kind, start, end }) => {
    const written = sql.slice(start, end)
    if (kind === 'word') return foldName(written)
    return kind === 'quoted' && foldName(nameOf(written)) === '_status' ? '_status' : written
  })
