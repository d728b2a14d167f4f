// Two phones with real Realm and a real HTTP server: what must happen step by step, and that all agree in the end.
import assert from 'node:assert/strict'
import { needOracle } from '../../testkit/oracle/installed.ts'
import { loadRealmLayer, type RealmLayer } from '../../testkit/sync/realm-app.ts'
import { playScene } from '../../testkit/sync/realm-scene.ts'
import { stories } from '../../testkit/sync/realm-stories.ts'

/** OFFLINE_STORAGE_SCENES=1000 plays as many. */
const sceneCount = Number(process.env['OFFLINE_STORAGE_SCENES'] ?? 25)

describe('phones that sync over Realm', function () {
  this.timeout(20_000 + sceneCount * 3000)
  let layer: RealmLayer
  before(async function () {
    needOracle(this)
    layer = await loadRealmLayer()
  })

  for (const { name, play } of stories) it(name, () => play({ layer }))

  it(`agree after ${sceneCount} random scenes with lost answers and crashes`, async () => {
    const wrong: unknown[] = []
    for (let seed = 1; seed <= sceneCount; seed++) {
      const problems = await playScene(seed, { layer })
      if (problems.length > 0) wrong.push({ seed, problems })
    }
    assert.deepEqual(wrong, [])
  })
})
