// The tests that a layer brings along: they pass on the layer, and fail on one with a fault.
import assert from 'node:assert/strict'
import { countedJournals, opOrders } from '../../../testkit/sync/example-apps.ts'
import { generateLayer } from '../../../testkit/sync/generated-layer.ts'
import { runAppTests } from '../../../testkit/sync/run-app-tests.ts'
import { withFault } from '../../../testkit/sync/with-fault.ts'

describe('the tests of a generated layer', function () {
  this.timeout(120_000)

  for (const [conflicts, deletes] of [
    ['lww', 'deleteWins'],
    ['fieldMerge', 'editWins'],
    ['manual', 'ask'],
    ['custom', 'deleteWins'],
  ] as const) {
    it(`pass for ${conflicts} and ${deletes}`, async () => {
      const { files } = generateLayer(opOrders, { conflicts, deletes, audit: conflicts === 'lww' ? 'no' : 'yes' })
      const { passes, failures } = await runAppTests(files)
      assert.deepEqual(failures, [])
      assert.ok(passes >= 30, `only ${passes}`)
    })
  }

  it('pass for tables with numbers, and fail on a fault', async () => {
    const { files } = generateLayer(countedJournals)
    assert.deepEqual((await runAppTests(files)).failures, [])
    const fault = { file: 'core/drain.ts', find: 'alarm.set(mayServe()', put: 'alarm.set(false' }
    assert.notDeepEqual((await runAppTests(withFault(files, fault))).failures, [])
  })

  for (const [fault, file, find, put] of [
    [
      'the key changes with each attempt',
      'core/drain.ts',
      'send(checked, inner)',
      'send({ ...checked, id: String(clock.now()) }, inner)',
    ],
    [
      'nothing is sent when the network returns',
      'core/triggers.ts',
      'online ? options.onReason()',
      'online ? undefined',
    ],
    ['a hanging request holds the queue', 'core/deadline.ts', 'clock.after(timeoutMs, giveUp)', '() => undefined'],
    ['nothing is sent again after a failure', 'core/drain.ts', 'alarm.set(mayServe()', 'alarm.set(false'],
    ['the payload of an older release is sent as it is', 'entities.ts', 'known.includes(name)', 'name !== ""'],
    [
      'conflicts are taken for success',
      'core/classify-error.ts',
      "{ kind: 'conflict' }\n  return { kind: 'permanent' }",
      "{ kind: 'done' }\n  return { kind: 'permanent' }",
    ],
  ] as const) {
    it(`fail when ${fault}`, async () => {
      const { files } = generateLayer(
        { ...opOrders, 'src/database.ts': plainStyle(opOrders['src/database.ts'] ?? '') },
        {},
      )
      const { failures } = await runAppTests(withFault(files, { file, find, put }))
      assert.notDeepEqual(failures, [])
    })
  }
})

/** The style of the templates, so that a fault can be named as they are written. */
const plainStyle = (text: string): string =>
  text
    .replace(/;$/gm, '')
    .replace(/^ +/gm, lead => ' '.repeat(lead.length / 2))
    .replace(/"/g, "'")
