// The tables of a sync layer in the app's own schema, migrations and list of models.
import assert from 'node:assert/strict'
import { ownTables } from '../../../src/core/sync/generate/watermelondb/own-tables.ts'
import { needOracle } from '../../../testkit/oracle/installed.ts'
import { typeErrors } from '../../../testkit/sync/compile-app.ts'
import { generateLayer } from '../../../testkit/sync/generated-layer.ts'
import { loadWatermelonLayer } from '../../../testkit/sync/watermelondb/layer.ts'

const app = (tables: string, migrations: string, models: string) => ({
  'package.json': JSON.stringify({ dependencies: { '@nozbe/watermelondb': '0.28.0', zod: '4.0.0' } }),
  'src/schema.ts': `import { appSchema, tableSchema } from '@nozbe/watermelondb'

export const schema = appSchema({
  version: 3,
  tables: ${tables},
})
`,
  'src/models.ts': `import { Model } from '@nozbe/watermelondb'

export class Task extends Model {
  static table = 'tasks'
}
`,
  'src/database.ts': `import { Database } from '@nozbe/watermelondb'
import SQLiteAdapter from '@nozbe/watermelondb/adapters/sqlite'
import { schemaMigrations } from '@nozbe/watermelondb/Schema/migrations'
import { Task } from './models'
import { schema } from './schema'

export const migrations = schemaMigrations({ migrations: ${migrations} })
export const database = new Database({
  adapter: new SQLiteAdapter({ dbName: 'app', schema, migrations }),
  modelClasses: ${models},
})
`,
})
const tasks = "[tableSchema({ name: 'tasks', columns: [{ name: 'title', type: 'string' }] })]"
const plain = app(tasks, '[{ toVersion: 3, steps: [] }, { toVersion: 2, steps: [] }]', '[Task]')
const asking = { conflicts: 'manual', deletes: 'ask', audit: 'yes' } as const

describe('the tables of a sync layer for WatermelonDB', function () {
  this.timeout(60_000)

  it('come into the schema, a migration and the list of models', () => {
    const { files, message } = generateLayer(plain, asking)
    const { 'src/schema.ts': schema = '', 'src/database.ts': database = '' } = files
    assert.match(schema, /version: 4,/)
    for (const name of ['sync_state', 'sync_conflicts', 'sync_audit']) {
      assert.match(schema, new RegExp(`tableSchema\\(\\{\\s+name: '${name}'`))
      assert.match(database, new RegExp(`createTable\\(\\{\\s+name: '${name}'`))
    }
    assert.match(database, /toVersion: 4/)
    assert.match(database, /modelClasses: \[Task, SyncState, SyncConflict, SyncAudit\]/)
    assert.match(
      database,
      /import \{ SyncAudit, SyncConflict, SyncState \} from '\.\/sync\/watermelondb\/sync-tables'|import \{ SyncState, SyncConflict, SyncAudit \} from '\.\/sync\/watermelondb\/sync-tables'/,
    )
    assert.match(files['src/sync/create-app-sync.ts'] ?? '', /migrationsEnabledAtVersion: 4,/)
    assert.match(message, /migration to version 4/)
  })

  it('leave an app that compiles', function () {
    needOracle(this)
    assert.deepEqual(typeErrors(generateLayer(plain, asking).files), [])
  })

  it('come once, and only those that are wanted', () => {
    const once = generateLayer(plain, { conflicts: 'lww', audit: 'no' })
    assert.doesNotMatch(once.files['src/schema.ts'] ?? '', /sync_conflicts|sync_audit/)
    assert.deepEqual(generateLayer(once.files, { plan: 'src/sync' }).written, [])
  })

  it('are never synced', () => {
    const { files } = generateLayer(plain, asking)
    assert.doesNotMatch(files['src/sync/tables.ts'] ?? '', /sync_/)
  })

  for (const [name, spoiled] of [
    [
      'a version that cannot be read',
      { ...plain, 'src/schema.ts': plain['src/schema.ts'].replace('version: 3', 'version: Number(process.env.V)') },
    ],
    ['the list of models', app(tasks, '[{ toVersion: 3, steps: [] }]', 'allModels()')],
    [
      'a table of the same name',
      app(
        `[${tasks.slice(1, -1)}, tableSchema({ name: 'sync_state', columns: [{ name: 'mine', type: 'string' }] })]`,
        '[{ toVersion: 3, steps: [] }]',
        '[Task]',
      ),
    ],
  ] as const)
    it(`are left to the person, who is told, because of ${name}`, () => {
      const generated = generateLayer(spoiled, asking)
      assert.equal(generated.files['src/schema.ts'], spoiled['src/schema.ts'])
      assert.equal(generated.files['src/database.ts'], spoiled['src/database.ts'])
      assert.match(generated.message, /What it needs is written at the head/)
    })

  it('have the same columns in the layer', async function () {
    needOracle(this)
    const layer = (await loadWatermelonLayer()) as unknown as Record<string, { columnArray: object[] }>
    for (const table of ownTables({ ...asking, audit: true } as never)) {
      const wanted = table.columns.map(({ name, type, optional, indexed }) => ({
        name,
        type,
        ...(optional && { isOptional: true }),
        ...(indexed && { isIndexed: true }),
      }))
      assert.deepEqual(layer[table.schema]?.columnArray, wanted, table.name)
    }
  })
})
