// Plans of queries in words, as SQLite itself gives them.
import assert from 'node:assert/strict'
import { explainPlan } from '../../src/core/answers/explain-plan.ts'
import type { PlanAnswer } from '../../src/core/sql/judge.ts'
import { answerSql } from '../../testkit/answer-sql.ts'

const schema = [
  'CREATE TABLE lists (id INTEGER PRIMARY KEY, name TEXT)',
  'CREATE TABLE tasks (id INTEGER PRIMARY KEY, list_id INTEGER, title TEXT, done INTEGER)',
  'CREATE INDEX by_list ON tasks (list_id)',
]

const planOf = (sql: string): PlanAnswer => answerSql([{ kind: 'plan', schema, sql }])![0] as PlanAnswer

/** The lines of the steps. */
const steps = (sql: string): readonly string[] =>
  explainPlan(sql, planOf(sql))
    .split('\n')
    .filter(line => /^ *- /.test(line))

describe('a query plan in words', () => {
  it('begins with the statement', () => {
    const sql = 'SELECT * FROM tasks'
    assert.match(explainPlan(` ${sql}\n`, planOf(sql)), /^# Query plan\n\n```sql\nSELECT \* FROM tasks\n```\n\n- /)
  })

  it('tells a whole table from what is found by a key or an index', () => {
    assert.deepEqual(steps('SELECT * FROM tasks WHERE done = ?'), [
      '- `SCAN tasks`: **reads every row**, as no index fits the condition',
    ])
    assert.deepEqual(steps('SELECT * FROM tasks WHERE id = ?'), [
      '- `SEARCH tasks USING INTEGER PRIMARY KEY (rowid=?)`: finds rows by their key',
    ])
    assert.deepEqual(steps('SELECT * FROM tasks WHERE list_id = ?'), [
      '- `SEARCH tasks USING INDEX by_list (list_id=?)`: finds rows by an index',
    ])
    assert.deepEqual(steps('SELECT list_id FROM tasks ORDER BY list_id'), [
      '- `SCAN tasks USING COVERING INDEX by_list`: reads the whole index',
    ])
    assert.deepEqual(steps('SELECT * FROM tasks ORDER BY list_id'), [
      '- `SCAN tasks USING INDEX by_list`: reads every row, in the order of the index',
    ])
  })

  it('names sorting, indexes that are built for one query and what runs for each row', () => {
    assert.ok(
      steps('SELECT * FROM tasks ORDER BY title').some(line => /USE TEMP B-TREE.*sorts the rows itself/.test(line)),
    )
    assert.ok(
      steps('SELECT * FROM tasks a JOIN tasks b ON a.title = b.title').some(line =>
        /AUTOMATIC.*builds an index for this query alone/.test(line),
      ),
    )
    const nested = steps('SELECT (SELECT count(*) FROM tasks t WHERE t.list_id = l.id) FROM lists l')
    assert.ok(nested.some(line => /CORRELATED.*runs once for every row outside/.test(line)))
    assert.ok(nested.some(line => /^ {2}- `SEARCH t /.test(line)))
  })

  it('says when nothing is looked up', () => {
    assert.match(
      explainPlan('INSERT INTO lists (name) VALUES (?)', { rows: [], error: undefined }),
      /Nothing has to be/,
    )
    assert.deepEqual(steps('SELECT 1'), ['- `SCAN CONSTANT ROW`'])
  })
})
