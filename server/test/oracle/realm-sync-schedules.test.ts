// The layer over real Realm under random faults: no operation lost, doubled, out of order or left behind, and no object
// with marks that do not fit.
import assert from 'node:assert/strict'
import { needOracle } from '../../testkit/oracle/installed.ts'
import { realmBson, withRealm } from '../../testkit/oracle/realm.ts'
import { loadRealmLayer, type RealmLayer, type WholeRealm } from '../../testkit/sync/realm-app.ts'
import { realmMutants } from '../../testkit/sync/realm-mutants.ts'
import { realmQueue, simulatedSchema, wrongMarks } from '../../testkit/sync/realm-queue.ts'
import { stories } from '../../testkit/sync/realm-stories.ts'
import { runSchedule } from '../../testkit/sync/run-schedule.ts'

/** OFFLINE_STORAGE_SCHEDULES=2000 runs as many. */
const scheduleCount = Number(process.env['OFFLINE_STORAGE_SCHEDULES'] ?? 100)
const mutantSchedules = 300

describe('the sync layer over Realm', function () {
  this.timeout(scheduleCount * 500)
  before(function () {
    needOracle(this)
  })

  it(`keeps its promises in ${scheduleCount} schedules`, async () => {
    const layer = await loadRealmLayer()
    const failed: unknown[] = []
    let crashes = 0
    let requests = 0
    for (let seed = 1; seed <= scheduleCount; seed++) {
      const result = await run(seed, layer)
      crashes += result.crashes
      requests += result.requests
      if (result.problems.length > 0) failed.push({ seed, problems: result.problems })
    }
    assert.deepEqual(failed, [])
    assert.ok(crashes > scheduleCount / 2, `only ${crashes} crashes`)
    assert.ok(requests > scheduleCount * 5, `only ${requests} requests`)
  })
})

describe('a layer over Realm is caught that', function () {
  this.timeout(60_000)
  before(function () {
    needOracle(this)
  })

  for (const { name, seenBy, replacement } of realmMutants) {
    it(name, async () => {
      const layer = await loadRealmLayer([replacement])
      assert.ok(seenBy === 'schedules' ? await failsSchedules(layer) : await failsStories(layer), 'nothing fails')
    })
  }
})

async function failsSchedules(layer: RealmLayer): Promise<boolean> {
  for (let seed = 1; seed <= mutantSchedules; seed++) if ((await run(seed, layer)).problems.length > 0) return true
  return false
}

async function failsStories(layer: RealmLayer): Promise<boolean> {
  for (const story of stories) {
    try {
      await story.play({ layer })
    } catch {
      return true
    }
  }
  return false
}

async function run(seed: number, layer: RealmLayer) {
  const bson = await realmBson()
  return withRealm(simulatedSchema, async ({ realm }) => {
    const whole = realm as WholeRealm
    const { violations, crashes, requests } = await runSchedule(seed, realmQueue(layer, whole, bson))
    return { crashes, requests, problems: [...violations.map(one => one.text), ...wrongMarks(whole)] }
  })
}
