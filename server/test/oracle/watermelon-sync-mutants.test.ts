// The worth of the stories: a layer with one fault put in must be caught.
import assert from 'node:assert/strict'
import { needOracle } from '../../testkit/oracle/installed.ts'
import { passes } from '../../testkit/sync/watermelondb/cases.ts'
import type { RunningServer } from '../../testkit/sync/watermelondb/http-servers.ts'
import { loadWatermelonLayer } from '../../testkit/sync/watermelondb/layer.ts'
import { caseMutants, mutants } from '../../testkit/sync/watermelondb/mutants.ts'
import { removeFiles } from '../../testkit/sync/watermelondb/phone.ts'
import { runStory } from '../../testkit/sync/watermelondb/run-schedule.ts'
import { startBackend, storyOptions } from '../../testkit/sync/watermelondb/transports.ts'

/** The rarest fault shows in one of 45 stories; most are seen in the first five. */
const storyCount = 150

describe('the stories catch a WatermelonDB layer that', function () {
  this.timeout(300_000)
  let server: RunningServer | undefined
  before(async function () {
    needOracle(this)
    server = await startBackend('rest')
  })
  after(() => server?.close())
  afterEach(removeFiles)

  for (const { name, replacements } of mutants) {
    it(name, async () => {
      assert.ok(server)
      const options = storyOptions('rest', await loadWatermelonLayer(replacements), server)
      let caught = 0
      for (let seed = 1; seed <= storyCount && caught === 0; seed++)
        caught += (await runStory(seed, options)).violations.length
      assert.ok(caught > 0, `no violation in ${storyCount} stories`)
    })
  }

  for (const { name, replacements, shownBy } of caseMutants) {
    it(`${name}: it does not pass "${shownBy}"`, async () => {
      assert.ok(server)
      assert.equal(await passes(shownBy, await loadWatermelonLayer(), server), true)
      assert.equal(await passes(shownBy, await loadWatermelonLayer(replacements), server), false)
    })
  }
})
