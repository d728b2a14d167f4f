// What adoption asks of the database: little where nothing is left, a portion where there is much.
import assert from 'node:assert/strict'
import { expoSql, expoSqliteDatabase } from '../../../templates/sync/expo-sqlite-database.ts'
import { createOutbox } from '../../../templates/sync/outbox.ts'
import { createSqliteAdoption } from '../../../templates/sync/sqlite-adoption.ts'
import { createSqliteStore, type Sql } from '../../../templates/sync/sqlite-store.ts'
import { type SyncedTable, untoldKeys } from '../../../templates/sync/sqlite-tables.ts'
import { needOracle } from '../../../testkit/oracle/installed.ts'
import { memoryDatabase, type SqliteFile } from '../../../testkit/sync/memory-database.ts'

const rows = 10_000
const table: SyncedTable = { entity: 'posts', key: 'id', columns: { title: 'plain', body: 'plain' }, parents: {} }

describe('adoption of rows in SQLite', function () {
  this.timeout(60_000)
  let file: SqliteFile
  before(function () {
    needOracle(this)
  })
  beforeEach(async () => {
    file = memoryDatabase()
    await file.expo.getAllAsync('CREATE TABLE posts (id TEXT PRIMARY KEY NOT NULL, title TEXT, body TEXT)')
    await file.expo.getAllAsync(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows})
        INSERT INTO posts SELECT 'post-' || i, 'title', zeroblob(500) FROM n`,
    )
  })
  afterEach(() => file.close())

  function layer(maxOps: number) {
    const database = expoSqliteDatabase(file.expo)
    let ids = 0
    const about = { database, userId: 'ann', now: () => 0 }
    const outbox = createOutbox({
      ...about,
      store: createSqliteStore(about),
      newId: () => `op-${++ids}`,
      schemaVersion: 1,
      limits: { maxOps },
      onCounts: () => undefined,
    })
    const adoption = createSqliteAdoption({
      ...about,
      tables: [table],
      sqlOf: expoSql,
      maxOps,
      enqueueAll: outbox.enqueueAll,
    })
    return { outbox, adoption }
  }

  it('takes a portion at a time, and more when that has gone', async () => {
    const { outbox, adoption } = layer(rows)
    await outbox.open()
    const taken: number[] = []
    for (let round = 0; round < 3; round++) {
      await adoption.adoptAll()
      taken.push((await outbox.inState('pending')).length)
    }
    assert.deepEqual(taken, [200, 200, 200])
    await file.expo.getAllAsync("INSERT INTO sync_records SELECT entity, entity_id, '1', NULL FROM outbox")
    await file.expo.getAllAsync('DELETE FROM outbox')
    await adoption.adoptAll()
    assert.equal((await outbox.inState('pending')).length, 200)
  })

  it('leaves half of the outbox to the person', async () => {
    const { outbox, adoption } = layer(50)
    await outbox.open()
    await adoption.adoptAll()
    assert.equal((await outbox.inState('pending')).length, 25)
    await file.expo.getAllAsync("UPDATE outbox SET state = 'dead'")
    await outbox.recover()
    await adoption.adoptAll()
    assert.equal((await outbox.inState('pending')).length, 0)
  })

  it('finds that nothing is left by keys alone, without a transaction', async () => {
    const { outbox } = layer(rows)
    await outbox.open()
    await file.expo.getAllAsync("INSERT INTO sync_records SELECT 'posts', id, '1', NULL FROM posts")
    const plans: string[] = []
    const query: Sql['query'] = async (sql, values) => {
      const steps = await file.expo.getAllAsync<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, values)
      plans.push(...steps.map(step => step.detail))
      return file.expo.getAllAsync(sql, values)
    }
    assert.deepEqual(await untoldKeys({ query }, table, 1), [])
    assert.deepEqual(
      plans.filter(plan => plan.startsWith('SCAN') && !plan.includes('COVERING INDEX')),
      [],
    )
    const transaction = () => Promise.reject<never>(new Error('not needed'))
    await createSqliteAdoption({
      database: { query, transaction },
      userId: 'ann',
      now: () => 0,
      tables: [table],
      sqlOf: expoSql,
      maxOps: rows,
      enqueueAll: transaction,
    }).adoptAll()
  })
})
