// What must happen where rows have numbers that each device counts for itself.
import assert from 'node:assert/strict'
import { journalDifferences, journalParents, journalTables } from './numbered-life.ts'
import { type OpenApiServer, serveOpenApi } from './openapi-server.ts'
import { createDevice, type Device, type DeviceLayer } from './two-devices.ts'

interface Scene {
  readonly server: OpenApiServer
  readonly a: Device
  readonly b: Device
}

export interface NumberedStory {
  readonly name: string
  /** @throws where something else happens. */
  play(layer: DeviceLayer, document: Readonly<Record<string, unknown>>): Promise<void>
}

/** Two devices, of which the first may die; in the end both and the server must hold the same. */
async function withScene(
  layer: DeviceLayer,
  document: Readonly<Record<string, unknown>>,
  work: (scene: Scene) => Promise<void>,
  dies: () => boolean = () => false,
): Promise<void> {
  const server = await serveOpenApi(document, journalParents, true)
  const about = { kind: 'expo', server, tables: journalTables } as const
  const b = await createDevice(layer, { ...about, name: 'b' })
  const a = await createDevice(layer, { ...about, name: 'a', dies })
  try {
    await work({ server, a, b })
    await settled(a, b, a, b)
    for (const device of [a, b]) assert.deepEqual(await journalDifferences(device, server), [])
    assert.deepEqual(server.complaints, [])
  } finally {
    for (const device of [a, b]) await device.close()
    await server.close()
  }
}

async function settled(...devices: readonly Device[]): Promise<void> {
  for (const device of devices) {
    await device.settle()
    await device.use(sync => sync.syncNow())
  }
}

const story = (name: string, work: (scene: Scene) => Promise<void>): NumberedStory => ({
  name,
  play: (layer, document) => withScene(layer, document, work),
})

const titles = (server: OpenApiServer) => server.records('entries').map(one => String(one.values['title']))
const entry = (journal: unknown, title: string) => ({
  journal_id: Number(journal),
  answers: null,
  title,
  pinned: false,
})

/** A journal with an entry, which both devices know. The first has a row more, so that numbers differ. */
async function shared({ a, b }: Scene) {
  await a.query("INSERT INTO journals (id, name) VALUES (40, 'other|')")
  const journal = await a.sync.create('journals', { name: 'home|' })
  const first = await a.sync.create('entries', entry(journal, 'first@home|'))
  await settled(a, b)
  return { journal, first }
}

