import assert from 'node:assert/strict'
import type { ReplayAnswer } from '../../src/core/sql/judge.ts'
import { schema } from './corpus.ts'
import { randomFrom } from './mutate.ts'
import { type Ask, prepared, sqlite } from './sqlite.ts'

let ask: Ask
before(async () => {
  ask = await sqlite()
})

/** The error of a statement, with the text it points at; `…` where it points nowhere. */
const errorOf = (sql: string): string => {
  const error = prepared(ask, sql)[0]?.error
  if (!error) return ''
  return `${error.message} @ ${error.at === undefined ? '…' : sql.slice(error.at)}`
}

const replay = (...steps: string[]): ReplayAnswer =>
  ask({ kind: 'replay', steps: steps.map(step => [step]), rows: 2, foreignKeys: true })

describe('asking SQLite about statements', () => {
  it('tells parameters, columns and what is read', () => {
    const [statement] = prepared(
      ask,
      'SELECT p.title AS t, count(*), writer FROM posts p, published WHERE p.id = ?3 AND p.id < $x;',
    )
    assert.deepEqual(statement?.parameters, [null, null, '?3', '$x'])
    assert.deepEqual(statement?.columns, [
      { name: 't', table: 'posts', origin: 'title', type: 'TEXT' },
      { name: 'count(*)' },
      { name: 'writer', table: 'posts', origin: 'author_id', type: 'INTEGER' },
    ])
    assert.deepEqual(
      statement?.reads.map(({ table, column }) => `${table}.${column}`),
      ['posts.title', 'published.writer', 'posts.id'],
    )
    assert.equal(statement?.isReadonly, true)
    assert.equal(prepared(ask, 'DELETE FROM posts')[0]?.isReadonly, false)
  })

  it('goes on behind a broken statement, and leaves out what is none', () => {
    const sql = " -- first\n SELECT nope; ;; SELECT '日本😀', nope; /* x */ SELECT 1 -- end"
    const statements = prepared(ask, sql)
    assert.deepEqual(
      statements.map(({ start, end, error }) => [sql.slice(start, end), error && sql.slice(error.at, end)]),
      [
        ['SELECT nope', 'nope'],
        ["SELECT '日本😀', nope", 'nope'],
        ['SELECT 1', undefined],
      ],
    )
    assert.deepEqual(prepared(ask, ' -- nothing'), [])
    assert.deepEqual(prepared(ask, 'SELECT 1\0; SELECT nope').length, 1)
  })

  it('takes texts in double quotes or not, as it is asked', () => {
    assert.equal(prepared(ask, 'SELECT "x"', true)[0]?.error, undefined)
    assert.match(prepared(ask, 'SELECT "x"', false)[0]?.error?.message ?? '', /should this be a string literal/)
    assert.equal(prepared(ask, 'SELECT "title" FROM posts', false)[0]?.error, undefined)
  })

  it('finds the places that SQLite does not tell', () => {
    assert.equal(errorOf('SELECT 1 FROM "日本" x, nix'), 'no such table: nix @ nix')
    assert.equal(errorOf('SELECT * FROM posts JOIN main.nix ON 1'), 'no such table: main.nix @ nix ON 1')
    assert.equal(errorOf('DELETE FROM nix WHERE nix'), 'no such table: nix @ nix WHERE nix')
    assert.equal(
      errorOf('INSERT INTO tags (post_id, c) VALUES (1, c)'),
      'table tags has no column named c @ c) VALUES (1, c)',
    )
    assert.equal(errorOf('UPDATE tags SET tag = 1, c = 2'), 'no such column: c @ c = 2')
    assert.equal(errorOf('INSERT INTO tags VALUES (1)'), 'table tags has 2 columns but 1 values were supplied @ (1)')
    assert.equal(errorOf('INSERT INTO tags (tag) SELECT 1, 2'), '2 values for 1 columns @ SELECT 1, 2')
    assert.match(errorOf('SELECT 1 UNION SELECT 1, 2'), /^SELECTs to the left .+ @ SELECT 1, 2$/)
    assert.equal(errorOf('SELECT id FROM'), 'incomplete input @ ')
    assert.equal(errorOf('CREATE TABLE q (a, b, a)'), 'duplicate column name: a @ a)')
    assert.equal(errorOf('SELECT ;'), 'near ";": syntax error @ ;')
  })

  it('runs nothing that it is asked about', () => {
    prepared(
      ask,
      'DELETE FROM posts; DROP TABLE posts; PRAGMA foreign_keys = ON; CREATE TABLE new (a); PRAGMA query_only = 1',
    )
    assert.equal(errorOf('SELECT title FROM posts'), '')
    assert.equal(errorOf('SELECT * FROM new'), 'no such table: new @ new')
    assert.equal(ask({ kind: 'schema', schema: [...schema, 'CREATE TABLE late (a)'] }).failures.length, 0)
  })

  it('explains how a statement is answered', () => {
    const plan = ask({ kind: 'plan', schema, sql: 'SELECT title FROM posts WHERE author_id = ?; SELECT 1' })
    assert.deepEqual(
      plan.rows.map(({ detail }) => detail),
      ['SEARCH posts USING INDEX posts_by_author (author_id=?)'],
    )
    const broken = ask({ kind: 'plan', schema, sql: ' SELECT nope FROM posts' })
    assert.deepEqual(broken, { rows: [], error: { message: 'no such column: nope', at: 8 } })
  })
})

