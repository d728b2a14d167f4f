// The stores against each other: whatever is done to them, they hold and offer the same operations.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { expoSqliteDatabase } from '../../../templates/sync/expo-sqlite-database.ts'
import { createMmkvStore } from '../../../templates/sync/mmkv-store.ts'
import { opSqliteDatabase } from '../../../templates/sync/op-sqlite-database.ts'
import type { OutboxStore, UnplacedOp } from '../../../templates/sync/outbox-store.ts'
import { createSqliteRecords } from '../../../templates/sync/sqlite-records.ts'
import { createSqliteStore } from '../../../templates/sync/sqlite-store.ts'
import type { AuditEntry, OpKind, OpState, OutboxOp } from '../../../templates/sync/types.ts'
import { needOracle } from '../../../testkit/oracle/installed.ts'
import { memoryDatabase, type SqliteFile } from '../../../testkit/sync/memory-database.ts'

const day = 24 * 60 * 60 * 1000
const now = () => 300 * day

describe('the stores of the outbox', function () {
  this.timeout(60_000)
  let file: SqliteFile
  before(function () {
    needOracle(this)
  })
  beforeEach(() => {
    file = memoryDatabase()
  })
  afterEach(() => file.close())

  for (const surface of ['expo', 'op'] as const) {
    it(`agree with each other over SQLite by ${surface}-sqlite`, async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 25 }), async steps => {
          const own = memoryDatabase()
          const stores = [mapStore(), sqliteStore(own, surface, 'ann')]
          for (const store of stores) await store.open()
          for (const [index, one] of steps.entries()) {
            const [first, second] = [await perform(stores[0]!, one, index), await perform(stores[1]!, one, index)]
            assert.deepEqual(second, first, JSON.stringify(one))
          }
          own.close()
        }),
        { numRuns: 200 },
      )
    })
  }

  it('find the next operation by the indexes, without sorting', async () => {
    const plan = await file.planOfClaim()
    assert.match(plan, /outbox_ready/)
    assert.match(plan, /outbox_entity/)
    assert.doesNotMatch(plan, /TEMP B-TREE/)
  })

  it('find what is held back by an index, however many records are known', async () => {
    await sqliteStore(file, 'expo', 'ann').open()
    const plans: string[] = []
    const query = async (sql: string, values: readonly (string | number | null)[]) => {
      const steps = await file.expo.getAllAsync<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, values)
      plans.push(...steps.map(step => step.detail))
      return []
    }
    const records = createSqliteRecords({
      database: { query, transaction: () => Promise.reject<never>(new Error('not needed')) },
      userId: 'ann',
      now,
      tables: [{ entity: 'posts', key: 'id', columns: {}, parents: {} }],
    })
    await records.doubtful()
    assert.deepEqual(plans, ['SEARCH sync_records USING COVERING INDEX sync_records_held (entity=?)'])
  })

  it('keep users apart, and a logout takes only its own', async () => {
    const [ann, bob] = ['ann', 'bob'].map(user => sqliteStore(file, 'expo', user))
    for (const store of [ann!, bob!]) await store.open()
    await ann!.insert(unplaced(0, { userId: 'ann' }))
    await bob!.insert(unplaced(1, { userId: 'bob' }))
    assert.equal((await bob!.claim(1000))!.id, 'id-1')
    assert.equal(await bob!.claim(1000), null)
    await bob!.wipe()
    assert.deepEqual(
      [await ann!.counts(), await bob!.counts()].map(counts => counts.pending + counts.inflight),
      [1, 0],
    )
  })

  for (const make of [mapStore, () => sqliteStore(file, 'expo', 'ann'), () => sqliteStore(file, 'op', 'ann')]) {
    it('give the audit log back, newest first, and forget it after its time', async () => {
      const store = make()
      await store.open()
      const op = await store.insert(unplaced(0))
      await store.commit({ put: [op], audit: entry(100 * day) })
      await store.commit({ put: [op], audit: entry(299 * day) })
      await store.commit({ remove: [op], audit: entry(300 * day) })
      assert.deepEqual(await store.audit(2), [entry(300 * day), entry(299 * day)])
      await store.open()
      assert.deepEqual(await store.audit(10), [entry(300 * day), entry(299 * day)])
      assert.deepEqual(await store.inState('pending'), [])
    })
  }

  for (const surface of ['expo', 'op'] as const) {
    it(`keep the operation and the data together in a transaction of ${surface}-sqlite`, async () => {
      const store = sqliteStore(file, surface, 'ann')
      await store.open()
      await assert.rejects(
        store.transaction(async rows => {
          await rows.insert(unplaced(0))
          throw new Error('no')
        }),
        /no/,
      )
      assert.equal((await store.counts()).pending, 0)
      assert.equal(await store.transaction(async rows => (await rows.insert(unplaced(1))).id), 'id-1')
      assert.equal((await store.counts()).pending, 1)
    })
  }
})

