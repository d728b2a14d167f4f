// SQL in WatermelonDB code: what SQLite is asked about it, and what is concluded from the answers.
import assert from 'node:assert/strict'
import { createAnalyzer } from '../../src/core/analyze.ts'
import { exampleApp } from '../../src/core/engines/watermelondb/example-app.ts'
import { exampleQuery } from '../../src/core/engines/watermelondb/queries/example-query.ts'
import { meantTable } from '../../src/core/engines/watermelondb/sql/sql-problem.ts'
import { tablesInSql } from '../../src/core/engines/watermelondb/sql/tables-in-sql.ts'
import { engines, rules } from '../../src/core/rules/all.ts'
import type { SqlQuestion } from '../../src/core/sql/judge.ts'
import { answerSql } from '../../testkit/answer-sql.ts'
import { findingsOf, runApp } from '../../testkit/run-example.ts'
import { workspaceOf } from '../../testkit/workspace-of.ts'

const sqlErrors = rules.filter(rule => rule.id === 'watermelondb/sql-error')

const table = (name: string, columns: readonly string[]) =>
  `tableSchema({ name: '${name}', columns: [${columns.map(column => `{ name: '${column}', type: 'string' }`).join(', ')}] }),`

/** The messages about an app. */
function messages(files: Record<string, string>, released?: Record<string, string>): readonly string[] {
  const app = runApp(files, { rules: sqlErrors, ...(released && { released }) })
  return findingsOf(app, 'watermelondb/sql-error').map(finding => finding.message)
}

describe('SQL of steps', () => {
  const app = (steps: string, released = '') => ({
    files: exampleApp({
      version: 3,
      schema: table('posts', ['title', 'body']),
      migrations: `{ toVersion: 3, steps: [${steps}] },`,
    }),
    released: exampleApp({ version: 2, schema: table('posts', ['title', 'body']) + released }),
  })
  const inSteps = (steps: string, more?: string) => {
    const { files, released } = app(steps, more)
    return messages(files, released)
  }
  const step = (sql: string) => `unsafeExecuteSql(${JSON.stringify(sql)}),`

  it('are judged on what is released', () => {
    assert.match(inSteps(step('update posts set titel = 1;'))[0] ?? '', /no such column: titel.*Did you mean "title"/)
    assert.match(inSteps(step('update post set title = 1;'))[0] ?? '', /no such table: post.*Did you mean "posts"/)
    assert.deepEqual(inSteps(step('update posts set title = body; create index posts_body on posts (body);')), [])
  })

  it('know what earlier steps did, in any case', () => {
    const renamed = step('alter table posts rename to entries; alter table Entries rename column title to heading;')
    assert.deepEqual(inSteps(renamed + step('update entries set heading = body;')), [])
    assert.match(inSteps(renamed + step('update entries set title = 1;'))[0] ?? '', /no such column: title/)
    const made = step('create table tags (id primary key, name); insert into tags (id, name) values (1, 2);')
    assert.deepEqual(inSteps(made + step('delete from tags where name = 1;')), [])
    assert.match(inSteps(made + step('delete from tags where nam = 1;'))[0] ?? '', /Did you mean "name"/)
    const added = `addColumns({ table: 'posts', columns: [{ name: 'rank', type: 'number' }] }),`
    assert.deepEqual(inSteps(`${added}${step('update posts set rank = 1;')}`), [])
    assert.match(inSteps(`${step('update posts set rank = 1;')}${added}`)[0] ?? '', /no such column: rank/)
    assert.match(inSteps(added + step('alter table posts add column RANK;'))[0] ?? '', /duplicate column name: RANK/)
  })

  it('are not judged by the rows there might be, nor by what is not known', () => {
    for (const sql of [
      'create unique index u on posts (title);',
      'insert into posts (id, title) select id, title from posts;',
      'insert into local_storage (key) values (1);',
      'update archive set anything = 1; drop table archive;',
      'create table if not exists notes (id); insert into notes (id) select body from posts;',
      'create virtual table found using fts5(title); select rank from found;',
      'create view seen as select title t from posts; select t from seen;',
      'create trigger t after insert on posts begin update posts set title = 1; end;',
      'drop index if exists absent; drop table if exists absent;',
      'pragma user_version = 3;',
    ])
      assert.deepEqual(inSteps(step(sql)), [], sql)
    assert.deepEqual(inSteps(`${step('update posts set titel = 1;')}anything(),`), [])
  })

  it('are not judged where LokiJS alone runs the app', () => {
    const { files, released } = app(step('update posts set titel = 1;'))
    const loki = files['src/db/index.ts']!.replaceAll('adapters/sqlite', 'adapters/lokijs').replaceAll(
      'SQLite',
      'LokiJS',
    )
    assert.deepEqual(messages({ ...files, 'src/db/index.ts': loki }, released), [])
  })
})

