// Who wins when the server's record has changed: each strategy, and what the layer does with the decision.
import assert from 'node:assert/strict'
import { type ConflictPolicy, createConflictStrategy } from '../../../templates/sync/conflict-strategy.ts'
import { createHlc } from '../../../templates/sync/hlc.ts'
import { TransportError } from '../../../templates/sync/transport-error.ts'
import type { JsonObject, NewOperation, OutboxOp, RemoteRecord } from '../../../templates/sync/types.ts'
import { createHarness, edit, type Harness } from '../../../testkit/sync/layer-harness.ts'

const remote: RemoteRecord = { values: { title: 'theirs', body: 'old' }, version: '2', stamp: null }
const mine = { ...edit('p1', 'update', { title: 'mine' }), baseVersion: '1', base: { title: 'old', body: 'old' } }

describe('a conflict', () => {
  it('gives way to the server under last-write-wins without stamps', async () => {
    const { harness, settled } = await meet({ strategy: 'lww', deleteVsEdit: 'deleteWins' })
    assert.deepEqual(settled, [['p1', remote.values, '2']])
    assert.equal(harness.sent.length, 1)
    assert.deepEqual(await harness.sync.waiting(), [])
  })

  it('is won by the later stamp, whatever the clocks of the devices say', async () => {
    // The other device's clock is four minutes fast, but this device has heard of its edit before making its own.
    const theirs = createHlc({ nodeId: 'b', now: () => 1_000_000 + 240_000 }).tick()
    const clock = createHlc({ nodeId: 'a', now: () => 1_000_000 })
    const before = clock.tick()
    clock.receive(theirs)
    const after = clock.tick()
    const policy = { strategy: 'lww', deleteVsEdit: 'deleteWins' } as const
    const lost = await meet(policy, { ...remote, stamp: theirs }, { ...mine, stamp: before })
    assert.equal(lost.harness.sent.length, 1)
    const won = await meet(policy, { ...remote, stamp: theirs }, { ...mine, stamp: after })
    assert.equal(won.harness.sent.length, 2)
    assert.deepEqual(pick(won.harness.sent[1]!), { kind: 'update', payload: { title: 'mine' }, baseVersion: '2' })
  })

  it('merges fields, and sends only what differs from the server, under a new key', async () => {
    const changed = { ...remote, values: { title: 'old', body: 'theirs' } }
    const { harness, settled } = await meet({ strategy: 'fieldMerge', deleteVsEdit: 'deleteWins' }, changed)
    assert.deepEqual(settled, [['p1', { title: 'mine', body: 'theirs' }, '2']])
    assert.deepEqual(pick(harness.sent[1]!), { kind: 'update', payload: { title: 'mine' }, baseVersion: '2' })
    assert.notEqual(harness.sent[1]!.id, harness.sent[0]!.id)
  })

  it('waits for a person under the manual strategy, and its later operations with it', async () => {
    const { harness } = await meet({ strategy: 'manual', deleteVsEdit: 'ask' })
    await harness.sync.enqueue(edit('p1', 'update', { body: 'later' }))
    await harness.sync.enqueue(edit('p2', 'create', { title: 'other' }))
    await harness.pass(100_000)
    assert.deepEqual(
      harness.sent.map(op => op.entityId),
      ['p1', 'p2'],
    )
    const [conflict] = await harness.sync.conflicts()
    assert.deepEqual(conflict!.remote, remote)

    assert.equal(
      await harness.sync.resolve(conflict!.id, { choice: 'merged', values: { title: 'both', body: 'old' } }),
      true,
    )
    await harness.pass(1000)
    assert.deepEqual(harness.sent.slice(2).map(pick), [
      { kind: 'update', payload: { title: 'both' }, baseVersion: '2' },
      { kind: 'update', payload: { body: 'later' }, baseVersion: '3' },
    ])
    assert.deepEqual(await harness.sync.waiting(), [])
    assert.equal((await harness.sync.audit(10))[0]!.strategy, 'manual: merged')
    assert.equal(await harness.sync.resolve(conflict!.id, { choice: 'local' }), false)
  })

  it('writes every decision to the audit log', async () => {
    const { harness } = await meet({ strategy: 'fieldMerge', deleteVsEdit: 'deleteWins' })
    const [entry] = await harness.sync.audit(10)
    assert.deepEqual(
      { ...entry, at: 0 },
      {
        at: 0,
        entity: 'posts',
        entityId: 'p1',
        strategy: 'merged',
        local: { title: 'mine' },
        remote: remote.values,
        base: mine.base,
        resolved: { title: 'theirs', body: 'old' },
        actor: 'ann',
      },
    )
  })

  it('that comes back again and again waits longer and longer', async () => {
    const harness = harnessOf({ strategy: () => ({ choice: 'local' }), deleteVsEdit: 'deleteWins' }, remote)
    harness.answer = refuse(412)
    await harness.sync.start()
    await harness.sync.enqueue(mine)
    await harness.pass(60_000)
    assert.ok(harness.sent.length > 2 && harness.sent.length < 15, `${harness.sent.length} requests`)
  })

  for (const [name, deleteVsEdit, kinds] of [
    ['a remote delete wins', 'deleteWins', ['update']],
    ['a local edit makes the record anew', 'editWins', ['update', 'create']],
  ] as const) {
    it(`between an edit and a remote delete: ${name}`, async () => {
      const { harness } = await meet({ strategy: 'fieldMerge', deleteVsEdit }, null, mine, 404)
      assert.deepEqual(
        harness.sent.map(op => op.kind),
        kinds,
      )
      if (deleteVsEdit === 'editWins')
        assert.deepEqual(pick(harness.sent[1]!), {
          kind: 'create',
          payload: { title: 'mine', body: 'old' },
          baseVersion: null,
        })
    })
  }

  for (const [name, deleteVsEdit, kinds] of [
    ['the delete is sent again', 'deleteWins', ['delete', 'delete']],
    ['the edit brings the record back', 'editWins', ['delete']],
  ] as const) {
    it(`between a delete and a remote edit: ${name}`, async () => {
      const gone = { ...edit('p1', 'delete'), baseVersion: '1' }
      const { harness } = await meet({ strategy: 'fieldMerge', deleteVsEdit }, remote, gone)
      assert.deepEqual(
        harness.sent.map(op => op.kind),
        kinds,
      )
    })
  }

  it('is asked about when a delete meets an edit and the policy says so', () => {
    const decide = createConflictStrategy(() => ({ strategy: 'lww', deleteVsEdit: 'ask' }))
    const op = { entity: 'posts', stamp: null } as OutboxOp
    assert.deepEqual(decide({ op, base: null, local: null, remote }), { choice: 'ask' })
    assert.deepEqual(decide({ op, base: null, local: null, remote: null }), { choice: 'remote' })
  })
})

/** Lets an operation meet a server that refuses it once, and takes what comes after. */
async function meet(
  policy: ConflictPolicy,
  record: RemoteRecord | null = remote,
  operation: NewOperation = mine,
  status = 412,
) {
  const settled: [string, JsonObject | null, string | null][] = []
  const harness = harnessOf(policy, record, settled)
  harness.answer = async op => {
    harness.answer = async () => ({ version: '3' })
    return refuse(status)(op)
  }
  await harness.sync.start()
  await harness.sync.enqueue(operation)
  await harness.pass(10_000)
  return { harness, settled }
}

function harnessOf(policy: ConflictPolicy, record: RemoteRecord | null, settled: unknown[] = []): Harness {
  const harness = createHarness({
    policy,
    local: {
      settled: async (ref, values, version) => {
        settled.push([ref.entityId, values, version])
      },
    },
  })
  harness.remote = () => record
  return harness
}

function refuse(status: number) {
  return async (_op: OutboxOp): Promise<never> => {
    throw new TransportError(`${status}`, { status })
  }
}

function pick({ kind, payload, baseVersion }: OutboxOp) {
  return { kind, payload, baseVersion }
}
