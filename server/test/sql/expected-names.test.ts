import assert from 'node:assert/strict'
import { expectedNames } from '../../src/core/sql/expected-names.ts'
import { sqlWorld } from '../../src/core/sql/sql-world.ts'
import { statements } from './corpus.ts'

const world = sqlWorld([
  { name: 'posts', columns: ['id', 'title'] },
  { name: 'authors', columns: ['id', 'name'] },
])

/** What is wanted at `|`, with the names that columns may be taken from, or the common table expressions. */
const wanted = (marked: string): string => {
  const { wants, sources, ctes, isPlain } = expectedNames(marked.replace('|', ''), marked.indexOf('|'), world)
  const names = [...sources.map(({ name, table }) => (table ? name : `${name}?`)), ...ctes]
  return [wants, ...names, ...(isPlain ? ['plain'] : [])].join(' ')
}

const cases: Readonly<Record<string, string>> = {
  '|': 'keywords',
  'sel|': 'keywords',
  'SELECT * FROM |': 'tables',
  'SELECT * FROM po|': 'tables',
  'SELECT * FROM posts, |': 'tables',
  'SELECT * FROM main.|': 'tables',
  'SELECT | FROM posts': 'columns posts',
  'SELECT ti| FROM posts p JOIN authors a ON a.id = p.x': 'columns p a',
  'SELECT 日本, | FROM posts': 'columns posts',
  'SELECT p.| FROM posts p': 'columns p plain',
  'SELECT * FROM posts p, authors a WHERE a.|': 'columns a plain',
  'SELECT * FROM posts WHERE ti| ORDER BY': 'columns posts',
  'SELECT * FROM posts WHERE id = 1 AND |': 'columns posts',
  'SELECT count(|) FROM posts': 'columns posts',
  'SELECT "ti|" FROM posts': 'columns posts',
  "SELECT 'a|b' FROM posts": 'nothing',
  'SELECT 1 -- x|': 'nothing',
  'SELECT * FROM posts WHERE id = ?|': 'nothing',
  'SELECT title AS | FROM posts': 'nothing',
  'SELECT id FROM posts |': 'keywords',
  'SELECT * FROM posts LEFT JOIN authors ON |': 'columns posts authors',
  'SELECT * FROM posts WHERE id IN (SELECT | FROM authors)': 'columns authors posts',
  'SELECT * FROM (SELECT * FROM posts) q WHERE q.|': 'columns q? plain',
  'WITH x AS (SELECT 1) SELECT * FROM |': 'tables x',
  'INSERT INTO |': 'tables',
  'INSERT OR REPLACE INTO |': 'tables',
  'INSERT INTO posts (|': 'columns posts plain',
  'INSERT INTO posts (id, |) VALUES (1)': 'columns posts plain',
  'INSERT INTO posts (id) VALUES (1) ON CONFLICT (|': 'columns posts plain',
  'INSERT INTO posts (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET |': 'columns posts plain',
  'UPDATE |': 'tables',
  'UPDATE posts SET |': 'columns posts plain',
  'UPDATE posts SET id = 1, | WHERE': 'columns posts plain',
  'UPDATE posts SET id = | WHERE': 'columns posts',
  'DELETE FROM posts WHERE |': 'columns posts',
  'CREATE TABLE |': 'nothing',
  'DROP TABLE |': 'tables',
  'ALTER TABLE |': 'tables',
  'CREATE INDEX i ON |': 'tables',
  'CREATE INDEX i ON posts (|': 'columns posts plain',
  'CREATE TABLE x (id REFERENCES |': 'tables',
  'CREATE TABLE x (id REFERENCES posts(|': 'columns posts plain',
  'PRAGMA table_info(|': 'tables',
  'SELECT 1; SELECT * FROM |': 'tables',
  'SELECT * FROM posts; |': 'keywords',
}

describe('names that fit at the caret', () => {
  for (const [marked, expected] of Object.entries(cases)) it(marked, () => assert.equal(wanted(marked), expected))

  it('replaces the letters that are being typed', () => {
    const { start, end } = expectedNames('SELECT "ti" FROM posts', 10, world)
    assert.deepEqual({ start, end }, { start: 8, end: 10 })
  })

  it('has an answer for every caret in every text', () => {
    for (const sql of statements)
      for (let offset = 0; offset <= sql.length; offset++) {
        const { start, end } = expectedNames(sql, offset, world)
        assert.ok(start <= offset && offset <= end, `${sql} at ${offset}`)
      }
  })
})
