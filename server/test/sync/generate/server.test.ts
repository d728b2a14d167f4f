// Generated layers against a real server that does what their OpenAPI document says.
import assert from 'node:assert/strict'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { needOracle } from '../../../testkit/oracle/installed.ts'
import { crossEdits } from '../../../testkit/sync/cross-edits.ts'
import { countedJournals, expoNotes, mmkvTasks, opOrders } from '../../../testkit/sync/example-apps.ts'
import { generateLayer } from '../../../testkit/sync/generated-layer.ts'
import { loadGenerated } from '../../../testkit/sync/load-generated.ts'
import openApiSchema from '../../../testkit/sync/openapi/schema.json' with { type: 'json' }
import { type JsonMap, serveOpenApi } from '../../../testkit/sync/openapi-server.ts'
import { liveTogether, noteTables } from '../../../testkit/sync/random-life.ts'
import { createDevice, type Device, type DeviceLayer } from '../../../testkit/sync/two-devices.ts'

const lives = Number(process.env['OFFLINE_STORAGE_LIVES'] ?? 6)

const documentOf = (files: Readonly<Record<string, string>>): JsonMap =>
  JSON.parse(files['src/sync/openapi.json'] ?? '{}') as JsonMap

/** The validator loses its way with the one dynamic reference, which leads to the schema's own part here. */
const documentSchema = JSON.parse(
  JSON.stringify(openApiSchema).replaceAll('"$dynamicRef":"#meta"', '"$ref":"#/$defs/schema"'),
) as JsonMap

describe('the OpenAPI document of a layer', () => {
  for (const [name, app, answers] of [
    ['notes', expoNotes, {}],
    ['orders', opOrders, {}],
    ['journals with numbers', countedJournals, {}],
    ['tasks', mmkvTasks, { target: 'mmkv' }],
  ] as const) {
    it(`is valid for ${name}`, () => {
      const document = documentOf(generateLayer(app, answers).files)
      const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false })
      const validate = ajv.compile(documentSchema)
      assert.ok(validate(document), ajv.errorsText(validate.errors))
      for (const { $ref } of refsIn(document)) assert.ok(lookUp(document, $ref), $ref)
    })
  }
})