export const numberedStories: readonly NumberedStory[] = [
  story('a child refers to the same record on each device, whatever the numbers', async scene => {
    const { a, b, server } = scene
    const { journal, first } = await shared(scene)
    assert.deepEqual([typeof journal, typeof first], ['number', 'number'])
    const [own] = await b.query("SELECT id FROM journals WHERE name = 'home|'")
    assert.notEqual(own?.['id'], journal)
    await b.sync.create('entries', entry(own?.['id'], 'second@home|'))
    await settled(b, a)
    const rows = await a.query('SELECT journal_id FROM entries')
    assert.deepEqual(rows, [{ journal_id: journal }, { journal_id: journal }])
    assert.ok(server.records('entries').every(one => typeof one.values['journal_id'] === 'string'))
  }),
  story('the number of a removed row is another record’s, while its removal waits and after it', async scene => {
    const { a, b, server } = scene
    const { journal, first } = await shared(scene)
    a.isOnline = false
    await a.sync.remove('entries', first)
    const next = await a.sync.create('entries', entry(journal, 'next@home|'))
    assert.equal(next, first)
    await a.sync.update('entries', next, { pinned: true })
    a.isOnline = true
    await settled(a, b)
    assert.deepEqual(titles(server), ['next@home|'])
  }),
  story('a row past the layer with the number of one that was deleted past it is another record', async scene => {
    const { a, server } = scene
    const { journal, first } = await shared(scene)
    await a.query('DELETE FROM entries WHERE entry_id = ?', [first])
    await a.query('INSERT INTO entries (journal_id, title) VALUES (?, ?)', [journal, 'raw@home|'])
    const [row] = await a.query('SELECT entry_id FROM entries')
    assert.equal(row?.['entry_id'], first)
    await a.sync.update('entries', first, { pinned: true })
    await settled(a)
    assert.deepEqual(titles(server).sort(), ['first@home|', 'raw@home|'])
    // The server was never told of the deletion, so it gives the row back with its next change.
    server.put('entries', idOf(server, 'first@home|'), { pinned: true })
  }),
  story('a row that REPLACE takes away, where no trigger fires, leaves its number to nobody', async scene => {
    const { a, server } = scene
    const { journal, first } = await shared(scene)
    await a.query('CREATE UNIQUE INDEX once ON entries (title)')
    await a.query('INSERT OR REPLACE INTO entries (journal_id, title) VALUES (?, ?)', [journal, 'first@home|'])
    await a.query('DELETE FROM entries')
    await a.query('INSERT INTO entries (journal_id, title) VALUES (?, ?)', [journal, 'raw@home|'])
    const [row] = await a.query('SELECT entry_id FROM entries')
    assert.equal(row?.['entry_id'], first)
    await settled(a)
    assert.deepEqual(titles(server).sort(), ['first@home|', 'raw@home|'])
    server.put('entries', idOf(server, 'first@home|'), { pinned: true })
  }),
  story('a row whose number the app changes stays the same record', async scene => {
    const { a, server } = scene
    const { first } = await shared(scene)
    await a.query('UPDATE entries SET entry_id = 90 WHERE entry_id = ?', [first])
    await a.sync.update('entries', 90, { pinned: true })
    await settled(a)
    assert.deepEqual(
      server.records('entries').map(one => one.values['pinned']),
      [true],
    )
  }),
  story('a row that is put again under its own number stays the same record', async scene => {
    const { a, server } = scene
    const { journal, first } = await shared(scene)
    const values = [first, journal, 'first@home|']
    await a.query('INSERT OR REPLACE INTO entries (entry_id, journal_id, title) VALUES (?, ?, ?)', values)
    await a.sync.update('entries', first, { pinned: true })
    await settled(a)
    assert.equal(server.records('entries').length, 1)
  }),
  story('what a cascade takes is forgotten with it, and its numbers are free', async scene => {
    const { a, b, server } = scene
    const { journal } = await shared(scene)
    await a.sync.remove('journals', journal)
    const [left] = await a.query('SELECT count(*) AS n FROM sync_ids')
    assert.equal(left?.['n'], 1, 'only the other journal is in the map')
    const again = await a.sync.create('journals', { name: 'again|' })
    await a.sync.create('entries', entry(again, 'fresh@again|'))
    await settled(a, b)
    assert.deepEqual(titles(server), ['fresh@again|'])
  }),
  story('a child that comes before its parent waits for it', async ({ a, server }) => {
    server.put('entries', 'e1', { journal_id: 'j1', answers: null, title: 'early@late|', pinned: false })
    for (const id of ['j2', 'j3', 'j4', 'j1']) server.put('journals', id, { name: id === 'j1' ? 'late|' : `${id}|` })
    await settled(a)
    assert.equal((await a.query('SELECT * FROM entries')).length, 1)
  }),
  story('a parent that the server has removed stays until an unsent child of it is given up', async scene => {
    const { a, b, server } = scene
    const { journal } = await shared(scene)
    const [own] = await b.query("SELECT id FROM journals WHERE name = 'home|'")
    b.isOnline = false
    await b.sync.create('entries', entry(own?.['id'], 'late@home|'))
    await a.sync.remove('journals', journal)
    await settled(a)
    let requests = 0
    server.fate = () => (requests++ === 0 ? 'none' : 'unavailable')
    b.isOnline = true
    await b.sync.syncNow()
    assert.equal((await b.query("SELECT * FROM entries WHERE title = 'late@home|'")).length, 1)
    server.fate = () => 'none'
    await settled(b)
    for (const { id } of await b.sync.failed()) await b.sync.discard(id)
  }),
  story('a parent that nobody knew goes before the child that is made in it', async ({ a, server }) => {
    a.isOnline = false
    await a.query("INSERT INTO journals VALUES (5, 'raw|')")
    await a.sync.create('entries', entry(5, 'new@raw|'))
    const kinds = (await a.sync.waiting()).map(op => `${op.kind} ${op.entity}`)
    assert.deepEqual(kinds, ['create journals', 'create entries'])
    a.isOnline = true
    await settled(a)
    assert.deepEqual(await a.sync.failed(), [])
    assert.equal(server.records('journals').length, 1)
  }),
  story('the edit of a row past the layer goes behind the parent that nobody knew either', async ({ a, server }) => {
    a.isOnline = false
    await a.query("INSERT INTO journals VALUES (5, 'raw|')")
    await a.query("INSERT INTO entries VALUES (6, 5, NULL, 'raw@raw|', 0)")
    await a.sync.update('entries', 6, { pinned: true })
    const kinds = (await a.sync.waiting()).map(op => `${op.kind} ${op.entity}`)
    assert.deepEqual(kinds, ['create journals', 'create entries'])
    a.isOnline = true
    await settled(a)
    assert.deepEqual(titles(server), ['raw@raw|'])
  }),
  story('a row that refers to one that is not there is refused', async ({ a }) => {
    await assert.rejects(a.sync.create('entries', entry(99, 'lost@nobody|')), /There is no journals 99/)
    await assert.rejects(a.sync.update('entries', 99, { pinned: true }), /There is no entries 99/)
    assert.deepEqual(await a.sync.waiting(), [])
  }),
  story('a device that is signed out of forgets the ids', async scene => {
    await shared(scene)
    await scene.a.sync.signOut()
    for (const table of ['journals', 'entries', 'sync_ids', 'sync_records', 'outbox'])
      assert.deepEqual(await scene.a.query(`SELECT * FROM ${table}`), [], table)
    await scene.a.use(sync => sync.start())
  }),
  {
    name: 'a crash at any write changes nothing of the outcome',
    play: async (layer, document) => {
      let isOver = false
      for (let step = 1; !isOver; step += 1) {
        let writes = 0
        await withScene(layer, document, aDay, () => ++writes === step)
        isOver = writes < step
      }
    },
  },
]

/** Rows past the layer and by it, a removal, and its number again. */
async function aDay({ server, a, b }: Scene): Promise<void> {
  await a.query("INSERT INTO journals VALUES (3, 'old|')")
  await a.query("INSERT INTO entries VALUES (6, 3, NULL, 'old@old|', 0)")
  await a.use(sync => sync.create('entries', entry(3, 'new@old|')))
  await settled(a)
  await a.use(sync => sync.remove('entries', 6))
  const [row] = await a.query('SELECT max(entry_id) AS last FROM entries')
  if (row?.['last'] !== null) await a.use(sync => sync.remove('entries', Number(row?.['last'])))
  await a.use(sync => sync.create('entries', entry(3, 'last@old|')))
  await settled(a, b)
  const names = titles(server)
  assert.deepEqual(names, [...new Set(names)], 'nothing is there twice')
}

const idOf = (server: OpenApiServer, title: string): string =>
  server.records('entries').find(one => one.values['title'] === title)?.id ?? ''
