// Tables whose rows SQLite numbers: each device has its own numbers, and a number never stands for another record.
import assert from 'node:assert/strict'
import { needOracle } from '../../../testkit/oracle/installed.ts'
import { countedJournals } from '../../../testkit/sync/example-apps.ts'
import { generateLayer } from '../../../testkit/sync/generated-layer.ts'
import { loadGenerated } from '../../../testkit/sync/load-generated.ts'
import { liveNumbered } from '../../../testkit/sync/numbered-life.ts'
import { numberedStories } from '../../../testkit/sync/numbered-stories.ts'
import type { DeviceLayer } from '../../../testkit/sync/two-devices.ts'
import { withFault } from '../../../testkit/sync/with-fault.ts'

/** OFFLINE_STORAGE_LIVES=300 lives so many lives for each strategy and library. */
const lives = Number(process.env['OFFLINE_STORAGE_LIVES'] ?? 6)

const load = (texts: Readonly<Record<string, string>>) =>
  loadGenerated<DeviceLayer>(texts, ['create-app-sync', 'remote'])
const documentOf = (files: Readonly<Record<string, string>>) =>
  JSON.parse(files['src/sync/openapi.json'] ?? '{}') as Readonly<Record<string, unknown>>

const faults = [
  ['keeps the id of a deleted row', 'core/sqlite-ids.ts', 'row_id = OLD.', 'row_id = -OLD.'],
  ['forgets no id whose row was replaced', 'core/sqlite-ids.ts', 'row_id > ifnull(', '0 AND row_id > ifnull('],
  [
    'loses the id of a row whose number changes',
    'core/sqlite-ids.ts',
    'UPDATE sync_ids SET row_id = NEW.',
    'UPDATE sync_ids SET row_id = -NEW.',
  ],
  [
    'takes a row that is put again for a new one',
    'core/sqlite-ids.ts',
    'AND NOT EXISTS (SELECT 1',
    'AND 1 OR 0 AND NOT EXISTS (SELECT 1',
  ],
  [
    'sends the number of a parent',
    'core/sqlite-tables.ts',
    'if (parent === undefined || !numbers?.has(parent)) return quoted(name)',
    'return quoted(name)',
  ],
  [
    'writes the id of a parent for its number',
    'core/sqlite-tables.ts',
    'const values = names.map(name => bound(table, table.parents[name]))',
    "const values = names.map(() => '?')",
  ],
  ['names no parent', 'core/sqlite-tables.ts', 'await nameParents(sql, table, id)\n', ''],
  [
    'does not keep the id of a row',
    'core/sqlite-tables.ts',
    'await numbers.keep(sql, entity, id,',
    'void (sql, entity, id,',
  ],
  [
    'keeps the id apart from the row',
    'core/sqlite-tables.ts',
    'await numbers.keep(sql, entity, id,',
    "await sql.query('COMMIT', [])\n  await sql.query('BEGIN', [])\n  await numbers.keep(sql, entity, id,",
  ],
  ['sends children before their parents', 'core/sqlite-adoption.ts', 'await visit(parent)', 'void parent'],
  ['writes a child without its parent', 'core/sqlite-records.ts', '!(await hasParents(sql, table, values))', 'false'],
  ['removes a parent under its children', 'core/sqlite-records.ts', '? hasChildren(sql, ref)', '? false'],
] as const

/** The most lives that a fault may stay hidden in. */
const mostLives = 60

describe('rows with numbers', function () {
  this.timeout(400_000)
  const { files } = generateLayer(countedJournals, { conflicts: 'fieldMerge' })

  before(function () {
    needOracle(this)
  })

  for (const { name, play } of numberedStories)
    it(name, async () => {
      await play(await load(files), documentOf(files))
    })

  for (const conflicts of ['lww', 'fieldMerge', 'manual'] as const) {
    it(`are the same records everywhere after any faults and crashes (${conflicts}, ${lives} lives)`, async () => {
      const problems: string[] = []
      for (let seed = 1; seed <= lives; seed++) {
        const deletes = (['deleteWins', 'editWins', 'ask'] as const)[seed % 3]!
        const own = generateLayer(countedJournals, { conflicts, deletes }).files
        problems.push(...(await liveNumbered(await load(own), documentOf(own), seed, 'expo')))
      }
      assert.deepEqual(problems, [])
    })
  }

  for (const [name, file, find, put] of faults) {
    it(`of a layer that ${name} are found out`, async () => {
      assert.ok(await isFoundOut(withFault(files, { file, find, put })), `${mostLives} lives have not shown it`)
    })
  }
})

async function isFoundOut(files: Readonly<Record<string, string>>): Promise<boolean> {
  const layer = await load(files)
  try {
    for (const { play } of numberedStories.slice(0, -1)) await play(layer, documentOf(files))
    for (let seed = 1; seed <= mostLives; seed++)
      if ((await liveNumbered(layer, documentOf(files), seed, 'expo')).length > 0) return true
    return false
  } catch {
    // A story that goes wrong, a device that cannot end, a storage that refuses.
    return true
  }
}
