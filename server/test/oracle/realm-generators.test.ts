// What "Add Property" and "Create Object Schema" write is opened by the real core, on phones that have data already.
import assert from 'node:assert/strict'
import { transform } from 'esbuild'
import type { Generated } from '../../src/core/engines/contract.ts'
import { realm12 } from '../../src/core/engines/realm/example-app.ts'
import type { RealmStore } from '../../src/core/engines/realm/types.ts'
import { fieldTypes } from '../../src/core/engines/realm/vocabulary.ts'
import { needOracle } from '../../testkit/oracle/installed.ts'
import {
  appWith,
  type UpgradeSchema,
  upgradeApp,
  upgraded,
  upgradeFile,
  versionIn,
} from '../../testkit/oracle/realm-upgrade.ts'
import { applyFix, type RunningApp, runApp } from '../../testkit/run-example.ts'

type Files = Readonly<Record<string, string>>

const released: UpgradeSchema = [
  { name: 'A', primaryKey: 'id', properties: { id: 'int', b: 'B' } },
  { name: 'B', properties: { x: 'string?' } },
]
const rows = [
  ['A', { id: 1, b: { x: 'one' } }],
  ['A', { id: 2, b: null }],
] as const
const storeOf = ({ analyzer }: RunningApp) => analyzer.stores()[0] as RealmStore

const written = (app: RunningApp, made: Generated): Files => {
  assert.ok('edits' in made, JSON.stringify(made))
  return applyFix(app, { title: made.message, safe: false, edits: made.edits })
}

/** The schema in the text of an app, run. */
async function schemaIn(files: Files): Promise<UpgradeSchema> {
  const app = runApp(files, { rules: [], project: realm12 })
  const { start, end } = storeOf(app).schemaValue!.value.at
  const text = files[upgradeFile]!.slice(start, end)
  const { code } = await transform(`export default ${text}`, { loader: 'ts', format: 'esm' })
  const module = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as {
    readonly default: UpgradeSchema
  }
  return module.default
}

describe('oracle: what the palette commands write for Realm', function () {
  this.timeout(60_000)
  before(function () {
    needOracle(this)
  })

  it('adds properties of every type that is offered, with the version that they need', async () => {
    const types = fieldTypes(storeOf(appWith(released, upgradeApp(released, 1)))).map(one => one.text)
    assert.ok(types.length > 15)
    // This build of the core cannot hand out a UUID of zeros.
    for (const type of [...types, 'int?[]', 'string<>', 'mixed{}', 'B{}'])
      for (const optional of type === 'uuid' ? [true] : [false, true]) {
        const app = appWith(released, upgradeApp(released, 1))
        const wish = { name: 'extra', type, optional, indexed: ['int', 'string', 'uuid'].includes(type) }
        const files = written(
          app,
          app.analyzer.generators(storeOf(app)).addField!(storeOf(app), 'A', wish, app.context),
        )
        const now = await schemaIn(files)
        assert.equal(versionIn(files), 2, type)
        const same = await upgraded(released, now, rows, 1, undefined)
        assert.match(same.ok ? 'opened' : same.message, /extra' has been added/, type)
        const answer = await upgraded(released, now, rows, 2, undefined)
        assert.ok(answer.ok, `${type}: ${answer.ok ? '' : answer.message}`)
        assert.deepEqual(
          answer.value['A']?.map(row => row['id']),
          [1, 2],
          type,
        )
      }
  })

  it('adds object schemas without another version', async () => {
    const app = appWith(released, upgradeApp(released, 1))
    const files = written(app, app.analyzer.generators(storeOf(app)).createEntity!(storeOf(app), 'C', app.context))
    assert.equal(versionIn(files), 1)
    const answer = await upgraded(released, await schemaIn(files), rows, 1, undefined)
    assert.ok(answer.ok, answer.ok ? '' : answer.message)
    assert.deepEqual([answer.value['A']?.length, answer.value['C']], [2, []])
  })
})