describe('questions about SQL', () => {
  const query = (sql: string) => `database.get('posts').query(Q.unsafeSqlQuery(${JSON.stringify(sql)}))`

  /** An app whose questions are noted. */
  function asking(files: Record<string, string>) {
    const texts = new Map(Object.entries(files).map(([path, text]) => [`/app/${path}`, text]))
    const asked: SqlQuestion[] = []
    const analyzer = createAnalyzer({
      engines,
      rules: sqlErrors,
      answerNow: questions => {
        asked.push(...questions)
        return answerSql(questions)
      },
    })
    analyzer.setWorkspace(workspaceOf(texts.keys()))
    analyzer.batch(() => {
      for (const [file, text] of texts) analyzer.set(file, text)
    })
    const taken = () => {
      analyzer.settle()
      return asked.splice(0)
    }
    return { analyzer, texts, taken }
  }

  it('are about the tables that are named, and asked again when one of those has changed', () => {
    const { analyzer, texts, taken } = asking(
      exampleQuery(
        `${query("select title from posts where _status = ''")}\n${query("select body from comments where _status = ''")}`,
      ),
    )
    const first = taken()
    assert.equal(first.length, 2)
    for (const question of first) assert.ok(question.kind === 'prepare' && question.schema.length === 1)
    const file = '/app/src/db/schema.ts'
    const schema = texts.get(file)!
    analyzer.set(
      file,
      schema.replace("name: 'title', type: 'string'", "name: 'title', type: 'string', isOptional: true"),
    )
    assert.deepEqual(taken(), [])
    analyzer.set(file, schema.replace("{ name: 'body'", "{ name: 'text', type: 'string' }, { name: 'body'"))
    const again = taken()
    assert.equal(again.length, 1)
    assert.match(again[0]?.kind === 'prepare' ? again[0].sql : '', /comments/)
    analyzer.set('/app/src/models/Post.ts', texts.get('/app/src/models/Post.ts')!.replace('title!', 'heading!'))
    assert.deepEqual(taken(), [])
  })

  it('leave all SQL unjudged while there is no answer', () => {
    const files = exampleQuery(`${query('selct')}\n${query('select ? from posts where _status = 1')}`)
    const analyzer = createAnalyzer({ engines, rules: sqlErrors })
    const texts = new Map(Object.entries(files).map(([path, text]) => [`/app/${path}`, text]))
    analyzer.setWorkspace(workspaceOf(texts.keys()))
    analyzer.batch(() => {
      for (const [file, text] of texts) analyzer.set(file, text)
    })
    assert.deepEqual(analyzer.findings('/app/src/screen.ts'), [])
    const questions = analyzer.takeQuestions()
    analyzer.answer(questions, answerSql(questions) ?? [])
    assert.equal(analyzer.findings('/app/src/screen.ts').length, 2)
  })

  it('say by which way a query is answered', () => {
    const code = `const min = Math.random()
export const q = () => database.get('posts').query(Q.unsafeSqlQuery(\`select * from comments c join posts on posts.id = post_id where likes > \${min}\`))
export const e = () => database.get('posts').query(Q.unsafeSqlExpr('likes = 1 and title = 2'))`
    const files = exampleQuery(code)
    const { analyzer, texts } = runApp(files, { rules: [] })
    const plan = (words: string) => {
      const file = '/app/src/screen.ts'
      return analyzer.queryPlan(file, texts.get(file)!.indexOf(words))
    }
    const joined = plan('comments c')
    assert.match(joined?.sql ?? '', /where likes > \?$/)
    assert.match(JSON.stringify(joined?.plan.rows), /SCAN c.*SEARCH posts USING INDEX sqlite_autoindex_posts_1/)
    assert.match(JSON.stringify(plan('title = 2')?.plan.rows), /SCAN posts/)
    assert.equal(plan('Math.random'), undefined)
  })
})

describe('several databases', () => {
  const open = (
    name: string,
    columns: readonly string[],
  ) => `import { Database, appSchema, tableSchema } from '@nozbe/watermelondb'
import SQLiteAdapter from '@nozbe/watermelondb/adapters/sqlite'
export const ${name} = new Database({ adapter: new SQLiteAdapter({ dbName: '${name}', schema: appSchema({ version: 1, tables: [${table('posts', columns)}] }) }), modelClasses: [] })
`
  it('must agree', () => {
    const found = (column: string) =>
      messages({
        'src/a.ts': open('a', ['title']),
        'src/b.ts': open('b', ['body']),
        'src/c.ts': `import { Q } from '@nozbe/watermelondb'\nexport const q = Q.unsafeSqlQuery("select ${column} from posts where _status = ''")\n`,
      })
    assert.deepEqual([found('title'), found('body')], [[], []])
    assert.match(found('absent')[0] ?? '', /no such column: absent/)
  })
})

describe('tablesInSql', () => {
  it('names the tables that are meant, and none that the statement itself defines', () => {
    const named = (sql: string) => tablesInSql(sql).join(' ')
    assert.equal(named('select p.title from posts p left join "comments" as c on c.post_id = p.id'), 'posts comments')
    assert.equal(named('with recent as (select * from posts) select * from recent, json_each(x)'), 'posts')
    assert.equal(named('insert into a select * from b where c in (select d from e)'), 'a b e')
    assert.equal(named('alter table a rename to b; drop table c; create index i on d (e)'), 'a c d b')
    assert.equal(named('selct * from posts; select * from Posts, POSTS'), 'Posts')
  })
})

describe('meantTable', () => {
  const meant = (name: string) => meantTable(name, ['posts', 'messages'])
  it('finds the table that was meant, and leaves other tables alone', () => {
    assert.deepEqual(['post', 'Post_s', 'mesages'].map(meant), ['posts', 'posts', 'messages'])
    for (const name of ['posts', 'POSTS', 'posts_fts', 'messages_archive', 'sqlite_master', 'local_storage', 'users'])
      assert.equal(meant(name), undefined, name)
  })
})
