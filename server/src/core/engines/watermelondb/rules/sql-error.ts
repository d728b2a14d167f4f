// SQL that SQLite will reject.
import type { Named } from '../../../catalog/catalog.ts'
import type { Rule } from '../../../rules/rule.ts'
import { exampleApp } from '../example-app.ts'
import { exampleQuery, fixedQuery } from '../queries/example-query.ts'
import { type WrongName, wrongName } from '../sql/judge-sql.ts'
import { type SqlInCode, sqlInQueries, sqlInSteps } from '../sql/sql-in-code.ts'
import { namesInExpression, namesInStatement } from '../sql/sql-names.ts'
import { syntaxProblem } from '../sql/sql-syntax.ts'
import { statementsOfSql, tokensOfSql } from '../sql/sql-tokens.ts'
import type { CodeOfFile } from '../types.ts'

interface Data {
  readonly sql: Named
  readonly wrong: WrongName | undefined
}

const steps = (sql: string) =>
  `{ toVersion: 2, steps: [createTable({ name: 'comments', columns: [{ name: 'body', type: 'string' }] })] },
{
  toVersion: 3,
  steps: [
    ${sql}
  ],
},`

export const sqlError: Rule<CodeOfFile, Data> = {
  id: 'watermelondb/sql-error',
  severity: 'error',
  on: 'code',
  docs: {
    what: 'SQL in a migration step, `Q.unsafeSqlExpr` or `Q.unsafeSqlQuery` cannot be read, or names a table or column that does not exist. Only what is certain without running it is reported.',
    why: 'A query with such SQL fails; a migration with it fails on the devices of your users, and the database does not open.',
    fix: 'Names the table or column that was most likely meant.',
  },
  *check(code) {
    for (const { found, isStep } of sqlOf(code)) {
      const { sql, kind, world, table } = found
      const hurts = isStep ? 'the migration fails and the database does not open' : 'the query fails'
      const syntax = syntaxProblem(sql.text, kind)
      if (syntax !== undefined) {
        yield { at: sql.at, message: `This SQL ${syntax}: ${hurts}. Correct it.`, data: { sql, wrong: undefined } }
        continue
      }
      const tokens = tokensOfSql(sql.text) ?? []
      const names =
        kind === 'expression' ? [namesInExpression(tokens, table)] : statementsOfSql(tokens).map(namesInStatement)
      const wrong = names.map(one => one && wrongName(one, world)).find(one => one !== undefined)
      if (!wrong) continue
      const advice = wrong.meant === undefined ? 'Correct the name.' : `Did you mean "${wrong.meant}"?`
      yield { at: sql.at, message: `This SQL ${wrong.problem}: ${hurts}. ${advice}`, data: { sql, wrong } }
    }
  },
  fix({ data: { sql, wrong } }, context) {
    const { file, span } = sql.at
    const source = context.text(file)?.slice(span.start + 1, span.end - 1)
    // Only where the literal reads as its text are places in both the same.
    if (!wrong || wrong.meant === undefined || source !== sql.text) return undefined
    const inner = wrong.token.kind === 'name' ? 1 : 0
    const start = span.start + 1 + wrong.token.start + inner
    const end = span.start + 1 + wrong.token.end - inner
    return { title: `Change to "${wrong.meant}"`, safe: false, edits: [{ file, start, end, text: wrong.meant }] }
  },
  examples: [
    {
      name: 'a mistyped table',
      files: exampleQuery(`export const all = () =>
  database.get('posts').query(Q.unsafeSqlQuery("select * from post where _status is not 'deleted'")).fetch()
//                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Did you mean "posts"?`),
      fixed: fixedQuery(`export const all = () =>
  database.get('posts').query(Q.unsafeSqlQuery("select * from posts where _status is not 'deleted'")).fetch()`),
    },
    {
      name: 'mistyped columns',
      files: exampleQuery(`const posts = database.get('posts')
posts.query(Q.unsafeSqlQuery("select p.titel from posts p left join comments on post_id = p.id where p._status = ''"))
//                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ column "titel"
posts.query(Q.unsafeSqlExpr('posts.likes > creatd_on'), Q.sortBy('title'))
//                          ^^^^^^^^^^^^^^^^^^^^^^^^^ Did you mean "created_on"?`),
      fixed: fixedQuery(`const posts = database.get('posts')
posts.query(Q.unsafeSqlQuery("select p.title from posts p left join comments on post_id = p.id where p._status = ''"))
posts.query(Q.unsafeSqlExpr('posts.likes > creatd_on'), Q.sortBy('title'))`),
    },
    {
      name: 'SQL that nobody can read',
      files: exampleQuery(`const posts = database.get('posts')
posts.query(Q.unsafeSqlQuery('selct _status from posts'))
//                           ^^^^^^^^^^^^^^^^^^^^^^^^^^ begins with "selct"
posts.query(Q.unsafeSqlQuery('select title, from posts where _status = 0'))
//                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ comma before "from"
posts.query(Q.unsafeSqlExpr('where likes > 5'), Q.sortBy('title'))
//                          ^^^^^^^^^^^^^^^^^ as a condition
posts.query(Q.unsafeSqlExpr('(likes > 5'), Q.sortBy('title'))
//                          ^^^^^^^^^^^^ never closed
posts.query(Q.unsafeSqlExpr('likes > 5;'), Q.sortBy('title'))
//                          ^^^^^^^^^^^^ has a semicolon`),
    },
    {
      name: 'a step with a column that was never there',
      files: exampleApp({
        version: 3,
        schema: "tableSchema({ name: 'comments', columns: [{ name: 'body', type: 'string' }] }),",
        migrations: steps(`unsafeExecuteSql('update comments set text = 1;'),
//                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the database does not open`),
      }),
    },
    {
      name: 'steps about tables that are gone, and tables that other SQL makes',
      files: exampleApp({
        version: 3,
        migrations: steps(`unsafeExecuteSql('update post set text = 1; drop table "post";'),
    unsafeExecuteSql(\`alter table comments add column "text"; update comments set "text" = body || 'x';\`),
    unsafeExecuteSql('create virtual table posts_fts using fts5(title); insert into posts_fts(title) select title from posts;'),`),
      }),
    },
    {
      name: 'SQL that is right, or cannot be told',
      files: exampleQuery(`const posts = database.get('posts')
export function all(name: string) {
  posts.query(Q.unsafeSqlQuery(\`select * from \${name} where _status = 1\`))
  posts.query(Q.unsafeSqlQuery("select p.*, count(*) as total from posts as p, json_each(p.title) where value = 'x' and p._status = '' group by TITLE order by total"))
  posts.query(Q.unsafeSqlQuery("with post as (select * from posts) select * from post where _status = 'x'"))
  posts.query(Q.unsafeSqlQuery('select rowid, "anything" from posts where _status = ? and title like ?1', ['x', 'y']))
  posts.query(Q.unsafeSqlQuery('select name from sqlite_master where _status = 1'))
  posts.query(Q.unsafeSqlQuery('select _status from posts_fts where posts_fts match ?'))
  posts.query(Q.unsafeSqlExpr('exists (select 1 from comments c where c.post_id = posts.id and body = title)'), Q.sortBy('title'))
  return posts.query(Q.on('comments', 'body', 'x'), Q.unsafeSqlExpr('body = title collate nocase'))
}`),
    },
  ],
}

function* sqlOf(code: CodeOfFile): Generator<{ readonly found: SqlInCode; readonly isStep: boolean }> {
  for (const found of sqlInQueries(code)) yield { found, isStep: false }
  for (const found of sqlInSteps(code)) yield { found, isStep: true }
}
