// SQL that SQLite refuses.
import { placeOf } from '../../../catalog/place-of.ts'
import { type WrittenText, writtenText } from '../../../catalog/written-text.ts'
import type { Rule } from '../../../rules/rule.ts'
import type { Place } from '../../../text/span.ts'
import { exampleApp } from '../example-app.ts'
import { exampleQuery, fixedQuery } from '../queries/example-query.ts'
import { parameterProblem, queryProblem } from '../sql/judge-query.ts'
import { stepProblem } from '../sql/judge-step.ts'
import { sqlInQueries, wholeText } from '../sql/sql-in-code.ts'
import { schemaProblem, sqlInSchemas } from '../sql/sql-in-schema.ts'
import { sqlInSteps } from '../sql/sql-in-steps.ts'
import type { SqlProblem } from '../sql/sql-problem.ts'
import type { CodeOfFile } from '../types.ts'

interface Data {
  /** The letters of the name, and what was most likely meant. */
  readonly at: Place
  readonly meant: string
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
    what: 'SQLite refuses the SQL in a migration step, `Q.unsafeSqlExpr` or `Q.unsafeSqlQuery`: it cannot be read, or names a table or column that does not exist. Steps are judged on the tables as they were at that version, with rows in them. Also a list of values that does not fit the parameters of `Q.unsafeSqlQuery`.',
    why: 'A query with such SQL fails; a migration with it fails on the devices of your users, and the database does not open.',
    fix: 'Names the table or column that was most likely meant.',
  },
  *check(code) {
    const { judge } = code.scope
    for (const query of sqlInQueries(code)) {
      const sql = wholeText(code, query.argument)
      if (!sql || sql.text.trim() === '') continue
      const problem = queryProblem(query, sql.text, judge)
      if (problem === 'unknown') continue
      if (problem) yield evidenceOf(problem, sql, placeOf(query.argument), 'the query fails')
      else if (query.kind === 'statements') {
        const [, values] = query.call.value.args
        const isList = values?.kind === 'array' && values.items.every(item => item.kind !== 'spread')
        const words = !values || isList ? parameterProblem(sql.text, values ? values.items.length : 0) : undefined
        const at = values ? { file: query.call.file, span: values.at } : placeOf(query.argument)
        if (words) yield { at, message: `${words}: the query fails. Give one for each.` }
      }
    }
    for (const found of sqlInSteps(code)) {
      const problem = stepProblem(found, judge)
      const { argument, sql } = found.step
      const written = problem && argument && writtenText(code.scope, argument)
      if (problem && sql)
        yield evidenceOf(problem, written, sql.at, 'the migration fails and the database does not open')
    }
    for (const found of sqlInSchemas(code)) {
      const problem = schemaProblem(found, judge)
      if (problem) yield evidenceOf(problem, found.sql, placeOf(found.argument), 'no new database can be made')
    }
  },
  fix({ data: { at, meant } }, context) {
    const { file, span } = at
    if (context.text(file) === undefined) return undefined
    const edit = { file, start: span.start, end: span.end, text: meant }
    return { title: `Change to "${meant}"`, safe: false, edits: [edit] }
  },
  examples: [
    {
      name: 'a mistyped table',
      files: exampleQuery(`export const all = () =>
  database.get('posts').query(Q.unsafeSqlQuery("select * from post where _status is not 'deleted'")).fetch()
//                                                            ^^^^ Did you mean "posts"?`),
      fixed: fixedQuery(`export const all = () =>
  database.get('posts').query(Q.unsafeSqlQuery("select * from posts where _status is not 'deleted'")).fetch()`),
    },
    {
      name: 'mistyped columns',
      files: exampleQuery(`const posts = database.get('posts')
posts.query(Q.unsafeSqlQuery("select p.titel from posts p left join comments on post_id = p.id where p._status = ''"))
//                                     ^^^^^ no such column: p.titel: the query fails. Did you mean "title"?
posts.query(Q.unsafeSqlExpr('posts.likes > creatd_on'), Q.sortBy('title'))
//                                         ^^^^^^^^^ Did you mean "created_on"?
posts.query(Q.unsafeSqlExpr('"posts"."likse" = 1'), Q.on('comments', 'body', 'x'))
//                                    ^^^^^ Did you mean "likes"?
posts.query(Q.unsafeSqlQuery('update posts set \\'titl\\' = 1'))
//                                               ^^^^ Did you mean "title"?`),
      fixed: fixedQuery(`const posts = database.get('posts')
posts.query(Q.unsafeSqlQuery("select p.title from posts p left join comments on post_id = p.id where p._status = ''"))
posts.query(Q.unsafeSqlExpr('posts.likes > creatd_on'), Q.sortBy('title'))
posts.query(Q.unsafeSqlExpr('"posts"."likse" = 1'), Q.on('comments', 'body', 'x'))
posts.query(Q.unsafeSqlQuery('update posts set \\'titl\\' = 1'))`),
    },
    {
      name: 'SQL that nobody can read',
      files: exampleQuery(`const posts = database.get('posts')
posts.query(Q.unsafeSqlQuery('selct _status from posts'))
//                            ^^^^^ near "selct": syntax error
posts.query(Q.unsafeSqlQuery('select title, from posts where _status = 0'))
//                                          ^^^^ near "from": syntax error
posts.query(Q.unsafeSqlQuery('select title from posts where _status ='))
//                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ stops too early
posts.query(Q.unsafeSqlExpr('where likes > 5'), Q.sortBy('title'))
//                           ^^^^^ near "where": syntax error
posts.query(Q.unsafeSqlExpr('(likes > 5'), Q.sortBy('title'))
//                           ^^^^^^^^^^ stops too early
posts.query(Q.unsafeSqlExpr('likes > 5;'), Q.sortBy('title'))
//                                    ^ semicolon ends the query`),
    },
    {
      name: 'what only SQLite knows',
      files: exampleQuery(`const posts = database.get('posts')
posts.query(Q.unsafeSqlQuery('select id from posts join comments on post_id = posts.id where _status = 0'))
//                                   ^^ ambiguous column name: id
posts.query(Q.unsafeSqlQuery('select title from posts where length(title, 1) = 0 and _status = 0'))
//                                                          ^^^^^^ wrong number of arguments
posts.query(Q.unsafeSqlExpr('likes > max(likes)'), Q.sortBy('title'))
//                                   ^^^ misuse of aggregate
posts.query(Q.unsafeSqlExpr('id in (select id, post_id from comments)'), Q.sortBy('title'))
//                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ sub-select returns 2 columns`),
    },
    {
      name: 'values that do not fit the parameters',
      files: exampleQuery(`const posts = database.get('posts')
export function all(ids: string[]) {
  posts.query(Q.unsafeSqlQuery('select * from posts where _status = ? and title like ?', ['x']))
//                                                                                       ^^^^^ 2 parameters and is given 1 value
  posts.query(Q.unsafeSqlQuery('select * from posts where _status = ?1 or title = ?1', ['x', 'y']))
//                                                                                     ^^^^^^^^^^ 1 parameter and is given 2 values
  posts.query(Q.unsafeSqlQuery('select * from posts where _status = ?'))
//                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ is given 0 values
  posts.query(Q.unsafeSqlQuery('select * from posts where _status = ?', ids))
  posts.query(Q.unsafeSqlQuery('select * from posts where _status = ?', [...ids]))
  return posts.query(Q.unsafeSqlQuery("select * from posts where _status = '?'", []))
}`),
    },
    {
      name: 'a step with a column that was never there',
      files: exampleApp({
        version: 3,
        schema: "tableSchema({ name: 'comments', columns: [{ name: 'body', type: 'string' }] }),",
        migrations: steps(`unsafeExecuteSql('update comments set bod = 1;'),
//                                        ^^^ the database does not open. Did you mean "body"?`),
      }),
    },
    {
      name: 'steps that fail on tables as they are by then',
      files: exampleApp({
        version: 3,
        migrations: steps(`unsafeExecuteSql('alter table comments add column rank integer not null;'),
//                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Cannot add a NOT NULL column
    unsafeExecuteSql('alter table comments rename column body to text;'),
    unsafeExecuteSql('delete from comments where text is null or body is null;'),
//                                                               ^^^^ no such column: body
    unsafeExecuteSql('create index "comments__status" on "comments" ("_status");'),
//                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ already exists
    unsafeExecuteSql('delte from posts;'),
//                    ^^^^^ near "delte": syntax error`),
      }),
    },
    {
      name: 'SQL that is put behind what the library makes',
      files: {
        'src/db/schema.ts': `import { appSchema, tableSchema } from '@nozbe/watermelondb'

export const schema = appSchema({
  version: 1,
  unsafeSql: (sql, kind) => (kind === 'setup' ? \`\${sql}create index posts_titel on posts (titel);\` : sql),
//                                                                                        ^^^^^ no new database can be made. Did you mean "title"?
  tables: [
    tableSchema({
      name: 'posts',
      columns: [{ name: 'title', type: 'string' }],
    }),
    tableSchema({
      name: 'logs',
      columns: [{ name: 'text', type: 'string' }],
      unsafeSql: sql => sql.replace('"text"', '"text" collate nocase'),
    }),
    tableSchema({
      name: 'notes',
      columns: [{ name: 'text', type: 'string' }],
      unsafeSql: sql => sql + 'create index notes_text on notes (text, tex);',
//                                                                     ^^^ Did you mean "text"?
    }),
    tableSchema({
      name: 'tags',
      columns: [{ name: 'text', type: 'string' }],
      unsafeSql: sql => sql + 'crate index tags_text on tags (text);',
//                             ^^^^^ near "crate": syntax error
    }),
  ],
})
`,
        'src/db/index.ts': exampleApp({})['src/db/index.ts']!,
      },
    },
    {
      name: 'steps about tables that are gone, and tables that other SQL makes',
      files: exampleApp({
        version: 3,
        migrations: steps(`unsafeExecuteSql('update post set text = 1; drop table "post";'),
    unsafeExecuteSql(\`alter table comments add column "text"; update comments set "text" = body || 'x';\`),
    unsafeExecuteSql('create virtual table posts_fts using fts5(title); insert into posts_fts(title) select title from posts;'),
    unsafeExecuteSql('create temp table kept as select body from comments; insert into comments (id, body) select rowid, body from kept;'),
    unsafeExecuteSql('create unique index comments_body on comments (body); drop index comments_body; drop index posts_title;'),`),
      }),
    },
    {
      name: 'SQL that is right, or cannot be told',
      files: exampleQuery(`const posts = database.get('posts')
export function all(name: string) {
  posts.query(Q.unsafeSqlQuery(\`select * from \${name} where _status = 1\`))
  posts.query(Q.unsafeSqlQuery("select p.*, count(*) as total from posts as p, json_each(p.title) where value = 'x' and p._status = '' group by TITLE order by total"))
  posts.query(Q.unsafeSqlQuery("with post as (select * from posts) select * from post where _status = 'x'"))
  posts.query(Q.unsafeSqlQuery('select rowid, "anything" from posts where _status = ? and title like ?1', ['x']))
  posts.query(Q.unsafeSqlQuery('select name from sqlite_master'))
  posts.query(Q.unsafeSqlQuery('select _status from posts_fts where posts_fts match ?', [name]))
  posts.query(Q.unsafeSqlQuery('select my_function(title) from posts where _status = 1; select 1'))
  posts.query(Q.unsafeSqlQuery("select value from local_storage where key = 'x'"))
  posts.query(Q.unsafeSqlQuery(''))
  posts.query(Q.unsafeSqlExpr('exists (select 1 from comments c where c.post_id = posts.id and body = title)'), Q.sortBy('title'))
  return posts.query(Q.on('comments', 'body', 'x'), Q.unsafeSqlExpr('body = title collate nocase'))
}`),
    },
  ],
}

/** `whole` is where the SQL comes from, for mistakes whose letters are not written out. */
function evidenceOf(problem: SqlProblem, sql: WrittenText | undefined, whole: Place, hurts: string) {
  const { start, end, words, advice, meant } = problem
  const at = sql?.place(start, end)
  return {
    at: sql?.source(start, end) ?? whole,
    message: `${words}: ${hurts}. ${advice}`,
    ...(at && meant !== undefined && { data: { at, meant } }),
  }
}