describe('asking SQLite about a schema', () => {
  it('tells tables, views, indexes and triggers', () => {
    const { tables, indexes, triggers, failures } = ask({ kind: 'schema', schema })
    assert.deepEqual(failures, [])
    assert.deepEqual(
      tables.map(({ name, kind }) => `${kind} ${name}`),
      ['table posts', 'table authors', 'table comments', 'table tags', 'table 日本', 'view published', 'virtual notes'],
    )
    const [posts, authors, comments, tags] = tables
    assert.deepEqual(posts?.columns[5], {
      name: 'is_draft',
      type: 'INTEGER',
      notNull: true,
      default: '0',
      primaryKey: 0,
      isGenerated: false,
    })
    assert.deepEqual(posts?.foreignKeys, [{ columns: ['author_id'], table: 'authors', to: ['id'] }])
    assert.deepEqual(comments?.foreignKeys, [{ columns: ['post_id'], table: 'posts' }])
    assert.deepEqual([...posts!.indexed].sort(), ['author_id', 'id'])
    assert.deepEqual([...authors!.indexed].sort(), ['id', 'name'])
    assert.deepEqual([...tags!.indexed], ['post_id'])
    assert.deepEqual(
      indexes.map(({ name, table }) => [name, table]),
      [['posts_by_author', 'posts']],
    )
    assert.deepEqual(
      triggers.map(({ name, table }) => [name, table]),
      [['posts_touched', 'posts']],
    )
  })

  it('tells what failed, and goes on', () => {
    const texts = [
      'CREATE TABLE a (x); CREATE INDEX i ON nope (x);',
      "CREATE VIRTUAL TABLE f USING fts4(x); ATTACH 'file' AS b; CREATE TABLE c (y AS (x))",
    ]
    const { tables, failures } = ask({ kind: 'schema', schema: texts })
    assert.deepEqual(
      tables.map(({ name }) => name),
      ['a'],
    )
    assert.deepEqual(
      failures.map(({ index, start, end, error }) => [texts[index]!.slice(start, end), error.message]),
      [
        ['CREATE INDEX i ON nope (x)', 'no such table: main.nope'],
        ['CREATE VIRTUAL TABLE f USING fts4(x)', 'no such module: fts4'],
        ["ATTACH 'file' AS b", 'not authorized'],
        ['CREATE TABLE c (y AS (x))', 'must have at least one non-generated column'],
      ],
    )
  })

  it('does not hang on statements without end, nor take all memory', () => {
    const endless = 'WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT * FROM c WHERE x < 0'
    const huge = 'CREATE TABLE big (x); INSERT INTO big SELECT zeroblob(1000000000)'
    const { tables, failures } = ask({
      kind: 'schema',
      schema: [endless, `CREATE TABLE e AS ${endless}`, huge, 'CREATE TABLE after (x)'],
    })
    assert.deepEqual(failures, [])
    assert.equal(tables.at(-1)?.name, 'after')
  })

  it('survives noise', () => {
    const random = randomFrom(5)
    for (let left = 300; left > 0; left--) {
      const sql = Array.from({ length: 40 }, () =>
        String.fromCharCode(Math.floor(random() * (random() < 0.9 ? 128 : 65536))),
      ).join('')
      ask({ kind: 'schema', schema: [sql] })
      prepared(ask, sql)
      ask({ kind: 'plan', schema: [], sql })
    }
    prepared(ask, `SELECT ${'('.repeat(5000)}`)
    prepared(ask, `SELECT ${'1+'.repeat(50_000)}1`)
    prepared(ask, `SELECT ${'abs('.repeat(3000)}1${')'.repeat(3000)}`)
    assert.equal(prepared(ask, 'SELECT 1')[0]?.error, undefined)
  })
})

