// The layer for WatermelonDB case by case: the real package on SQLite files, and a real server by REST.
import assert from 'node:assert/strict'
import { needOracle } from '../../testkit/oracle/installed.ts'
import { passes, serverTask } from '../../testkit/sync/watermelondb/cases.ts'
import {
  type ChangesServer,
  createChangesServer,
  RefusedError,
  type ServerRow,
} from '../../testkit/sync/watermelondb/changes-server.ts'
import type { RunningServer, ServerFault } from '../../testkit/sync/watermelondb/http-servers.ts'
import { loadWatermelonLayer, type WatermelonLayer } from '../../testkit/sync/watermelondb/layer.ts'
import {
  newFile,
  openPhone,
  type Phone,
  type PhoneOptions,
  removeFiles,
} from '../../testkit/sync/watermelondb/phone.ts'
import { startBackend } from '../../testkit/sync/watermelondb/transports.ts'

const task = serverTask

describe('the WatermelonDB layer', function () {
  this.timeout(30_000)
  let layer: WatermelonLayer
  let server: RunningServer
  let changes: ChangesServer
  let fault: ServerFault
  const phones: Phone[] = []

  before(async function () {
    needOracle(this)
    layer = await loadWatermelonLayer()
    server = await startBackend('rest')
  })
  after(() => server?.close())
  beforeEach(() => {
    changes = createChangesServer(['projects', 'tasks'])
    fault = undefined
    server.backend = { changes, fault: () => fault }
    remote({ created: [task('t1')] })
  })
  afterEach(() => {
    for (const phone of phones.splice(0)) {
      phone.sync.stop()
      phone.close()
    }
    removeFiles()
  })

  /** What another device writes. */
  function remote(set: { created?: ServerRow[]; updated?: ServerRow[]; deleted?: string[] }): void {
    const { timestamp } = changes.pull({ lastPulledAt: null, migration: null })
    const tasks = { created: [], updated: [], deleted: [], ...set }
    changes.push({ key: undefined, lastPulledAt: timestamp, changes: { tasks } })
  }

  async function open(options: Partial<PhoneOptions> = {}): Promise<Phone> {
    const phone = await openPhone({ layer, server, ...options })
    phones.push(phone)
    await phone.sync.start()
    await phone.sync.syncNow()
    return phone
  }

  it('sends what was made here, without the marks of WatermelonDB and JSON as JSON', async () => {
    const phone = await open()
    await phone.create('tasks', 't2', { title: 'new', meta: '{"tags":["x"]}' })
    await phone.sync.syncNow()
    assert.deepEqual(
      changes.rows('tasks').get('t2'),
      task('t2', { project_id: '', title: 'new', meta: { tags: ['x'] } }),
    )
    assert.equal((await phone.row('tasks', 't2'))?.['_status'], 'synced')
    assert.equal(phone.sync.status$.get().unsynced, 0)
  })

  it('sends parents before their children', async () => {
    const phone = await open()
    await phone.create('tasks', 't2', { project_id: 'p2' })
    await phone.create('projects', 'p2', { name: 'Second' })
    await phone.sync.syncNow()
    assert.deepEqual(Object.keys(phone.pushed[0]?.changes ?? {}), ['projects', 'tasks'])
  })

  it('leaves tables alone that are not synced, and keeps their marks', async () => {
    const phone = await open()
    await phone.create('drafts', 'd1', { text: 'mine' })
    await phone.create('tasks', 't2')
    await phone.sync.syncNow()
    assert.equal(phone.pushed.length, 1)
    assert.ok(!('drafts' in (phone.pushed[0]?.changes ?? {})))
    assert.equal((await phone.row('drafts', 'd1'))?.['_status'], 'created')
    assert.equal(phone.sync.status$.get().unsynced, 0)
  })

  it('sends many records in portions, without waiting between them', async () => {
    const phone = await open({ limits: { maxPushRecords: 2 } })
    for (const id of ['t2', 't3', 't4', 't5', 't6']) await phone.create('tasks', id)
    await phone.sync.syncNow()
    assert.equal(phone.pushed.length, 3)
    assert.equal(changes.rows('tasks').size, 6)
  })

  it('fills new columns from the server after a migration, and keeps edits meanwhile', async () => {
    const file = newFile()
    const before = await open({ file })
    await before.edit('tasks', 't1', { title: 'edited' })
    before.sync.stop()
    phones.splice(phones.indexOf(before), 1)
    before.close()
    changes.push({
      key: 'new',
      lastPulledAt: 99,
      changes: { tasks: { created: [], updated: [task('t1', { note: 'kept' })], deleted: [] } },
    })
    const since = changes.pull({ lastPulledAt: null, migration: null }).timestamp
    assert.equal(since, 3)
    const after = await open({ file, version: 2, strategyOf: () => 'lww' })
    const row = await after.row('tasks', 't1')
    assert.equal(row?.['note'], 'kept')
    assert.equal(row?.['title'], 'edited')
    assert.equal(changes.rows('tasks').get('t1')?.['title'], 'edited')
  })

  for (const name of [
    'fills new columns',
    'survives a lost answer',
    'survives a crash behind the batch',
    'survives a crash before the batch',
    'asks after a crash behind the batch',
    'finds the one record that the server means',
  ] as const)
    it(name, async () => assert.ok(await passes(name, layer, server)))

  it('pulls and pushes again when another device was quicker', async () => {
    const phone = await open()
    await phone.edit('tasks', 't1', { a: 1 })
    const pull = changes.pull
    let isFirst = true
    server.backend = {
      fault: () => undefined,
      changes: {
        ...changes,
        pull: request => {
          const answer = pull(request)
          if (isFirst) remote({ updated: [task('t1', { b: 2 })] })
          isFirst = false
          return answer
        },
      },
    }
    await phone.sync.syncNow()
    assert.equal(phone.pushed.length, 2)
    assert.deepEqual(changes.rows('tasks').get('t1'), task('t1', { a: 1, b: 2 }))
  })

  it('does not send again what the server has won', async () => {
    const phone = await open({ strategyOf: () => 'lww' })
    await phone.edit('tasks', 't1', { a: 1 })
    remote({ updated: [task('t1', { a: 2 })] })
    await phone.sync.syncNow()
    assert.equal((await phone.row('tasks', 't1'))?.['a'], 2)
    assert.deepEqual(phone.pushed, [])
  })

  it('writes a line of each decision, and lets go of old ones', async () => {
    let now = 1000
    const phone = await open({ strategyOf: () => 'lww', clock: { now: () => now, after: () => () => undefined } })
    await phone.edit('tasks', 't1', { a: 1 })
    remote({ updated: [task('t1', { a: 2 })] })
    await phone.sync.syncNow()
    const lines = async () =>
      (await phone.database.get('sync_audit').query().fetch()).map(line => line._raw) as object[] as ServerRow[]
    const [line] = await lines()
    assert.deepEqual([line?.['entity_id'], line?.['strategy'], line?.['actor']], ['t1', 'remote', 'ann'])
    assert.equal(JSON.parse(String(line?.['local'])).a, 1)
    assert.equal(JSON.parse(String(line?.['resolved'])).a, 2)
    now = 5000
    await phone.edit('tasks', 't1', { a: 3 })
    remote({ updated: [task('t1', { a: 4 })] })
    await phone.sync.syncNow()
    assert.deepEqual(
      (await lines()).map(one => one['at']),
      [5000],
    )
  })

  it('destroys an edited record with the server where deletions win', async () => {
    const phone = await open()
    await phone.edit('tasks', 't1', { a: 1 })
    remote({ deleted: ['t1'] })
    await phone.sync.syncNow()
    assert.equal(await phone.row('tasks', 't1'), undefined)
    assert.deepEqual(phone.pushed, [])
  })

  it('creates an edited record anew where edits win', async () => {
    const phone = await open({ deleteVsEdit: 'editWins' })
    await phone.edit('tasks', 't1', { a: 1 })
    remote({ deleted: ['t1'] })
    await phone.sync.syncNow()
    assert.deepEqual(
      phone.pushed[0]?.changes['tasks']?.created.map(row => row['id']),
      ['t1'],
    )
    assert.equal(changes.rows('tasks').get('t1')?.['a'], 1)
    remote({ deleted: ['t1'] })
    await phone.sync.syncNow()
    assert.equal(await phone.row('tasks', 't1'), undefined)
  })

  it('restores a deleted record that another device has edited where edits win', async () => {
    const phone = await open({ deleteVsEdit: 'editWins' })
    await phone.remove('tasks', 't1')
    remote({ updated: [task('t1', { a: 2 })] })
    await phone.sync.syncNow()
    assert.equal((await phone.row('tasks', 't1'))?.['a'], 2)
    assert.equal(changes.rows('tasks').size, 1)
  })

  it('does not bring back what was made, sent and deleted here', async () => {
    const phone = await open({ deleteVsEdit: 'editWins' })
    await phone.create('tasks', 't2')
    await phone.sync.syncNow()
    await phone.remove('tasks', 't2')
    await phone.sync.syncNow()
    assert.equal(await phone.row('tasks', 't2'), undefined)
    assert.ok(!changes.rows('tasks').has('t2'))
  })

  for (const choice of ['local', 'remote'] as const)
    it(`holds a record whose conflict is open, until a person takes the ${choice} one`, async () => {
      const phone = await open({ strategyOf: () => 'manual' })
      await phone.edit('tasks', 't1', { a: 1 })
      remote({ updated: [task('t1', { a: 2, b: 2 })] })
      await phone.sync.syncNow()
      assert.deepEqual(phone.pushed, [])
      assert.equal(phone.sync.status$.get().conflicts, 1)
      const [conflict] = await phone.sync.conflicts()
      assert.deepEqual([conflict?.local?.['a'], conflict?.remote?.['a'], conflict?.edited], [1, 2, ['a']])
      assert.equal(await phone.sync.resolve('tasks', 't1', { choice }), true)
      await phone.sync.syncNow()
      assert.deepEqual(changes.rows('tasks').get('t1'), task('t1', { a: choice === 'local' ? 1 : 2, b: 2 }))
      assert.equal((await phone.row('tasks', 't1'))?.['_status'], 'synced')
      assert.equal(await phone.sync.resolve('tasks', 't1', { choice }), false)
    })

  for (const choice of ['local', 'remote'] as const)
    it(`asks about a record that the server has deleted: ${choice}`, async () => {
      const phone = await open({ deleteVsEdit: 'ask' })
      await phone.edit('tasks', 't1', { a: 1 })
      remote({ deleted: ['t1'] })
      await phone.sync.syncNow()
      assert.deepEqual(
        (await phone.sync.conflicts()).map(one => one.remote),
        [null],
      )
      await phone.sync.resolve('tasks', 't1', { choice })
      await phone.sync.syncNow()
      assert.equal(changes.rows('tasks').has('t1'), choice === 'local')
      assert.equal((await phone.row('tasks', 't1')) !== undefined, choice === 'local')
    })

  it('keeps a refused record aside: the others go, and it is sent again when it is changed', async () => {
    const phone = await open()
    await phone.edit('tasks', 't1', { title: 'poison' })
    await phone.create('tasks', 't2')
    await phone.sync.syncNow()
    assert.ok(changes.rows('tasks').has('t2'))
    const [failed] = await phone.sync.failed()
    assert.deepEqual([failed?.id, failed?.reason], ['t1', 'poison'])
    await phone.sync.syncNow()
    assert.equal(phone.pushed.length, 1)
    await phone.edit('tasks', 't1', { title: 'mended' })
    await phone.sync.syncNow()
    assert.equal(changes.rows('tasks').get('t1')?.['title'], 'mended')
    assert.deepEqual(await phone.sync.failed(), [])
  })

  it('gives a refused record up for the one of the server', async () => {
    const phone = await open()
    await phone.edit('tasks', 't1', { title: 'poison' })
    await phone.create('tasks', 't2', { title: 'poison' })
    await phone.sync.syncNow()
    assert.equal(await phone.sync.discard('tasks', 't1'), true)
    assert.equal(await phone.sync.discard('tasks', 't2'), true)
    assert.equal(await phone.sync.discard('tasks', 't2'), false)
    assert.equal((await phone.row('tasks', 't1'))?.['title'], 'task')
    assert.equal(await phone.row('tasks', 't2'), undefined)
  })

  it('does not blame all records when the server refuses whatever comes', async () => {
    const phone = await open({ limits: { maxPushRecords: 2 } })
    for (const id of ['t2', 't3', 't4', 't5', 't6']) await phone.create('tasks', id)
    let sets = 0
    server.backend = {
      fault: () => undefined,
      changes: {
        ...changes,
        push: () => {
          sets += 1
          throw new RefusedError('No.')
        },
      },
    }
    await phone.sync.syncNow()
    assert.equal((await phone.sync.failed()).length, 3)
    assert.ok(sets <= 13, String(sets))
    assert.match(phone.sync.status$.get().lastError ?? '', /422/)
    server.backend = { fault: () => undefined, changes }
    for (const { table, id } of await phone.sync.failed()) await phone.sync.retry(table, id)
    await phone.sync.syncNow()
    assert.equal(changes.rows('tasks').size, 6)
    assert.deepEqual(await phone.sync.failed(), [])
  })

  it('does not run without the tables that make it safe', async () => {
    const phone = await open()
    const { collections } = phone.database as unknown as { collections: { map: object } }
    collections.map = Object.fromEntries(Object.entries(collections.map).filter(([name]) => name !== 'sync_state'))
    await assert.rejects(phone.sync.start(), /sync_state/)
  })

  it('marks nothing as sent when the server answers with an error', async () => {
    const phone = await open()
    await phone.edit('tasks', 't1', { a: 1 })
    for (const kind of ['unavailable', 'throttled', 'invalid'] as const) {
      fault = kind
      await phone.sync.syncNow()
      assert.equal((await phone.row('tasks', 't1'))?.['_status'], 'updated', kind)
    }
    assert.match(phone.sync.status$.get().lastError ?? '', /422|429/)
  })

  it('writes nothing of an answer that has not the form of the contract', async () => {
    const phone = await open()
    remote({ updated: [task('t1', { a: 'one' })] })
    await phone.sync.syncNow()
    assert.equal((await phone.row('tasks', 't1'))?.['a'], 0)
    assert.match(phone.sync.status$.get().lastError ?? '', /expected number/)
    remote({ updated: [task('t1', { a: 5 })] })
    await phone.sync.syncNow()
    assert.equal((await phone.row('tasks', 't1'))?.['a'], 5)
  })

  it('waits for a sign-in when the token cannot be renewed', async () => {
    const phone = await open()
    await phone.edit('tasks', 't1', { a: 1 })
    fault = 'unauthorized'
    await phone.sync.syncNow()
    assert.equal(phone.sync.status$.get().phase, 'signedOut')
    fault = undefined
    await phone.sync.syncNow()
    assert.equal(changes.rows('tasks').get('t1')?.['a'], 1)
  })

  it('refuses the database of another user', async () => {
    const file = newFile()
    const ann = await open({ file })
    ann.sync.stop()
    const bob = await openPhone({
      layer,
      server,
      file,
      userId: 'bob',
      auth: { userId: () => 'bob', refresh: async () => false },
    })
    phones.push(bob)
    await assert.rejects(bob.sync.start(), /another user/)
  })

  it('logs out with what is left sent, and not while something cannot be sent', async () => {
    const phone = await open()
    await phone.edit('tasks', 't1', { a: 1 })
    fault = 'unavailable'
    assert.equal(await phone.sync.logout(), false)
    assert.equal((await phone.row('tasks', 't1'))?.['a'], 1)
    fault = undefined
    assert.equal(await phone.sync.logout(), true)
    assert.equal(await phone.row('tasks', 't1'), undefined)
    assert.equal(changes.rows('tasks').get('t1')?.['a'], 1)
    assert.equal(await phone.database.localStorage.get('sync.userId'), undefined)
  })

  it('logs out without sending when the person insists', async () => {
    const phone = await open()
    await phone.edit('tasks', 't1', { a: 1 })
    fault = 'unavailable'
    assert.equal(await phone.sync.logout({ force: true }), true)
    assert.equal(await phone.row('tasks', 't1'), undefined)
  })
})
