// The tests that a layer over Realm brings along for the example app: they run as they are, and see a fault.
import assert from 'node:assert/strict'
import { generateLayer } from '../../../testkit/sync/generated-layer.ts'
import { realmProject } from '../../../testkit/sync/realm-graphql-stage.ts'
import { exampleFiles } from '../../../testkit/sync/realm-upgrade-app.ts'
import { runAppTests } from '../../../testkit/sync/run-app-tests.ts'
import { withFault } from '../../../testkit/sync/with-fault.ts'

const example = exampleFiles('tasks-realm')
const manifest = JSON.parse(example['package.json'] ?? '') as { readonly devDependencies: object }
const app = {
  ...example,
  'package.json': JSON.stringify({ ...manifest, devDependencies: { ...manifest.devDependencies, mocha: '11.7.5' } }),
}

describe('the tests of a layer over Realm', function () {
  this.timeout(120_000)

  for (const [conflicts, deletes, transport] of [
    ['lww', 'deleteWins', 'rest'],
    ['fieldMerge', 'editWins', 'graphql'],
    ['manual', 'ask', 'rest'],
    ['custom', 'deleteWins', 'graphql'],
  ] as const)
    it(`pass for ${conflicts}, ${deletes} and ${transport}`, async () => {
      const { files } = generateLayer(app, { conflicts, deletes, transport }, realmProject)
      assert.match(files['offline-storage.config.json'] ?? '', /"tests": "mocha"/)
      const { passes, failures } = await runAppTests(files)
      assert.deepEqual(failures, [])
      // Three entities of another release, twenty bad days, and the others.
      assert.ok(passes >= 30, `only ${passes}`)
    })

  for (const [fault, file, find, put] of [
    [
      'the key changes with each attempt',
      'core/drain.ts',
      'send(checked, inner)',
      'send({ ...checked, id: String(clock.now()) }, inner)',
    ],
    ['the payload of an older release is sent as it is', 'entities.ts', 'known.includes(name)', "name !== ''"],
  ] as const)
    it(`fail when ${fault}`, async () => {
      const { files } = generateLayer(app, {}, realmProject)
      const { failures } = await runAppTests(withFault(files, { file, find, put }))
      assert.notDeepEqual(failures, [])
    })
})
