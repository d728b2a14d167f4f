// The tests that a layer brings along for jest, run by jest with React Native's babel preset: they pass on the layer, and fail on one with a fault.
import assert from 'node:assert/strict'
import { exampleFiles } from '../../testkit/example-files.ts'
import { needOracle } from '../../testkit/oracle/installed.ts'
import { expoNotes, mmkvTasks } from '../../testkit/sync/example-apps.ts'
import { generateLayer } from '../../testkit/sync/generated-layer.ts'
import { runJest } from '../../testkit/sync/run-jest.ts'
import { styledApps } from '../../testkit/sync/styled-apps.ts'
import { withFault } from '../../testkit/sync/with-fault.ts'

/** The layer alone: the app's own files open databases, which is none of its tests' business. */
const layerOf = (files: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(files).filter(([path]) => path.startsWith('src/sync/')))

const watermelonNotes = exampleFiles('notes')

/** Timers that are due at once come late and overtake each other, as nobody can know how long a database takes. */
const lateTimers = `const setTimer = globalThis.setTimeout
let count = 0
globalThis.setTimeout = (task, ms) => setTimer(task, ms === 0 ? (count += 7) % 11 : ms)
`

/** Without the alias that stands in the example's Babel configuration. */
const written = (path: string, text: string): string =>
  text.replaceAll("'~/", `'${'../'.repeat(Math.max(0, path.split('/').length - 2))}`)

describe('the tests of a generated layer, run by jest,', function () {
  this.timeout(120_000)

  before(function () {
    needOracle(this)
  })

  for (const [name, app, answers] of [
    ['expo-sqlite', expoNotes, { conflicts: 'fieldMerge', deletes: 'editWins' }],
    ['expo-sqlite', expoNotes, { conflicts: 'manual', deletes: 'ask', transport: 'graphql' }],
    ['MMKV', mmkvTasks, { target: 'mmkv', conflicts: 'lww', audit: 'no' }],
    ['MMKV', mmkvTasks, { target: 'mmkv', conflicts: 'custom' }],
    ['WatermelonDB', watermelonNotes, { conflicts: 'lww', deletes: 'deleteWins', audit: 'no' }],
    ['WatermelonDB', watermelonNotes, { conflicts: 'manual', deletes: 'ask', transport: 'graphql' }],
  ] as const) {
    it(`pass for ${name} and ${JSON.stringify(answers)}`, async () => {
      const files = layerOf(generateLayer(app, answers).files)
      assert.equal(Object.keys(files).filter(path => path.endsWith('.test.ts')).length, 4)
      const { passes, failures } = await runJest(files)
      assert.deepEqual(failures, [])
      assert.ok(passes >= 28, `only ${passes}`)
    })
  }

  for (const name of ['notes (WatermelonDB)', 'two databases', 'tasks (Realm)'])
    it(`pass for an app in another layout: ${name}`, async () => {
      const app = styledApps.find(one => one.name.startsWith(name))
      assert.ok(app)
      const { files } = generateLayer(await app.files(), app.layers[0], app.project)
      const { passes, failures } = await runJest(layerOf(files))
      assert.deepEqual(failures, [])
      assert.ok(passes >= 28, `only ${passes}`)
    })

  it('pass in an app that is written in JavaScript', async () => {
    const app = Object.fromEntries(
      Object.entries(exampleFiles('clean')).map(([path, text]) => [path, written(path, text)]),
    )
    const versions = { '@nozbe/watermelondb': '0.28.0', 'react-native': '0.76.9' }
    const { files } = generateLayer(app, {}, { versions })
    assert.match(
      files['src/db/schema.js'] ?? '',
      /^ {2}tasks,\n {2}people,\n {2}tableSchema\(\{\n {4}name: 'sync_state',$/m,
    )
    const { passes, failures } = await runJest(layerOf(files))
    assert.deepEqual(failures, [])
    assert.ok(passes >= 28, `only ${passes}`)
  })

  it('pass however late WatermelonDB begins its next writer', async () => {
    const files = layerOf(generateLayer(watermelonNotes).files)
    const path = 'src/sync/testing/watermelon-device.ts'
    assert.ok(path in files)
    const { passes, failures } = await runJest({ ...files, [path]: `${lateTimers}${files[path]}` })
    assert.deepEqual(failures, [])
    assert.ok(passes >= 28, `only ${passes}`)
  })

  for (const [fault, app, answers, file, find, put] of [
    [
      'the key changes with each attempt',
      expoNotes,
      {},
      'core/drain.ts',
      'send(checked, inner)',
      'send({ ...checked, id: String(clock.now()) }, inner)',
    ],
    [
      'nothing is sent when the network returns',
      mmkvTasks,
      { target: 'mmkv' },
      'core/triggers.ts',
      'online ? options.onReason()',
      'online ? undefined',
    ],
    [
      'what WatermelonDB sends is not stored before',
      watermelonNotes,
      {},
      'watermelondb/sync-once.ts',
      'await attempts.write(attempt)',
      'await Promise.resolve()',
    ],
  ] as const) {
    it(`fail when ${fault}`, async () => {
      const files = layerOf(generateLayer(app, answers).files)
      const { failures } = await runJest(withFault(files, { file, find, put }))
      assert.notDeepEqual(failures, [])
    })
  }
})
