// The simulator's worth: a layer with one fault put in must be caught.
import assert from 'node:assert/strict'
import { needOracle } from '../../../testkit/oracle/installed.ts'
import { layerQueue } from '../../../testkit/sync/layer-queue.ts'
import { loadLayer } from '../../../testkit/sync/load-layer.ts'
import { mutants } from '../../../testkit/sync/mutants.ts'
import { runSchedule } from '../../../testkit/sync/run-schedule.ts'

/** The rarest fault shows in one of 150 schedules; most are seen in the first five. */
const scheduleCount = 600

describe('the simulator catches a sync layer that', function () {
  this.timeout(60_000)

  for (const { name, store, replacements } of mutants) {
    it(name, async function () {
      if (store.endsWith('sqlite')) needOracle(this)
      const factory = layerQueue(await loadLayer(replacements), store)
      assert.ok(await isCaught(factory), `no violation in ${scheduleCount} schedules`)
    })
  }
})

async function isCaught(factory: ReturnType<typeof layerQueue>): Promise<boolean> {
  for (let seed = 1; seed <= scheduleCount; seed++) {
    if ((await runSchedule(seed, factory)).violations.length > 0) return true
  }
  return false
}