describe('two devices with a generated layer', function () {
  this.timeout(120_000)

  before(function () {
    needOracle(this)
  })

  const load = (files: Readonly<Record<string, string>>) =>
    loadGenerated<DeviceLayer>(files, ['create-app-sync', 'remote'])

  async function withTwo(
    answers: Readonly<Record<string, string>>,
    test: (a: Device, b: Device, server: Awaited<ReturnType<typeof serveOpenApi>>) => Promise<void>,
    skewMs = 0,
  ): Promise<void> {
    const { files } = generateLayer(expoNotes, answers)
    const layer = await load(files)
    const server = await serveOpenApi(documentOf(files))
    const device = (name: string, skew: number) =>
      createDevice(layer, { name, kind: 'expo', server, tables: noteTables, skewMs: skew })
    const [a, b] = [await device('a', skewMs), await device('b', 0)]
    await test(a, b, server)
    assert.deepEqual(server.complaints, [])
    for (const one of [a, b]) await one.close()
    await server.close()
  }

  const note = { folder_id: null, title: 'milk', body: null, pinned: true, tags: ['shop'], updated_at: 5 }

  it('see each other’s records, with their types', () =>
    withTwo({}, async (a, b) => {
      const folder = await a.sync.create('folders', { name: 'home' })
      await a.sync.create('notes', { ...note, folder_id: folder })
      await a.settle()
      await b.settle()
      assert.deepEqual(await b.rows('notes'), [
        { id: 'a-3', folder_id: folder, title: 'milk', body: null, pinned: 1, tags: '["shop"]', updated_at: 5 },
      ])
    }))

  it('merge edits of different fields', () =>
    withTwo({ conflicts: 'fieldMerge' }, async (a, b, server) => {
      const id = await a.sync.create('notes', note)
      await a.settle()
      await b.settle()
      await a.sync.update('notes', id, { title: 'oat milk' })
      await b.sync.update('notes', id, { body: 'two litres' })
      for (const device of [a, b, a]) await device.settle()
      const [record] = server.records('notes')
      assert.equal(record?.values['title'], 'oat milk')
      assert.equal(record?.values['body'], 'two litres')
      assert.deepEqual(await a.rows('notes'), await b.rows('notes'))
      assert.ok(server.log.includes('PATCH /notes/{id} 412'))
      assert.equal((await b.sync.audit(5)).length, 1)
    }))

  for (const [skewMs, winner] of [
    [60_000, 'of a'],
    [-60_000, 'of b'],
  ] as const) {
    it(`let the edit with the later time win, whichever reaches the server first: ${winner}`, () =>
      withTwo(
        { conflicts: 'lww' },
        async (a, b, server) => {
          const id = await a.sync.create('notes', note)
          await a.settle()
          await b.settle()
          await b.sync.update('notes', id, { title: 'of b' })
          await b.settle()
          a.isOnline = false
          await a.sync.update('notes', id, { title: 'of a' })
          a.isOnline = true
          for (const device of [a, b]) await device.settle()
          assert.equal(server.records('notes')[0]?.values['title'], winner)
          assert.deepEqual(await a.rows('notes'), await b.rows('notes'))
        },
        skewMs,
      ))
  }

  it('ask a person, who sees both sides', () =>
    withTwo({ conflicts: 'manual' }, async (a, b, server) => {
      const id = await a.sync.create('notes', note)
      await a.settle()
      await b.settle()
      await a.sync.update('notes', id, { title: 'theirs' })
      await a.settle()
      b.isOnline = true
      await b.sync.update('notes', id, { title: 'ours' })
      // The page that was pulled before the edit went out must not have overwritten it.
      await b.settle()
      const [conflict] = await b.sync.conflicts()
      if (conflict) await b.sync.resolve(conflict.id, { choice: 'local' })
      for (const device of [b, a]) await device.settle()
      assert.equal(server.records('notes')[0]?.values['title'], 'ours')
      assert.deepEqual(await a.rows('notes'), await b.rows('notes'))
    }))

  it('give a record back that was discarded', () =>
    withTwo({}, async (a, _b, server) => {
      const id = await a.sync.create('notes', note)
      await a.settle()
      await a.sync.update('notes', id, { title: 'POISON' })
      await a.settle()
      const [failed] = await a.sync.failed()
      assert.match(failed?.lastError ?? '', /422/)
      await a.sync.discard(failed?.id ?? '')
      await a.settle()
      assert.equal((await a.rows('notes'))[0]?.['title'], 'milk')
      assert.equal(server.records('notes')[0]?.values['title'], 'milk')
    }))

  it('leave nothing on a device that is signed out of', () =>
    withTwo({}, async a => {
      const folder = await a.sync.create('folders', { name: 'home' })
      await a.sync.create('notes', { ...note, folder_id: folder })
      await a.sync.signOut()
      assert.deepEqual(await a.rows('notes'), [])
      assert.deepEqual(await a.rows('outbox'), [])
      assert.deepEqual(await a.rows('sync_records').catch(() => []), [])
    }))

  it('keep an unsent edit when a page brings another one of the same record', async () => {
    const { files } = generateLayer(expoNotes, { conflicts: 'fieldMerge' })
    assert.deepEqual(await crossEdits(await load(files), documentOf(files)), [])
  })

  for (const conflicts of ['lww', 'fieldMerge', 'manual'] as const) {
    it(`hold the same as the server after any faults (${conflicts}, ${lives} lives)`, async () => {
      const problems: string[] = []
      for (let seed = 1; seed <= lives; seed++) {
        const deletes = (['deleteWins', 'editWins', 'ask'] as const)[seed % 3]!
        const { files } = generateLayer(expoNotes, { conflicts, deletes })
        const kind = 'expo'
        problems.push(...(await liveTogether(await load(files), documentOf(files), seed, kind)))
      }
      assert.deepEqual(problems, [])
    })
  }
})

function refsIn(node: unknown): readonly { $ref: string }[] {
  if (typeof node !== 'object' || node === null) return []
  const own = '$ref' in node && typeof node.$ref === 'string' ? [{ $ref: node.$ref }] : []
  return [...own, ...Object.values(node).flatMap(refsIn)]
}

const lookUp = (document: JsonMap, ref: string): unknown =>
  ref
    .split('/')
    .slice(1)
    .reduce<unknown>((at, part) => (at as JsonMap | undefined)?.[part], document)
