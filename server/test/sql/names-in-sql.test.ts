import assert from 'node:assert/strict'
import { namesInSql } from '../../src/core/sql/names-in-sql.ts'
import { nameOf, scanSql } from '../../src/core/sql/scan-sql.ts'
import { sqlWorld, worldOf } from '../../src/core/sql/sql-world.ts'
import { schema, statements } from './corpus.ts'
import { mutate, randomFrom } from './mutate.ts'
import { prepared, sqlite } from './sqlite.ts'

const world = sqlWorld([
  { name: 'posts', columns: ['id', 'title', 'author_id'] },
  { name: 'authors', columns: ['id', 'name'] },
  { name: 'foreign_table', columns: undefined },
])

/** `title:posts.title` for what refers, with `+` for what defines and `!` for what is written. */
const told = (sql: string, of = world): string =>
  namesInSql(sql, of)
    .map(({ kind, role, start, end, table, column, isWritten }) => {
      const stands =
        kind === 'column' ? `${table}.${column}` : kind === 'table' ? table : table ? `${kind}→${table}` : kind
      return `${sql.slice(start, end)}:${stands}${role === 'defines' ? '+' : ''}${isWritten ? '!' : ''}`
    })
    .join(' ')

describe('names in SQL', () => {
  it('finds each written column that SQLite reads, and none that it does not', async () => {
    const ask = await sqlite()
    const known = worldOf(ask({ kind: 'schema', schema }))
    const random = randomFrom(3)
    const mutants = Array.from({ length: 1500 }, () =>
      mutate(statements[Math.floor(random() * statements.length)]!, statements, random),
    )
    let compared = 0
    for (const sql of [...statements, ...mutants]) {
      const [statement, ...more] = prepared(ask, sql)
      if (
        !statement ||
        statement.error ||
        more.length > 0 ||
        !/^\s*(?:SELECT|INSERT|UPDATE|DELETE|REPLACE|WITH)/i.test(sql)
      )
        continue
      const reads = new Set(
        statement.reads.filter(({ column }) => column).map(({ table, column }) => `${table}.${column}`),
      )
      const names = namesInSql(sql, known)
      for (const { name, start, end } of names) assert.equal(sql.slice(start, end).replaceAll("''", "'"), name)
      const found = new Set(
        names
          .filter(one => one.kind === 'column' && one.role === 'refers' && !one.isWritten)
          .map(one => `${one.table}.${one.column}`),
      )
      const words = new Set(scanSql(sql).map(({ start, end }) => nameOf(sql.slice(start, end)).toLowerCase()))
      // What stands for no written column: stars, rowid, hidden columns, columns that are shared.
      const isWhole = !/\*|rowid|\boid|natural|using|\(tags t/i.test(sql)
      const missing = [...reads].filter(read => !found.has(read) && words.has(read.slice(read.indexOf('.') + 1)))
      if (isWhole)
        assert.deepEqual(
          missing.filter(read => !/^(?:json_each|notes)\./.test(read)),
          [],
          sql,
        )
      // SQLite reads nothing for windows and common table expressions that nobody uses.
      if (!/using|window|with|conflict/i.test(sql))
        assert.deepEqual(
          [...found].filter(read => !reads.has(read)),
          [],
          sql,
        )
      compared++
    }
    assert.ok(compared > 100, `${compared} were compared`)
  })

  it('knows aliases, and what they stand for', () => {
    assert.equal(
      told('SELECT p.title, a.name FROM posts p JOIN authors AS "a" ON a.id = author_id'),
      'p:alias→posts title:posts.title a:alias→authors name:authors.name posts:posts p:alias→posts+ authors:authors a:alias→authors+ a:alias→authors id:authors.id author_id:posts.author_id',
    )
  })

  it('leaves out what is ambiguous, unknown, or could come from a table that is not known', () => {
    assert.equal(told('SELECT id FROM posts, authors'), 'posts:posts authors:authors')
    assert.equal(told('SELECT nope FROM posts'), 'posts:posts')
    assert.equal(told('SELECT title FROM posts, foreign_table'), 'posts:posts foreign_table:foreign_table')
    assert.equal(told('SELECT title FROM posts, elsewhere e'), 'posts:posts e:alias+')
    assert.equal(told('SELECT title FROM other.posts'), '')
    assert.equal(told("SELECT 'title', [title] FROM posts"), 'title:posts.title posts:posts')
    assert.equal(told('SELECT title FROM posts WHERE'), '')
  })

  it('looks outwards from subqueries, but never past a column of their own', () => {
    assert.equal(
      told('SELECT name FROM authors WHERE id IN (SELECT author_id FROM posts WHERE title = name AND id = 1)'),
      'name:authors.name authors:authors id:authors.id author_id:posts.author_id posts:posts title:posts.title name:authors.name id:posts.id',
    )
  })

  it('knows what a common table expression hides and hands on', () => {
    assert.equal(
      told('WITH authors AS (SELECT title, id AS x FROM posts) SELECT title, x FROM authors'),
      'authors:cte+ title:posts.title id:posts.id x:result+ posts:posts title:posts.title x:result authors:cte',
    )
  })

  it('tells what is written from what is read', () => {
    assert.equal(
      told('INSERT INTO posts (title) VALUES (1) ON CONFLICT (id) DO UPDATE SET title = excluded.title || title'),
      'posts:posts title:posts.title! id:posts.id title:posts.title! title:posts.title title:posts.title',
    )
    assert.equal(told('UPDATE posts SET title = id'), 'posts:posts title:posts.title! id:posts.id')
  })

  it('reads what makes and changes a schema', () => {
    assert.equal(
      told(
        'CREATE TABLE c (a INT REFERENCES posts(id), b CHECK (a > 1)); CREATE INDEX i ON c (a); INSERT INTO c (b) VALUES (1)',
      ),
      'c:c+ a:c.a+ posts:posts id:posts.id b:c.b+ a:c.a i:index→c+ c:c a:c.a c:c b:c.b!',
    )
    assert.equal(
      told(
        'ALTER TABLE posts RENAME COLUMN title TO head; ALTER TABLE posts ADD x; ALTER TABLE posts DROP title; DROP TABLE posts',
      ),
      'posts:posts title:posts.title head:posts.head+ posts:posts x:posts.x+ posts:posts title:posts.title posts:posts',
    )
    assert.equal(
      told(
        'CREATE TRIGGER t AFTER UPDATE OF title ON posts WHEN old.id = 1 BEGIN UPDATE authors SET name = new.title WHERE id = title; END',
      ),
      't:trigger→posts+ title:posts.title posts:posts id:posts.id authors:authors name:authors.name! title:posts.title id:authors.id',
    )
    assert.equal(
      told('CREATE VIEW v AS SELECT title AS head FROM posts'),
      'v:v+ title:posts.title head:v.head+ posts:posts',
    )
  })

  it('takes names in any case and any quotes, and gives the places of their letters', () => {
    assert.equal(told('SELECT "😀", `TITLE`, [Id] FROM POSTS'), 'TITLE:posts.title Id:posts.id POSTS:posts')
    assert.equal(told('SELECT filter FROM t', sqlWorld([{ name: 't', columns: ['filter'] }])), 'filter:t.filter t:t')
  })
})