type Step =
  | { readonly does: 'insert'; readonly entityId: string; readonly kind: OpKind; readonly parent: string | null }
  | { readonly does: 'claim all' | 'nextAt' | 'reopen' }
  | { readonly does: 'move'; readonly which: number; readonly state: OpState; readonly nextAt: number }
  | { readonly does: 'remove'; readonly which: number }

const record = fc.constantFrom('r0', 'r1', 'r2')
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    does: fc.constant('insert' as const),
    entityId: record,
    kind: fc.constantFrom<OpKind>('create', 'update', 'delete'),
    parent: fc.option(record),
  }),
  fc.record({ does: fc.constantFrom('claim all' as const, 'nextAt' as const, 'reopen' as const) }),
  fc.record({
    does: fc.constant('move' as const),
    which: fc.nat(20),
    state: fc.constantFrom<OpState>('pending', 'inflight', 'conflict', 'dead'),
    nextAt: fc.constantFrom(0, 500, 2000, 3000),
  }),
  fc.record({ does: fc.constant('remove' as const), which: fc.nat(20) }),
)

/** Does a step and gives all that the store can be asked afterwards. */
async function perform(store: OutboxStore<never>, one: Step, index: number): Promise<unknown> {
  const all = async () => [
    ...(await store.inState('pending')),
    ...(await store.inState('inflight')),
    ...(await store.inState('conflict')),
    ...(await store.inState('dead')),
  ]
  const claimed: string[] = []
  if (one.does === 'insert')
    await store.insert(
      unplaced(index, {
        entityId: one.entityId,
        kind: one.kind,
        dependsOn: one.parent === null ? [] : [{ entity: 'posts', entityId: one.parent }],
      }),
    )
  if (one.does === 'reopen') await store.open()
  if (one.does === 'claim all')
    for (let op = await store.claim(1000); op !== null; op = await store.claim(1000)) claimed.push(op.id)
  if (one.does === 'move' || one.does === 'remove') {
    const ops = (await all()).sort((a, b) => a.seq - b.seq)
    const op = ops[one.which % Math.max(1, ops.length)]
    if (op && one.does === 'remove') await store.commit({ remove: [op] })
    if (op && one.does === 'move') await store.commit({ put: [{ ...op, state: one.state, nextAt: one.nextAt }] })
  }
  return {
    // Which ready operation comes first is a store's own affair, as they are of different records.
    claimed: claimed.sort(),
    all: (await all()).map(withoutSeq),
    nextAt: await store.nextAt(),
    counts: await store.counts(),
    unfinished: (await store.unfinished({ entity: 'posts', entityId: 'r0' })).map(op => op.id),
    dependants: (await store.dependants({ entity: 'posts', entityId: 'r1' })).map(op => op.id),
    found: (await store.find(`id-${index}`))?.id,
  }
}

function withoutSeq({ seq, ...op }: OutboxOp): UnplacedOp {
  return op
}

function unplaced(index: number, change: Partial<UnplacedOp> = {}): UnplacedOp {
  return {
    id: `id-${index}`,
    userId: 'ann',
    entity: 'posts',
    entityId: 'r0',
    kind: 'update',
    payload: { index },
    baseVersion: index % 2 === 0 ? null : '1',
    base: index % 3 === 0 ? { title: "it's" } : null,
    dependsOn: [],
    stamp: null,
    state: 'pending',
    attempts: 0,
    nextAt: 0,
    sentAt: null,
    lastError: null,
    remote: index % 5 === 0 ? { values: {}, version: '1', stamp: null } : null,
    schemaVersion: 1,
    createdAt: 0,
    ...change,
  }
}

function entry(at: number): AuditEntry {
  return {
    at,
    entity: 'posts',
    entityId: 'r0',
    strategy: 'merged',
    local: { a: 1 },
    remote: null,
    base: null,
    resolved: { a: 1 },
    actor: 'ann',
  }
}

function mapStore(): OutboxStore<never> {
  const files = new Map<string, string>()
  return createMmkvStore({
    now,
    storage: {
      getString: key => files.get(key),
      set: (key, value) => files.set(key, value),
      remove: key => files.delete(key),
      getAllKeys: () => [...files.keys()].reverse(),
    },
  }) as OutboxStore<never>
}

function sqliteStore(file: SqliteFile, surface: 'expo' | 'op', userId: string): OutboxStore<never> {
  const database = surface === 'expo' ? expoSqliteDatabase(file.expo) : opSqliteDatabase(file.op)
  return createSqliteStore({ database, userId, now } as Parameters<typeof createSqliteStore>[0]) as OutboxStore<never>
}
