// What must become of rows that were in the database before the sync was, or that the app wrote past it.
import assert from 'node:assert/strict'
import { type OpenApiServer, serveOpenApi } from './openapi-server.ts'
import { differencesOf, noteTables } from './random-life.ts'
import { createDevice, type Device, type DeviceLayer } from './two-devices.ts'

interface Scene {
  readonly server: OpenApiServer
  readonly a: Device
  readonly b: Device
}

export interface Story {
  readonly name: string
  /** @throws where something else happens. */
  play(layer: DeviceLayer, document: Readonly<Record<string, unknown>>): Promise<void>
}

/** Rows of a release without sync. */
const past: readonly string[] = [
  "INSERT INTO folders VALUES ('f1', 'home'), ('f2', 'work')",
  "INSERT INTO notes VALUES ('n1', 'f1', 'milk', NULL, 0, NULL, 1), ('n2', NULL, 'tea', NULL, 0, NULL, 1)",
]
const note = { folder_id: null, title: 'new', body: null, pinned: false, tags: null, updated_at: 2 }
const parents = { notes: { folder_id: 'folders' } }

interface SceneOptions {
  readonly before?: (server: OpenApiServer) => void
  readonly dies?: () => boolean
}

/** Device a comes with rows of its past, b with none; in the end both and the server must hold the same. */
async function withScene(
  layer: DeviceLayer,
  document: Readonly<Record<string, unknown>>,
  work: (scene: Scene) => Promise<void>,
  { before, dies }: SceneOptions = {},
): Promise<void> {
  const server = await serveOpenApi(document, parents)
  before?.(server)
  const b = await createDevice(layer, { name: 'b', kind: 'expo', server, tables: noteTables })
  const a = await createDevice(layer, {
    name: 'a',
    kind: 'expo',
    server,
    tables: [...noteTables, ...past],
    ...(dies && { dies }),
  })
  try {
    await work({ server, a, b })
    for (const device of [a, b, a, b]) {
      await device.settle()
      await device.use(sync => sync.syncNow())
    }
    assert.deepEqual([...server.complaints, ...(await differencesOf([a, b], server))], [])
  } finally {
    for (const device of [a, b]) await device.close()
    await server.close()
  }
}

const story = (name: string, work: (scene: Scene) => Promise<void>, options?: SceneOptions): Story => ({
  name,
  play: (layer, document) => withScene(layer, document, work, options),
})

const posts = (server: OpenApiServer) => server.log.filter(line => line.startsWith('POST'))
const titles = (server: OpenApiServer) => server.records('notes').map(one => String(one.values['title']))

