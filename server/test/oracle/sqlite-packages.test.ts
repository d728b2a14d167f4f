// The JavaScript of the real SQLite packages, over real SQLite files: what the rules about transactions warn of does happen,
// and no more once their fixes are made.
import assert from 'node:assert/strict'
import { sqliteApp } from '../../src/core/engines/sqlite/example-app.ts'
import { asyncInSyncTransaction } from '../../src/core/engines/sqlite/rules/async-in-sync-transaction.ts'
import { overlappingTransactions } from '../../src/core/engines/sqlite/rules/overlapping-transactions.ts'
import { statementOutsideTransaction } from '../../src/core/engines/sqlite/rules/statement-outside-transaction.ts'
import { readMarkers } from '../../testkit/markers.ts'
import { needOracle } from '../../testkit/oracle/installed.ts'
import { runSqliteApp } from '../../testkit/oracle/sqlite/run-sqlite-app.ts'

describe('the SQLite packages', function () {
  this.timeout(60_000)
  before(function () {
    needOracle(this)
  })

  const example = (rule: Pick<typeof overlappingTransactions, 'id' | 'examples'>, name: string) => {
    const found = rule.examples.find(one => one.name === name)
    assert.ok(found, `${rule.id} has no example "${name}"`)
    const plain = Object.entries(found.files).map(([path, marked]) => [path, readMarkers(marked).text] as const)
    const files: Record<string, string> = Object.fromEntries(plain)
    return { files, fixed: { ...files, ...found.fixed } }
  }

  describe('sqlite/overlapping-transactions', () => {
    it('expo-sqlite: the inner BEGIN undoes the outer transaction; as fixed both are saved', async () => {
      const { files, fixed } = example(overlappingTransactions, 'a transaction in a transaction')
      const broken = await runSqliteApp(files)
      assert.match(broken.error ?? '', /cannot rollback - no transaction is active|cannot start a transaction within/)
      assert.deepEqual(broken.titles, [])
      const mended = await runSqliteApp(fixed)
      assert.deepEqual(mended, { error: undefined, hangs: false, unheard: [], titles: ['one', 'two'] })
    })

    it('expo-sqlite: two at once fail', async () => {
      const run = await runSqliteApp(
        sqliteApp({
          code: `
await Promise.all([
  db.withTransactionAsync(async () => { await db.runAsync('INSERT INTO tasks (title) VALUES (?)', 'one') }),
  db.withTransactionAsync(async () => { await db.runAsync('INSERT INTO tasks (title) VALUES (?)', 'two') }),
])`,
        }),
      )
      assert.notEqual(run.error, undefined)
      assert.ok(run.titles.length < 2, `saved: ${run.titles}`)
    })

    it('op-sqlite: a batch or a transaction inside a transaction hangs', async () => {
      const inside = (code: string) => runSqliteApp(sqliteApp({ package: 'op-sqlite', code }))
      const batch = await inside(`
await db.transaction(async tx => {
  await db.executeBatch([['INSERT INTO tasks (title) VALUES (?)', ['one']]])
})`)
      const nested = await inside(`
await db.transaction(async tx => {
  await db.transaction(async inner => { await inner.execute('INSERT INTO tasks (title) VALUES (?)', ['one']) })
})`)
      assert.equal(batch.hangs, true)
      assert.equal(nested.hangs, true)
    })
  })

  describe('sqlite/statement-outside-transaction', () => {
    it('expo-sqlite: the database is locked while an exclusive transaction writes; as fixed both are saved', async () => {
      const { files, fixed } = example(statementOutsideTransaction, 'the database in an exclusive transaction')
      const broken = await runSqliteApp(files)
      assert.match(broken.error ?? '', /database is locked/)
      const mended = await runSqliteApp(fixed)
      assert.deepEqual(mended, { error: undefined, hangs: false, unheard: [], titles: ['one'] })
    })

    it('op-sqlite: what nobody waits for fails unheard, and the rest is committed', async () => {
      const of = (wait: string) =>
        runSqliteApp(
          sqliteApp({
            package: 'op-sqlite',
            code: `
await db.transaction(async tx => {
  await tx.execute('INSERT INTO tasks (title) VALUES (?)', ['one'])
  ${wait}tx.execute('INSERT INTO tasks (title) VALUES (NULL)')
})`,
          }),
        )
      const floating = await of('')
      assert.equal(floating.error, undefined)
      assert.match(floating.unheard.join(), /NOT NULL constraint failed/)
      assert.deepEqual(floating.titles, ['one'])
      const awaited = await of('await ')
      assert.match(awaited.error ?? '', /NOT NULL constraint failed/)
      assert.deepEqual(awaited.titles, [])
    })
  })

  describe('sqlite/async-in-sync-transaction', () => {
    const failing = (begin: string) =>
      runSqliteApp(
        sqliteApp({
          code: `
${begin}(async () => {
  await db.runAsync('INSERT INTO tasks (title) VALUES (?)', 'one')
  throw new Error('after the first')
})`,
        }),
      )

    it('expo-sqlite: an error undoes nothing; in the asynchronous form it does', async () => {
      const broken = await failing('db.withTransactionSync')
      assert.deepEqual(broken.titles, ['one'])
      const mended = await failing('await db.withTransactionAsync')
      assert.match(mended.error ?? '', /after the first/)
      assert.deepEqual(mended.titles, [])
    })

    it('sqlite-storage: what comes behind an await throws, and the first part is committed', async () => {
      const { files } = example(asyncInSyncTransaction, 'sqlite-storage: SQL behind an await')
      const inserting = {
        ...files,
        'src/tasks.ts': files['src/tasks.ts']!.replace(
          "'DELETE FROM tasks'",
          `"INSERT INTO tasks (title) VALUES ('first')"`,
        ),
      }
      const run = await runSqliteApp(inserting)
      assert.match([run.error, ...run.unheard].join(), /already finalized/)
      assert.deepEqual(run.titles, ['first'])
    })
  })
})
