// Rows that the server was never told of: they are sent, whatever happens meanwhile, and a layer that does it wrongly is found out.
import assert from 'node:assert/strict'
import { needOracle } from '../../../testkit/oracle/installed.ts'
import { adoptionStories } from '../../../testkit/sync/adoption-stories.ts'
import { expoNotes } from '../../../testkit/sync/example-apps.ts'
import { generateLayer } from '../../../testkit/sync/generated-layer.ts'
import { loadGenerated } from '../../../testkit/sync/load-generated.ts'
import type { DeviceLayer } from '../../../testkit/sync/two-devices.ts'
import { withFault } from '../../../testkit/sync/with-fault.ts'

const { files } = generateLayer(expoNotes, { conflicts: 'fieldMerge' })
const document = JSON.parse(files['src/sync/openapi.json'] ?? '{}') as Readonly<Record<string, unknown>>
const load = (texts: Readonly<Record<string, string>>) =>
  loadGenerated<DeviceLayer>(texts, ['create-app-sync', 'remote'])

const faults = [
  [
    'sends rows before all was pulled',
    'core/adopting-transport.ts',
    'await pull(signal)\n',
    'await adoption.adoptAll()\n      await pull(signal)\n',
  ],
  ['keeps the rows to itself', 'core/adopting-transport.ts', 'await adoption.adoptAll()', 'await undefined'],
  ['sends children before their parents', 'core/sqlite-adoption.ts', 'await visit(parent)', 'void parent'],
  [
    'sends a row again although it is on its way',
    'core/sqlite-adoption.ts',
    'UNION ALL SELECT 1 FROM outbox WHERE entity = ?',
    "UNION ALL SELECT 1 FROM outbox WHERE state = 'never' AND entity = ?",
  ],
  [
    'sends a row again although the server has it',
    'core/sqlite-adoption.ts',
    'SELECT 1 FROM sync_records WHERE entity = ?',
    "SELECT 1 FROM sync_records WHERE version = 'never' AND entity = ?",
  ],
  [
    'sends an edit of what the server does not know',
    'core/sqlite-edits.ts',
    'if (!isKnown) return createsOf(sql, tables, [edit])',
    '',
  ],
  [
    'sends a record without the parent that nobody knows',
    'core/sqlite-edits.ts',
    'return [...(await createsOf(sql, tables, dependsOn)), { ...about, payload',
    'return [{ ...about, payload',
  ],
  ['tells of a row that nobody knew', 'core/sqlite-edits.ts', 'return isKnown ? [about] : []', 'return [about]'],
] as const

describe('rows that the server was never told of', function () {
  this.timeout(240_000)

  before(function () {
    needOracle(this)
  })

  for (const { name, play } of adoptionStories)
    it(name, async () => {
      await play(await load(files), document)
    })

  for (const [name, file, find, put] of faults) {
    it(`a layer that ${name} is found out`, async () => {
      const layer = await load(withFault(files, { file, find, put }))
      await assert.rejects(async () => {
        for (const { play } of adoptionStories) await play(layer, document)
      })
    })
  }
})