describe('replaying migrations on rows', () => {
  const table = `CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, u TEXT UNIQUE, c TEXT CHECK (c IN ('x', 'y')), n INT NOT NULL CHECK (n BETWEEN 100 AND 120));
    CREATE TABLE p (id TEXT PRIMARY KEY) WITHOUT ROWID;
    CREATE TABLE child (id INTEGER PRIMARY KEY, pid TEXT NOT NULL REFERENCES p, b BLOB, UNIQUE (pid, b));
    CREATE TABLE one (id INTEGER PRIMARY KEY CHECK (id = 1), text TEXT) STRICT;
    CREATE TRIGGER never BEFORE INSERT ON t BEGIN SELECT RAISE(ABORT, 'no'); END;`

  const measured: Readonly<Record<string, string>> = {
    'ALTER TABLE t ADD b TEXT NOT NULL': 'Cannot add a NOT NULL column with default value NULL',
    'ALTER TABLE t ADD b DEFAULT CURRENT_TIMESTAMP': 'Cannot add a column with non-constant default',
    'ALTER TABLE t ADD b PRIMARY KEY': 'Cannot add a PRIMARY KEY column',
    'ALTER TABLE t ADD b UNIQUE': 'Cannot add a UNIQUE column',
    'ALTER TABLE t ADD b REFERENCES p DEFAULT 3': 'Cannot add a REFERENCES column with non-NULL default value',
    'ALTER TABLE t ADD b AS (a) STORED': 'cannot add a STORED column',
    'ALTER TABLE t ADD b DEFAULT 3 CHECK (b > 4)': 'CHECK constraint failed',
    'ALTER TABLE t ADD a': 'duplicate column name: a',
    'ALTER TABLE t DROP u': 'cannot drop UNIQUE column: "u"',
    'ALTER TABLE p DROP id': 'cannot drop PRIMARY KEY column: "id"',
    'CREATE INDEX i ON t (a); ALTER TABLE t DROP a': 'error in index i after drop column: no such column: a',
    'CREATE UNIQUE INDEX i ON t (a)': 'UNIQUE constraint failed: t.a',
    'ALTER TABLE t ALTER COLUMN a TEXT': 'near "TEXT": syntax error',
  }
  for (const [step, message] of Object.entries(measured))
    it(`${step}: ${message}`, () => {
      const { failure } = replay(table, step)
      assert.equal(failure?.error.message, message)
      assert.equal(failure?.step, 1)
    })

  const harmless = [
    'ALTER TABLE t ADD b TEXT',
    "ALTER TABLE t ADD b TEXT NOT NULL DEFAULT ''",
    'ALTER TABLE t RENAME a TO b; UPDATE t SET b = ?; INSERT INTO p VALUES (?)',
    "SELECT json_extract(a, '$.x'), date(a) FROM t",
    'CREATE TABLE copy (pid REFERENCES p, UNIQUE (pid)); INSERT OR IGNORE INTO copy SELECT pid FROM child',
    'INSERT INTO p VALUES (1), (2)',
    'VACUUM',
    'DROP TABLE child; DROP TABLE p',
  ]
  for (const step of harmless) it(`${step}: nothing`, () => assert.equal(replay(table, step).failure, undefined))

  it('puts two rows into each table that takes them', () => {
    const count = (name: string) =>
      `CREATE TABLE check_${name} (n CHECK (n = 2)); INSERT INTO check_${name} SELECT count(*) FROM ${name}`
    for (const name of ['t', 'p', 'child']) assert.equal(replay(table, count(name)).failure, undefined, name)
    assert.match(replay(table, count('one')).failure?.error.message ?? '', /CHECK constraint failed/)
  })

  it('puts none where none are wanted', () => {
    const answer = ask({
      kind: 'replay',
      steps: [[table], ['ALTER TABLE t ADD b TEXT NOT NULL']],
      rows: 0,
      foreignKeys: false,
    })
    assert.equal(answer.failure, undefined)
  })

  it('tells the version and the shape in the end, and stops at the first failure', () => {
    const done = replay('CREATE TABLE a (x); PRAGMA user_version = 3; BEGIN; PRAGMA user_version = 5; ROLLBACK')
    assert.equal(done.userVersion, 3)
    const failed = replay('CREATE TABLE a (x)', 'ALTER TABLE a ADD y; ALTER TABLE a ADD y; CREATE TABLE never (x)')
    assert.deepEqual(failed.failure, {
      index: 0,
      step: 1,
      start: 21,
      end: 40,
      error: { message: 'duplicate column name: y', at: 39 },
    })
    assert.deepEqual(
      failed.shape.tables.map(({ name, columns }) => [name, columns.length]),
      [['a', 2]],
    )
  })
})
