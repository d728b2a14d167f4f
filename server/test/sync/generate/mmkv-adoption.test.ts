// Records that were on the phone before the sync, or that are written past it, reach the server: for the layer with an outbox in MMKV.
import assert from 'node:assert/strict'
import { needOracle } from '../../../testkit/oracle/installed.ts'
import { mmkvNotes } from '../../../testkit/sync/example-apps.ts'
import { generateLayer } from '../../../testkit/sync/generated-layer.ts'
import { loadGenerated } from '../../../testkit/sync/load-generated.ts'
import { liveWithOldRecords, note } from '../../../testkit/sync/mmkv-life.ts'
import { createMmkvPhone, type MmkvScene } from '../../../testkit/sync/mmkv-phone.ts'
import { type OpenApiServer, serveOpenApi } from '../../../testkit/sync/openapi-server.ts'
import type { DeviceLayer } from '../../../testkit/sync/two-devices.ts'
import { withFault } from '../../../testkit/sync/with-fault.ts'

/** OFFLINE_STORAGE_LIVES=300 lives so many lives. */
const lives = Number(process.env['OFFLINE_STORAGE_LIVES'] ?? 40)

type Files = Readonly<Record<string, string>>

const loaded = new WeakMap<Files, Promise<DeviceLayer>>()

async function inScene<T>(files: Files, test: (scene: MmkvScene) => Promise<T>): Promise<T> {
  const loading = loaded.get(files) ?? loadGenerated<DeviceLayer>(files, ['create-app-sync', 'remote'])
  loaded.set(files, loading)
  const layer = await loading
  const document = JSON.parse(files['src/sync/openapi.json'] ?? '{}') as Readonly<Record<string, unknown>>
  const server = await serveOpenApi(document, { notes: { folder_id: 'folders' } })
  try {
    return await test({ phone: createMmkvPhone(layer, server), server })
  } finally {
    await server.close()
  }
}

const titles = (server: OpenApiServer) =>
  Object.fromEntries(server.records('notes').map(({ id, values }) => [id, values['title']]))

const valuesOf = (server: OpenApiServer, id: string) => server.records('notes').find(one => one.id === id)?.values

const posts = (server: OpenApiServer) => server.log.filter(line => line.startsWith('POST'))

const stories: Readonly<Record<string, (scene: MmkvScene) => Promise<void>>> = {
  'sends what was there before it, parents first, without what is not synced': async ({ phone, server }) => {
    server.put('notes', 'both', note('theirs'))
    phone.rows('notes').set('both', note('ours'))
    phone.rows('notes').set('n1', { ...note('old', 'f1'), id: 'n1', is_local: true })
    phone.rows('folders').set('f1', { name: 'home' })
    const sync = await phone.settle()
    assert.deepEqual(titles(server), { both: 'theirs', n1: 'old' })
    assert.equal(phone.rows('notes').get('both')?.['title'], 'theirs')
    assert.deepEqual(server.records('folders')[0]?.values, { name: 'home' })
    assert.deepEqual(valuesOf(server, 'n1'), note('old', 'f1'))
    assert.deepEqual(posts(server), ['POST /folders 201', 'POST /notes 201'])
    assert.deepEqual(await sync.failed(), [])
    assert.deepEqual(server.complaints, [])
  },

  'keeps an old record that is edited before anything was pulled': async ({ phone, server }) => {
    phone.rows('notes').set('n1', note('old'))
    phone.isOnline = false
    const sync = await phone.boot()
    await sync.update('notes', 'n1', { body: 'edited' })
    phone.isOnline = true
    await phone.settle()
    assert.deepEqual(valuesOf(server, 'n1'), { ...note('old'), body: 'edited' })
    assert.equal(phone.rows('notes').get('n1')?.['body'], 'edited')
  },

  'changes nothing but what was edited of a record that the server had all along': async ({ phone, server }) => {
    server.put('notes', 'n1', note('theirs', null))
    server.put('folders', 'f1', { name: 'theirs' })
    phone.rows('notes').set('n1', note('zzz'))
    phone.rows('folders').set('f1', { name: 'zzz' })
    phone.isOnline = false
    const sync = await phone.boot()
    await sync.update('notes', 'n1', { pinned: true, folder_id: 'f1' })
    phone.isOnline = true
    await phone.settle()
    assert.deepEqual(valuesOf(server, 'n1'), { ...note('theirs', 'f1'), pinned: true })
    assert.deepEqual(phone.rows('notes').get('n1'), { ...note('theirs', 'f1'), pinned: true })
    assert.equal(server.records('folders')[0]?.values['name'], 'theirs')
    assert.equal(phone.rows('folders').get('f1')?.['name'], 'theirs')
  },

  'sends an edit of an old record, and a new one below it, behind what they build on': async ({ phone, server }) => {
    const sync = await phone.settle()
    phone.isOnline = false
    phone.rows('folders').set('f1', { name: 'written past the layer' })
    phone.rows('folders').set('f2', { name: 'this as well' })
    phone.rows('notes').set('n1', note('so was this', 'f1'))
    await sync.create('notes', note('new', 'f2'), 'n2')
    await sync.update('notes', 'n1', { title: 'edited' })
    phone.isOnline = true
    await phone.settle()
    assert.deepEqual(titles(server), { n1: 'edited', n2: 'new' })
    assert.deepEqual(await sync.failed(), [])
    assert.deepEqual(
      server.log.filter(line => line.includes(' 4')),
      [],
    )
  },

  'sends hundreds a portion at a time, and looks for no more of them when all are sent': async ({ phone, server }) => {
    for (let index = 0; index < 450; index++) phone.rows('folders').set(`f${index}`, { name: String(index) })
    const sync = await phone.boot()
    await phone.settle()
    assert.equal(phone.mostWaiting(), 200)
    assert.equal(server.records('folders').length, 450)
    const scans = phone.scans()
    await sync.create('folders', { name: 'new' })
    await phone.settle()
    assert.equal(phone.scans(), scans)
    await phone.boot()
    assert.ok(phone.scans() > scans)
  },

  'does not send again what the server has refused': async ({ phone, server }) => {
    phone.rows('notes').set('n1', note('POISON'))
    for (let start = 0; start < 3; start++) {
      await phone.boot()
      const sync = await phone.settle()
      assert.equal((await sync.failed()).length, 1)
    }
    assert.equal(posts(server).length, 1)
  },

  'takes an old record away that is removed, and sends nothing of it': async ({ phone, server }) => {
    phone.rows('notes').set('n1', note('old'))
    phone.isOnline = false
    const sync = await phone.boot()
    await sync.remove('notes', 'n1')
    phone.isOnline = true
    await phone.settle()
    assert.equal(phone.rows('notes').size, 0)
    assert.deepEqual(posts(server), [])
    assert.deepEqual(await sync.failed(), [])
  },

  'keeps on the device what the app does not name': async ({ phone, server }) => {
    phone.rows('notes').set('n1', note('of another user'))
    phone.hides = true
    await phone.settle()
    assert.deepEqual(titles(server), {})
    assert.equal(phone.rows('notes').size, 1)
  },
}

