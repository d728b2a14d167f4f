// The layer's promise under faults: no operation lost, doubled, out of order or left behind, over each of its stores.
import assert from 'node:assert/strict'
import type { Violation } from '../../../templates/queue-testing/verdict.ts'
import { needOracle } from '../../../testkit/oracle/installed.ts'
import { layerQueue, type StoreKind, storeKinds } from '../../../testkit/sync/layer-queue.ts'
import { loadLayer } from '../../../testkit/sync/load-layer.ts'
import { naiveQueue } from '../../../testkit/sync/naive-queue.ts'
import { type QueueFactory, runSchedule } from '../../../testkit/sync/run-schedule.ts'

/** OFFLINE_STORAGE_SCHEDULES=2000 runs as many schedules for each store. */
const scheduleCount = Number(process.env['OFFLINE_STORAGE_SCHEDULES'] ?? 300)

describe('a queue under random faults', function () {
  this.timeout(scheduleCount * 200)

  for (const kind of storeKinds) {
    describe(`the layer over ${kind}`, () => {
      before(function () {
        if (needsSqlite(kind)) needOracle(this)
      })

      it(`keeps its promises in ${scheduleCount} schedules`, async () => {
        const { failed, crashes, requests } = await runAll(layerQueue(await loadLayer(), kind), scheduleCount)
        assert.deepEqual(failed, [])
        assert.ok(crashes > scheduleCount / 2, `only ${crashes} crashes`)
        assert.ok(requests > scheduleCount * 5, `only ${requests} requests`)
      })
    })
  }

  for (const loadsAndKicks of [false, true]) {
    it(`shows the faults of the copied queue${loadsAndKicks ? ' that also loads and starts' : ' as written'}`, async () => {
      const { failed } = await runAll(naiveQueue({ loadsAndKicks }), 300)
      console.log(`      ${failed.length} of 300 schedules broken: ${countsOf(failed.flatMap(one => one.violations))}`)
      assert.ok(failed.length >= 295, `only ${failed.length} of 300`)
    })
  }

  it('plays a schedule again from its seed', async () => {
    const first = await runSchedule(7, naiveQueue({ loadsAndKicks: true }))
    const second = await runSchedule(7, naiveQueue({ loadsAndKicks: true }))
    assert.notEqual(first.violations.length, 0)
    assert.deepEqual(second, first)
  })
})

interface Failed {
  readonly seed: number
  readonly violations: readonly Violation[]
}

async function runAll(factory: QueueFactory, count: number) {
  const failed: Failed[] = []
  let crashes = 0
  let requests = 0
  for (let seed = 1; seed <= count; seed++) {
    const result = await runSchedule(seed, factory)
    crashes += result.crashes
    requests += result.requests
    if (result.violations.length > 0) failed.push({ seed, violations: result.violations })
  }
  return { failed, crashes, requests }
}

function countsOf(violations: readonly Violation[]): string {
  const counts = new Map<string, number>()
  for (const { kind } of violations) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return [...counts].map(([kind, count]) => `${count} ${kind}`).join(', ')
}

function needsSqlite(kind: StoreKind): boolean {
  return kind.endsWith('sqlite')
}
