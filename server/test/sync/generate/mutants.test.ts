// A layer with one fault in how it keeps records does not end with the same records everywhere.
import assert from 'node:assert/strict'
import { needOracle } from '../../../testkit/oracle/installed.ts'
import { crossEdits } from '../../../testkit/sync/cross-edits.ts'
import { expoNotes } from '../../../testkit/sync/example-apps.ts'
import { generateLayer } from '../../../testkit/sync/generated-layer.ts'
import { loadGenerated } from '../../../testkit/sync/load-generated.ts'
import { liveTogether } from '../../../testkit/sync/random-life.ts'
import type { DeviceLayer } from '../../../testkit/sync/two-devices.ts'

const mutants = [
  ['writes a page over unsent edits', 'sqlite-records', '(await isEdited(sql, userId, ref)) ||', ''],
  [
    'forgets what it holds back',
    'sqlite-records',
    'if (mustWait) await hold(sql, ref, remote)',
    'if (mustWait) return',
  ],
  [
    'does not send the version of an edit',
    'sqlite-edits',
    'baseVersion: await versionOf(sql, entity, id)',
    'baseVersion: null',
  ],
  [
    'leaves a discarded edit on the device',
    'sqlite-records',
    'changing(sql => hold(sql, op, null))',
    'Promise.resolve(void op)',
  ],
  ['writes a child without its parent', 'sqlite-records', '!(await hasParents(sql, table, values))', 'false'],
  ['removes a parent under its children', 'sqlite-records', '? hasChildren(sql, ref)', '? false'],
  [
    'does not write what the server made of an edit',
    'sqlite-records',
    'writeRow(sql, table, op.entityId, values)',
    'undefined',
  ],
] as const

/** The most lives that a fault may stay hidden in. */
const mostLives = 200

describe('a layer that', function () {
  this.timeout(120_000)

  before(function () {
    needOracle(this)
  })

  for (const [name, file, find, put] of mutants) {
    it(`${name} is found out`, async () => {
      const { files } = generateLayer(expoNotes, { conflicts: 'fieldMerge' })
      const path = `src/sync/core/${file}.ts`
      const text = files[path] ?? ''
      assert.ok(text.includes(find), `${file} holds no ${find}`)
      const document = JSON.parse(files['src/sync/openapi.json'] ?? '{}') as Readonly<Record<string, unknown>>
      const mutated = { ...files, [path]: text.replaceAll(find, () => put) }
      const layer = await loadGenerated<DeviceLayer>(mutated, ['create-app-sync', 'remote'])
      assert.ok(await isFoundOut(layer, document), `${mostLives} lives have not shown it`)
    })
  }
})

async function isFoundOut(layer: DeviceLayer, document: Readonly<Record<string, unknown>>): Promise<boolean> {
  if ((await crossEdits(layer, document)).length > 0) return true
  for (let seed = 1; seed <= mostLives; seed++) {
    try {
      if ((await liveTogether(layer, document, seed, 'expo')).length > 0) return true
    } catch {
      // A device that cannot end, or whose storage refuses, is found out as well.
      return true
    }
  }
  return false
}