export const adoptionStories: readonly Story[] = [
  story('rows of the past go to the server, parents first and each once', async ({ server, a }) => {
    await a.settle()
    await a.settle()
    assert.deepEqual(posts(server), ['POST /folders 201', 'POST /folders 201', 'POST /notes 201', 'POST /notes 201'])
    assert.deepEqual(titles(server).sort(), ['milk', 'tea'])
  }),
  story(
    'of what is on both sides the server has the word, on whichever page it comes',
    async ({ server, a }) => {
      await a.settle()
      assert.ok(!server.log.includes('POST /notes 409'))
      assert.deepEqual(
        titles(server).filter(title => title === 'bread' || title === 'milk'),
        ['bread'],
      )
    },
    {
      before: server => {
        for (let index = 0; index < 7; index++) server.put('folders', `s${index}`, { name: `s${index}` })
        server.put('notes', 'n1', { ...note, title: 'bread' })
      },
    },
  ),
  story('such rows count as unsent until they are sent', async ({ a }) => {
    await a.settle()
    assert.equal(await a.sync.isAllSent?.(), true)
    a.isOnline = false
    await a.query("INSERT INTO folders VALUES ('late', 'late')")
    assert.equal(await a.sync.isAllSent?.(), false)
    a.isOnline = true
    await a.settle()
    assert.equal(await a.sync.isAllSent?.(), true)
  }),
  story('a pull that was cut off adopts nothing', async ({ server, a }) => {
    a.isOnline = false
    for (let index = 0; index < 7; index++) server.put('folders', `s${index}`, { name: `s${index}` })
    await a.query("INSERT INTO folders VALUES ('late', 'late')")
    server.put('folders', 'late', { name: 'server' })
    let pages = 0
    server.fate = () => (++pages > 2 ? 'unavailable' : 'none')
    a.isOnline = true
    await a.use(sync => sync.syncNow())
    assert.deepEqual(await a.query("SELECT * FROM outbox WHERE entity_id = 'late'"), [])
    server.fate = () => 'none'
  }),
  story('the edit of such a row is sent as the whole row, behind its parent', async ({ server, a }) => {
    a.isOnline = false
    await a.query("INSERT INTO folders VALUES ('f9', 'late')")
    await a.query("INSERT INTO notes VALUES ('n9', NULL, 'jam', 'red', 0, NULL, 1)")
    await a.sync.update('notes', 'n9', { title: 'honey', folder_id: 'f9' })
    const waiting = (await a.sync.waiting()).slice(-2)
    assert.deepEqual(
      waiting.map(op => `${op.kind} ${op.entityId}`),
      ['create f9', 'create n9'],
    )
    a.isOnline = true
    await a.settle()
    const sent = server.records('notes').find(one => one.id === 'n9')
    assert.deepEqual([sent?.values['title'], sent?.values['body']], ['honey', 'red'])
    assert.ok(!server.log.some(line => /4\d\d$/.test(line)), server.log.join('\n'))
  }),
  story('a row is sent whole only once, whoever edits it then', async ({ a }) => {
    await a.settle()
    a.isOnline = false
    const operations = async () => (await a.sync.waiting()).map(op => `${op.kind} ${op.entityId}`)
    await a.sync.update('notes', 'n1', { title: 'bread' })
    await a.query("INSERT INTO notes VALUES ('n9', NULL, 'jam', NULL, 0, NULL, 1)")
    for (const title of ['honey', 'salt']) await a.sync.update('notes', 'n9', { title })
    assert.deepEqual(await operations(), ['update n1', 'create n9'])
    a.isOnline = true
  }),
  story('a new record in such a row goes behind it', async ({ server, a }) => {
    a.isOnline = false
    await a.query("INSERT INTO folders VALUES ('f9', 'late')")
    await a.sync.create('notes', { ...note, folder_id: 'f9' })
    a.isOnline = true
    await a.settle()
    assert.deepEqual(await a.sync.failed(), [])
    assert.ok(titles(server).includes('new'))
  }),
  story('such a row that is removed is gone, and nobody is told', async ({ server, a }) => {
    a.isOnline = false
    await a.query("INSERT INTO notes VALUES ('n9', NULL, 'jam', NULL, 0, NULL, 1)")
    await a.sync.remove('notes', 'n9')
    a.isOnline = true
    await a.settle()
    assert.ok(!server.log.some(line => line.startsWith('DELETE')))
  }),
  story('a row that the server refuses is in the dead letter once', async ({ a }) => {
    await a.query("INSERT INTO notes VALUES ('n9', NULL, 'POISON', NULL, 0, NULL, 1)")
    for (let round = 0; round < 3; round++) await a.settle()
    const [failed, ...others] = await a.sync.failed()
    assert.deepEqual([failed?.entityId, others], ['n9', []])
    await a.sync.discard(failed?.id ?? '')
  }),
  {
    name: 'a crash at any write changes nothing of the outcome',
    play: async (layer, document) => {
      let isOver = false
      for (let step = 1; !isOver; step += 1) {
        let writes = 0
        const dies = () => ++writes === step
        await withScene(layer, document, oldAndNew, { dies })
        isOver = writes < step
      }
    },
  },
]

/** Rows of the past and new ones, edited in both ways. */
async function oldAndNew({ server, a, b }: Scene): Promise<void> {
  await a.use(sync => sync.update('notes', 'n2', { title: 'coffee' }))
  await a.query("INSERT INTO notes VALUES ('n3', 'f2', 'jam', NULL, 0, NULL, 1)")
  await a.use(sync => sync.create('notes', { ...note, folder_id: 'f2' }, 'n4'))
  for (const device of [a, b, a]) await device.settle()
  const ids = server.records('notes').map(one => one.id)
  assert.deepEqual(ids.filter(id => id !== 'n4').sort(), ['n1', 'n2', 'n3'])
}
