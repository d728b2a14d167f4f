// Two devices of one user and a real HTTP server on loopback, for each storage that a layer with an outbox can be made for.
import assert from 'node:assert/strict'
import { needOracle } from '../../testkit/oracle/installed.ts'
import { crossEdits } from '../../testkit/sync/cross-edits.ts'
import { expoNotes, mmkvNotes, opNotes } from '../../testkit/sync/example-apps.ts'
import { generateLayer } from '../../testkit/sync/generated-layer.ts'
import { loadGenerated } from '../../testkit/sync/load-generated.ts'
import { type OpenApiServer, serveOpenApi } from '../../testkit/sync/openapi-server.ts'
import { liveTogether, noteTables } from '../../testkit/sync/random-life.ts'
import { createDevice, type Device, type DeviceLayer } from '../../testkit/sync/two-devices.ts'

/** OFFLINE_STORAGE_LIVES=300 lives so many lives for each storage and strategy. */
const lives = Number(process.env['OFFLINE_STORAGE_LIVES'] ?? 12)

const storages = [
  ['expo', expoNotes, 'expo-sqlite'],
  ['op', opNotes, 'op-sqlite'],
  ['mmkv', mmkvNotes, 'mmkv'],
] as const

const strategies = ['lww', 'fieldMerge', 'manual'] as const

for (const [kind, app, target] of storages) {
  describe(`two devices over ${target}`, function () {
    this.timeout(120_000)

    before(function () {
      needOracle(this)
    })

    async function layerFor(answers: Readonly<Record<string, string>>) {
      const { files } = generateLayer(app, { target, ...answers })
      const layer = await loadGenerated<DeviceLayer>(files, ['create-app-sync', 'remote'])
      const document = JSON.parse(files['src/sync/openapi.json'] ?? '{}') as Readonly<Record<string, unknown>>
      return { layer, document }
    }

    async function withTwo(test: (a: Device, b: Device, server: OpenApiServer) => Promise<void>): Promise<void> {
      const { layer, document } = await layerFor({ conflicts: 'fieldMerge' })
      const server = await serveOpenApi(document)
      const device = (name: string) => createDevice(layer, { name, kind, server, tables: noteTables })
      const [a, b] = [await device('a'), await device('b')]
      await test(a, b, server)
      assert.deepEqual(server.complaints, [])
      for (const one of [a, b]) await one.close()
      await server.close()
    }

    it('see each other’s records and merge their edits', () =>
      withTwo(async (a, b, server) => {
        const note = { folder_id: null, title: 'milk', body: null, pinned: true, tags: ['shop'], updated_at: 5 }
        const id = await a.sync.create('notes', note)
        await a.settle()
        await b.settle()
        assert.deepEqual(await b.rows('notes'), await a.rows('notes'))
        a.isOnline = false
        await a.sync.update('notes', id, { title: 'oat milk' })
        await b.sync.update('notes', id, { body: 'two litres' })
        await b.settle()
        a.isOnline = true
        for (const device of [a, b]) await device.settle()
        const [record] = server.records('notes')
        assert.deepEqual([record?.values['title'], record?.values['body']], ['oat milk', 'two litres'])
        assert.deepEqual(await a.rows('notes'), await b.rows('notes'))
        assert.ok(server.log.includes('PATCH /notes/{id} 412'))
      }))

    it('keep an unsent edit when a page brings another one of the same record', async () => {
      const { layer, document } = await layerFor({ conflicts: 'fieldMerge' })
      assert.deepEqual(await crossEdits(layer, document, kind), [])
    })

    for (const conflicts of strategies) {
      it(`hold the same as the server after ${lives} lives with faults (${conflicts})`, async () => {
        const problems: string[] = []
        for (const [index, deletes] of (['deleteWins', 'editWins', 'ask'] as const).entries()) {
          const { layer, document } = await layerFor({ conflicts, deletes })
          for (let life = 0; life < Math.ceil(lives / 3); life++)
            problems.push(...(await liveTogether(layer, document, 1000 + 3 * life + index, kind)))
        }
        assert.deepEqual(problems, [])
      })
    }
  })
}

/** The most lives that a fault may stay hidden in. */
const mostLives = 60

describe('a layer over MMKV that', function () {
  this.timeout(120_000)

  before(function () {
    needOracle(this)
  })

  for (const [name, find, put] of [
    ['writes a page over unsent edits', 'if (await isEdited(ref)) return', 'if (ref.entity === "") return'],
    ['leaves a discarded edit on the device', 'discarded: async op => doubt(op)', 'discarded: async () => undefined'],
    ['does not send the version of an edit', 'return { base, baseVersion,', 'return { base, baseVersion: null,'],
  ] as const) {
    it(`${name} is found out`, async () => {
      const { files } = generateLayer(mmkvNotes, { target: 'mmkv', conflicts: 'fieldMerge' })
      const path = 'src/sync/core/mmkv-records.ts'
      const text = files[path] ?? ''
      assert.ok(text.includes(find), `there is no ${find}`)
      const document = JSON.parse(files['src/sync/openapi.json'] ?? '{}') as Readonly<Record<string, unknown>>
      const mutated = { ...files, [path]: text.replace(find, () => put) }
      const layer = await loadGenerated<DeviceLayer>(mutated, ['create-app-sync', 'remote'])
      assert.ok(await isFoundOut(layer, document), `${mostLives} lives have not shown it`)
    })
  }
})

async function isFoundOut(layer: DeviceLayer, document: Readonly<Record<string, unknown>>): Promise<boolean> {
  if ((await crossEdits(layer, document, 'mmkv')).length > 0) return true
  for (let seed = 1; seed <= mostLives; seed++)
    if ((await liveTogether(layer, document, seed, 'mmkv')).length > 0) return true
  return false
}
