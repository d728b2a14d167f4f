import assert from 'node:assert/strict'
import { parseSql, type SqlTree } from '../../src/core/sql/parse-sql.ts'
import { statements } from './corpus.ts'
import { mutate, randomFrom } from './mutate.ts'
import { prepared, sqlite } from './sqlite.ts'

const isGrammar = (message: string) => /syntax error$|^incomplete input$|^unrecognized token/.test(message)
const kinds = (sql: string): (SqlTree['type'] | string | undefined)[] =>
  parseSql(sql).map(({ tree, mistake }) => tree?.type ?? mistake?.message)

describe('parsing SQL', () => {
  it('takes all that SQLite takes', async () => {
    const ask = await sqlite()
    for (const sql of statements) {
      assert.deepEqual(
        prepared(ask, sql).map(({ error }) => error),
        [undefined],
        sql,
      )
      const [parsed, ...more] = parseSql(sql)
      assert.equal(more.length, 0, sql)
      assert.equal(parsed?.mistake, undefined, sql)
      assert.ok(parsed?.tree, sql)
    }
  })

  it('agrees with SQLite about broken statements, and about where they are broken', async () => {
    const ask = await sqlite()
    const random = randomFrom(42)
    let grammar = 0
    let otherPlaces = 0
    for (let left = 3000; left > 0; left--) {
      const sql = mutate(statements[Math.floor(random() * statements.length)]!, statements, random)
      const theirs = prepared(ask, sql)
      const mine = parseSql(sql)
      assert.deepEqual(
        mine.map(({ start, end }) => ({ start, end })),
        theirs.map(({ start, end }) => ({ start, end })),
        sql,
      )
      for (const [index, { error }] of theirs.entries()) {
        const { mistake } = mine[index]!
        if (!error) assert.equal(mistake, undefined, `SQLite takes ${sql}`)
        else if (isGrammar(error.message)) {
          grammar++
          assert.ok(mistake, `SQLite says ${error.message} of ${sql}`)
          if (mistake.start !== error.at) otherPlaces++
        }
      }
    }
    assert.ok(grammar > 2000)
    assert.ok(otherPlaces <= grammar / 200, `${otherPlaces} of ${grammar} at another place`)
  })

  it('says in the words of SQLite what is wrong and where', () => {
    const [first, second] = parseSql("SELECT '😀日本' FORM t u; SELECT (1")
    assert.equal(first?.mistake?.message, 'near "t": syntax error')
    assert.equal(first.mistake.start, 19)
    assert.equal(second?.mistake?.message, 'incomplete input')
    assert.equal(second.mistake.start, 33)
    assert.deepEqual(second.mistake.hints.at(-1), { message: 'opened here', start: 31, end: 32 })
  })

  it('reads the statements behind a broken one', () => {
    assert.deepEqual(kinds('SELECT FROM; SELECT 1; DROP'), [
      'near "FROM": syntax error',
      'SelectStmt',
      'incomplete input',
    ])
    assert.deepEqual(kinds(' ;; -- nothing\n/* more */'), [])
  })

  it('takes window, over and filter for names where SQLite does', () => {
    assert.deepEqual(kinds('SELECT filter, t.window, over FROM t WHERE filter = 1'), ['SelectStmt'])
    assert.deepEqual(kinds('CREATE TABLE t (window, over, filter)'), ['CreateTableStmt'])
    assert.deepEqual(kinds('SELECT sum(a) FILTER (WHERE b) OVER w FROM t WINDOW w AS ()'), ['SelectStmt'])
    assert.deepEqual(kinds('SELECT filter filter filter'), ['near "filter": syntax error'])
  })

  it('keeps the body of a trigger and the arguments of a module together', () => {
    const trigger = 'CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT CASE WHEN 1 THEN 2 END; DELETE FROM a; END'
    assert.deepEqual(kinds(`${trigger}; SELECT 1`), ['CreateTriggerStmt', 'SelectStmt'])
    assert.deepEqual(kinds('CREATE VIRTUAL TABLE v USING m(a; b); SELECT 1').length, 2)
  })

  it('never throws', () => {
    const random = randomFrom(7)
    for (let left = 300; left > 0; left--) {
      const noise = Array.from({ length: 60 }, () =>
        String.fromCharCode(Math.floor(random() * (random() < 0.9 ? 256 : 65536))),
      )
      parseSql(noise.join(''))
    }
    parseSql(`SELECT ${'('.repeat(20_000)}`)
    parseSql(`SELECT ${'1+'.repeat(20_000)}1`)
  })
})
