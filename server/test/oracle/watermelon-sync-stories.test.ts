// The layer for WatermelonDB under faults: two devices with the real package on SQLite files, a real server on loopback.
import assert from 'node:assert/strict'
import { needOracle } from '../../testkit/oracle/installed.ts'
import type { RunningServer } from '../../testkit/sync/watermelondb/http-servers.ts'
import { loadWatermelonLayer } from '../../testkit/sync/watermelondb/layer.ts'
import { runStory } from '../../testkit/sync/watermelondb/run-schedule.ts'
import { startBackend, storyOptions, transportKinds } from '../../testkit/sync/watermelondb/transports.ts'

/** OFFLINE_STORAGE_SCHEDULES=2000 runs as many stories for each transport. */
const storyCount = Number(process.env['OFFLINE_STORAGE_SCHEDULES'] ?? 100)

describe('the WatermelonDB layer under random faults', function () {
  this.timeout(Math.max(120_000, storyCount * 3000))
  let server: RunningServer | undefined
  before(function () {
    needOracle(this)
  })
  afterEach(() => server?.close())

  for (const kind of transportKinds) {
    it(`loses nothing, doubles nothing and converges in ${storyCount} stories over ${kind}`, async () => {
      server = await startBackend(kind)
      const options = storyOptions(kind, await loadWatermelonLayer(), server)
      const failed: object[] = []
      const sums = { crashes: 0, edits: 0, pushes: 0, conflicts: 0 }
      for (let seed = 1; seed <= storyCount; seed++) {
        const { violations, ...counts } = await runStory(seed, options)
        if (violations.length > 0) failed.push({ seed, violations })
        for (const name of ['crashes', 'edits', 'pushes', 'conflicts'] as const) sums[name] += counts[name]
      }
      assert.deepEqual(failed, [])
      console.log(
        `      ${Object.entries(sums)
          .map(([name, count]) => `${count} ${name}`)
          .join(', ')}`,
      )
      assert.ok(sums.crashes > storyCount, 'too few crashes')
      assert.ok(sums.pushes > storyCount * 3, 'too few pushes')
      assert.ok(sums.conflicts > storyCount / 10, 'too few conflicts')
    })

    it(`tells the same story again from its seed over ${kind}`, async () => {
      server = await startBackend(kind)
      const options = storyOptions(kind, await loadWatermelonLayer(), server)
      assert.deepEqual(await runStory(9, options), await runStory(9, options))
    })
  }
})
