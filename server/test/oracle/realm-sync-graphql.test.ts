// Two phones with real Realm whose server speaks GraphQL: the generated documents over the real Apollo Client, answered by
// GraphQL Yoga from the generated schema.
import assert from 'node:assert/strict'
import { needOracle } from '../../testkit/oracle/installed.ts'
import { graphqlStage } from '../../testkit/sync/realm-graphql-stage.ts'
import { playScene, type Stage } from '../../testkit/sync/realm-scene.ts'
import { stories } from '../../testkit/sync/realm-stories.ts'

/** OFFLINE_STORAGE_SCENES=1000 plays as many. */
const sceneCount = Number(process.env['OFFLINE_STORAGE_SCENES'] ?? 20)

describe('phones that sync over Realm by GraphQL', function () {
  this.timeout(60_000 + sceneCount * 5000)
  let stage: Stage
  before(async function () {
    needOracle(this)
    stage = await graphqlStage()
  })

  for (const { name, play } of stories) it(name, () => play(stage))

  it(`agree after ${sceneCount} random scenes with lost answers and crashes`, async () => {
    const wrong: unknown[] = []
    for (let seed = 1; seed <= sceneCount; seed++) {
      const problems = await playScene(seed, stage)
      if (problems.length > 0) wrong.push({ seed, problems })
    }
    assert.deepEqual(wrong, [])
  })
})
