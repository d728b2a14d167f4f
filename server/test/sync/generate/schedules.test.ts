// The promise of generated layers under faults: no operation lost, doubled, out of order or left behind.
import assert from 'node:assert/strict'
import { needOracle } from '../../../testkit/oracle/installed.ts'
import { simulated } from '../../../testkit/sync/example-apps.ts'
import { generateLayer } from '../../../testkit/sync/generated-layer.ts'
import { type GeneratedKind, type GeneratedLayer, generatedQueue } from '../../../testkit/sync/generated-queue.ts'
import { loadGenerated } from '../../../testkit/sync/load-generated.ts'
import { runSchedule } from '../../../testkit/sync/run-schedule.ts'

/** OFFLINE_STORAGE_SCHEDULES=2000 runs as many schedules for each target. */
const scheduleCount = Number(process.env['OFFLINE_STORAGE_SCHEDULES'] ?? 100)

describe('a generated layer under random faults', function () {
  this.timeout(scheduleCount * 300)

  before(function () {
    needOracle(this)
  })

  const kinds: readonly GeneratedKind[] = ['expo-sqlite', 'op-sqlite', 'mmkv']
  for (const kind of kinds) {
    it(`for ${kind} keeps its promises in ${scheduleCount} schedules`, async () => {
      const { files } = generateLayer(simulated[kind === 'mmkv' ? 'op-sqlite' : kind], { target: kind })
      const layer = await loadGenerated<GeneratedLayer>(files, ['create-app-sync', 'core/transport-error'])
      let crashes = 0
      const failed: unknown[] = []
      for (let seed = 1; seed <= scheduleCount; seed++) {
        const result = await runSchedule(seed, generatedQueue(layer, kind))
        crashes += result.crashes
        if (result.violations.length > 0) failed.push({ seed, violations: result.violations })
      }
      assert.deepEqual(failed, [])
      assert.ok(crashes > scheduleCount / 2, `only ${crashes} crashes`)
    })
  }
})