const choices = ['deleteWins', 'editWins', 'ask'] as const

const layers = new Map<string, Files>()

function layerFor(deletes: string): Files {
  const files = layers.get(deletes) ?? generateLayer(mmkvNotes, { target: 'mmkv', deletes }).files
  layers.set(deletes, files)
  return files
}

describe('a layer with its outbox in MMKV', function () {
  this.timeout(lives * 2000 + 20_000)
  before(function () {
    needOracle(this)
  })

  for (const [name, story] of Object.entries(stories))
    for (const deletes of choices) it(`${name} (${deletes})`, () => inScene(layerFor(deletes), story))

  it(`loses and doubles nothing in ${lives} lives with old records, kills at any write and faults of the network`, async () => {
    let kills = 0
    const problems: string[] = []
    for (let seed = 1; seed <= lives; seed++) {
      const outcome = await inScene(layerFor(choices[seed % 3] ?? 'ask'), scene => liveWithOldRecords(scene, seed))
      kills += outcome.kills
      problems.push(...outcome.problems)
    }
    assert.deepEqual(problems, [])
    assert.ok(kills > lives / 2, `only ${kills} kills`)
  })
})

const mutants = [
  ['adopts nothing', 'adopting-transport', 'await adoption.adoptAll()', 'return'],
  [
    'adopts before everything was pulled',
    'adopting-transport',
    'await pull(signal)',
    'await adoption.adoptAll(); await pull(signal)',
  ],
  [
    'does not send the parent of an adopted record first',
    'mmkv-adoption',
    'await adopt(parent, [...path, ref])',
    'continue',
  ],
  ['does not send the parent of a new record first', 'mmkv-adoption', 'parentsOf(edit.entity, edit.payload)', '[]'],
  ['does not adopt what is edited', 'mmkv-adoption', "if (edit.kind === 'update') await adopt(edit)", ''],
  ['takes what it was told for untold', 'mmkv-records', '[versionPrefix, doubtPrefix].some', '[doubtPrefix].some'],
  ['sends what waits once more', 'mmkv-adoption', '(await outbox.unfinished(ref)).length > 0', 'false'],
  ['sends what was refused once more', 'mmkv-adoption', 'refused.some(op => isSame(op, ref))', 'refused.length < 0'],
  ['writes old values over those of the server', 'mmkv-adoption', 'base: payload, ', ''],
  ['sends what is not synced', 'mmkv-records', 'values === null ? null : known(ref.entity, values)', 'values'],
  [
    'stops after a portion',
    'mmkv-adoption',
    'if ((await portionLeft()) <= 0) return',
    'if ((await portionLeft()) <= 0) break',
  ],
  ['takes all at once', 'mmkv-adoption', 'if ((await portionLeft()) <= 0) return', ''],
  ['looks at all records in each run', 'mmkv-adoption', 'isDone = true', 'isDone = false'],
] as const

describe('a layer over MMKV with old records that', function () {
  this.timeout(120_000)
  before(function () {
    needOracle(this)
  })

  for (const [name, file, find, put] of mutants)
    it(`${name} is found out`, async () => {
      const faulty = withFault(layerFor('deleteWins'), { file: `core/${file}.ts`, find, put })
      assert.ok(await isFoundOut(faulty), 'no story and no life has shown it')
    })
})

async function isFoundOut(files: Files): Promise<boolean> {
  try {
    for (const story of Object.values(stories)) await inScene(files, story)
    for (let seed = 1; seed <= 30; seed++)
      if ((await inScene(files, scene => liveWithOldRecords(scene, seed))).problems.length > 0) return true
    return false
  } catch {
    // A story that fails, or a phone that never ends.
    return true
  }
}
