import assert from 'node:assert/strict'
import { tokenName, withOptions } from 'sqlite3-parser'
import { isInText, parametersInSql } from '../../src/core/sql/parameters-in-sql.ts'
import { foldName, nameOf, scanSql } from '../../src/core/sql/scan-sql.ts'
import { splitStatements } from '../../src/core/sql/split-statements.ts'
import { statements } from './corpus.ts'
import { mutate, randomFrom } from './mutate.ts'
import { prepared, sqlite } from './sqlite.ts'

describe('tokens of SQL', () => {
  it('are those of SQLite, in whole and in broken texts', () => {
    const { tokenize } = withOptions({ digitSeparator: '_' })
    const random = randomFrom(11)
    for (let left = 2000; left > 0; left--) {
      const sql = mutate(statements[Math.floor(random() * statements.length)]!, statements, random)
      const mine = scanSql(sql, true).map(({ kind, start, end }) => [start, end, kind === 'broken'])
      const theirs = [...tokenize(sql, { emitTrivia: true })]
        .filter(({ type }) => tokenName(type) !== 'SPACE')
        .map(({ type, span }) => [span.offset, span.offset + span.length, tokenName(type) === 'ILLEGAL'])
      assert.deepEqual(mine, theirs, sql)
    }
  })

  it('end at a NUL', () => {
    assert.equal(scanSql('SELECT\0 1').length, 1)
  })

  it('give names without their quotes', () => {
    const names = ['"a""b"', '`a``b`', '[a b]', "'it''s'", 'plain'].map(nameOf)
    assert.deepEqual(names, ['a"b', 'a`b', 'a b', "it's", 'plain'])
    assert.equal(foldName('ÄBC'), 'Äbc')
  })

  it('part statements', () => {
    const sql = " SELECT ';' ; -- a;b\n INSERT /* ; */ INTO x ;;"
    assert.deepEqual(
      splitStatements(sql).map(({ start, end }) => sql.slice(start, end)),
      ["SELECT ';'", 'INSERT /* ; */ INTO x'],
    )
  })

  it('number parameters as SQLite does', async () => {
    const ask = await sqlite()
    for (const sql of [
      'SELECT ?, ?, ?1, ?',
      'SELECT $a, :a, @a, $a, ?, ?7, :b',
      'SELECT \'?\', "?", ? -- ?',
      'VALUES (?3, ?, $x)',
    ]) {
      const names: (string | null)[] = prepared(ask, sql)[0]!.parameters.map(() => null)
      for (const { name, number } of parametersInSql(sql))
        names[number - 1] = name === '?' ? (names[number - 1] ?? null) : name
      assert.deepEqual(names, prepared(ask, sql)[0]!.parameters, sql)
    }
  })

  it('tell what is inside a text or a comment', () => {
    const sql = "SELECT 'a' -- b"
    assert.deepEqual(
      [7, 8, 9, 10, 12, 15].map(offset => isInText(sql, offset)),
      [false, true, true, false, true, true],
    )
    assert.equal(isInText("SELECT 'a", 9), true)
  })
})
