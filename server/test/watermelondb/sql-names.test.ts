// SQL in queries: which names it speaks of, and which mistakes are beyond doubt.
import assert from 'node:assert/strict'
import { meantTable } from '../../src/core/engines/watermelondb/sql/judge-sql.ts'
import { namesInExpression, namesInStatement } from '../../src/core/engines/watermelondb/sql/sql-names.ts'
import { syntaxProblem } from '../../src/core/engines/watermelondb/sql/sql-syntax.ts'
import { tokensOfSql } from '../../src/core/engines/watermelondb/sql/sql-tokens.ts'

const show = (names: ReturnType<typeof namesInStatement>) =>
  names && {
    tables: names.tables.map(one => one.text).join(' '),
    columns: names.columns.map(one => `${one.table}.${one.column.text}`).join(' '),
  }
const statement = (sql: string) => show(namesInStatement(tokensOfSql(sql)!))

describe('sql-names', () => {
  it('tells tables, aliases and columns of plain statements', () => {
    assert.deepEqual(statement('select p.title, c.body b from posts p left join comments as c on c.post_id = p.id'), {
      tables: 'posts comments',
      columns: 'posts.title comments.body comments.post_id posts.id',
    })
    assert.deepEqual(
      statement("select title t, count(*) total from posts where likes > ?1 and x = 'y' order by total, t"),
      {
        tables: 'posts',
        columns: 'posts.title posts.likes posts.x',
      },
    )
    assert.deepEqual(statement('update "posts" set "title" = "old", likes = 1 where rowid = :id'), {
      tables: 'posts',
      columns: 'posts.title posts.likes',
    })
    assert.deepEqual(statement('insert or ignore into posts (id, title) values (?, ?)'), {
      tables: 'posts',
      columns: 'posts.id posts.title',
    })
    assert.deepEqual(statement('delete from posts where is_old is not distinct from 1'), {
      tables: 'posts',
      columns: 'posts.is_old',
    })
  })

  it('tells no bare columns where they may belong to something else', () => {
    const tables = (sql: string) => statement(sql)?.tables
    const columns = (sql: string) => statement(sql)?.columns
    assert.equal(columns('select a from posts, comments where b = 1'), '')
    assert.equal(tables('select a from posts, comments where b = 1'), 'posts comments')
    assert.equal(columns("select value from posts, json_each(posts.tags) where value = 'x'"), 'posts.tags')
    assert.equal(columns('select a from posts where id in (select b from comments)'), '')
    assert.equal(columns('select a from (select 1 as a) where a = 2'), '')
    assert.equal(columns('select "text" from posts where "x" = [y]'), '')
    assert.equal(
      columns('select cast(title as varying character) from posts order by title collate nocase'),
      'posts.title posts.title',
    )
    assert.equal(statement('with recent as (select 1) select * from recent'), undefined)
    assert.equal(statement('select rank() over (order by likes) from posts'), undefined)
    assert.equal(statement('pragma table_info(posts)'), undefined)
  })

  it('tells the columns of a condition', () => {
    const expression = (sql: string, table?: string) => show(namesInExpression(tokensOfSql(sql)!, table))?.columns
    assert.equal(expression("likes % 2 = 0 and posts.title like 'x'", 'posts'), 'posts.likes posts.title')
    assert.equal(expression('likes % 2 = 0'), '')
    assert.equal(
      expression('exists (select 1 from comments c where c.post_id = posts.id and x)', 'posts'),
      'comments.post_id posts.id',
    )
  })
})

describe('sql-syntax', () => {
  const wrong: readonly (readonly [string, 'statements' | 'expression', RegExp])[] = [
    ['selct * from posts', 'statements', /begins with "selct"/],
    ["select 'x from posts", 'statements', /quote that is never closed/],
    ['select (1 from posts', 'statements', /never closed/],
    ['select 1) from posts', 'statements', /never opened/],
    ['select a, from posts', 'statements', /comma before "from"/],
    ['insert into posts values (1,)', 'statements', /comma before "\)"/],
    ['select a from posts where', 'statements', /ends with "where"/],
    ['update posts set a = 1; dlete from posts', 'statements', /begins with "dlete"/],
    ['where a = 1', 'expression', /as a condition/],
    ['a = 1;', 'expression', /semicolon/],
    ['a = 1 and', 'expression', /ends with "and"/],
  ]
  for (const [sql, kind, problem] of wrong)
    it(`sees what is wrong with ${sql}`, () => assert.match(syntaxProblem(sql, kind) ?? '', problem))

  it('is silent about what is right or unclear', () => {
    const right = [
      "select * from posts where a = ';' -- (",
      'create trigger t after insert on posts begin update posts set a = 1; delete from x; end;',
      'with a as (select 1) select * from a; pragma x; vacuum',
      '',
      'select a from posts where b = $1 and c ^ 2',
      '(select 1)',
    ]
    for (const sql of right) assert.equal(syntaxProblem(sql, 'statements'), undefined, sql)
    for (const sql of ["a = '; ('", 'exists (select 1 from b)', '', '(a or b)', 'not a'])
      assert.equal(syntaxProblem(sql, 'expression'), undefined, sql)
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
