// A query in SQL that also gives deleted records.
import type { Named } from '../../../catalog/catalog.ts'
import type { Rule } from '../../../rules/rule.ts'
import { candidateTables } from '../queries/candidate-tables.ts'
import { exampleQuery, fixedQuery } from '../queries/example-query.ts'
import { marksDeleted } from '../queries/marked-deleted.ts'
import { everyClause } from '../queries/read-clauses.ts'
import { queriesOf } from '../queries/read-query.ts'
import { namesInStatement, type SqlNames } from '../sql/sql-names.ts'
import { isWord, type SqlToken, statementsOfSql, tokensOfSql } from '../sql/sql-tokens.ts'
import type { CodeOfFile } from '../types.ts'

interface Data {
  readonly sql: Named
  readonly tokens: readonly SqlToken[]
  readonly names: SqlNames
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
        const statements = sql && statementsOfSql(tokensOfSql(sql.text) ?? [])
        const [tokens] = statements ?? []
        if (!sql || !tokens || statements?.length !== 1 || !isWord(tokens[0], 'select')) continue
        if (tokens.some(token => token.text.toLowerCase() === '_status')) continue
        const names = namesInStatement(tokens)
        const table = names?.tables.find(one => (candidateTables(collection.stores, one.text)?.length ?? 0) > 0)
        if (!names || !table || !marksDeleted(code.scope, code.file)) continue
        yield {
          at: sql.at,
          message: `This SQL also gives records of "${table.text}" that are marked as deleted. Add the condition _status is not 'deleted'.`,
          data: { sql, tokens, names },
        }
      }
  },
  fix({ data: { sql, tokens, names } }, context) {
    const { file, span } = sql.at
    const literal = context.text(file)?.slice(span.start, span.end)
    if (literal?.slice(1, -1) !== sql.text || names.tables.length !== 1) return undefined
    const has = (word: string): boolean => tokens.some(token => isWord(token, word))
    if (['or', 'union', 'intersect', 'except', 'having', 'join'].some(has)) return undefined
    if (tokens.filter(token => isWord(token, 'select')).length > 1) return undefined
    const quote = literal.startsWith("'") ? "\\'" : "'"
    const condition = `_status is not ${quote}deleted${quote}`
    const where = tokens.find(token => isWord(token, 'where'))
    const behind = tokens.findIndex(token => ['group', 'order', 'limit'].some(word => isWord(token, word)))
    const before = behind < 0 ? tokens.at(-1) : tokens[behind - 1]
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
