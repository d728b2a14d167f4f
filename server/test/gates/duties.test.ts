// Which gates concern the stores of each engine, and the marks of generated tests.
import assert from 'node:assert/strict'
import { realm12, realmApp } from '../../src/core/engines/realm/example-app.ts'
import { expoSqlite, sqliteApp } from '../../src/core/engines/sqlite/example-app.ts'
import { exampleApp } from '../../src/core/engines/watermelondb/example-app.ts'
import { readMarks } from '../../src/core/gates/read-marks.ts'
import { runApp } from '../../testkit/run-example.ts'
import { expoNotes, opOrders } from '../../testkit/sync/example-apps.ts'
import { generateLayer } from '../../testkit/sync/generated-layer.ts'
import type { ProjectOptions } from '../../testkit/workspace-of.ts'

/** What calls for tests of the only store of an app. */
function duties(files: Readonly<Record<string, string>>, project?: ProjectOptions) {
  const { analyzer } = runApp(files, { rules: [], ...(project && { project }) })
  const [store, ...others] = analyzer.stores()
  assert.ok(store && others.length === 0)
  const { isVersioned, isSynced } = analyzer.settled(() => analyzer.duties(store))
  return [isVersioned, isSynced]
}

const sync = (database: string) => `import { synchronize } from '@nozbe/watermelondb/sync'
${database}
export const sync = () => synchronize({ database, pullChanges: pull, pushChanges: push })
`

describe('what calls for tests', () => {
  it('is a schema with versions, and synchronize(), in WatermelonDB', () => {
    const synced = sync("import { database } from './db'")
    assert.deepEqual(duties(exampleApp({})), [false, false])
    assert.deepEqual(duties(exampleApp({ version: 2 })), [true, false])
    assert.deepEqual(duties(exampleApp({ version: 2, files: { 'src/sync.js': synced } })), [true, true])
    assert.deepEqual(duties(exampleApp({ version: 2, files: { 'src/__tests__/sync.test.js': synced } })), [true, false])
    // A database that is handed in is the only one that there is.
    assert.deepEqual(duties(exampleApp({ version: 2, files: { 'src/sync.js': sync('let database') } })), [true, true])
  })

  it('is a realm that is kept on disk', () => {
    assert.deepEqual(duties(realmApp({}), realm12), [true, false])
    assert.deepEqual(duties(realmApp({ version: null }), realm12), [true, false])
    assert.deepEqual(duties(realmApp({ config: 'inMemory: true,' }), realm12), [false, false])
  })

  it('is a ladder of versions in SQLite', () => {
    assert.deepEqual(duties(sqliteApp({}), expoSqlite), [false, false])
    const ladder = `export async function migrate() {
  const { user_version: version } = await db.getFirstAsync('PRAGMA user_version')
  if (version < 1) {
    await db.execAsync('CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TEXT)')
    await db.execAsync('PRAGMA user_version = 1')
  }
}
`
    const files = { 'src/migrate.ts': `import { db } from './db'\n\n${ladder}` }
    assert.deepEqual(duties(sqliteApp({ schema: null, files }), expoSqlite), [true, false])
  })

  it('is nothing of an instance of MMKV', () => {
    const files = {
      'src/a.ts': "import { createMMKV } from 'react-native-mmkv'\nexport const storage = createMMKV()\n",
    }
    assert.deepEqual(duties(files, { versions: { 'react-native-mmkv': '4.0.0' } }), [false, false])
  })
})

describe('the tests of a generated layer', () => {
  for (const [name, app, store, others] of [
    ['expo-sqlite', expoNotes, 'notes', { 'migration.test.ts': 'migrations' }],
    ['op-sqlite', opOrders, 'orders', { 'migration.test.ts': 'migrations' }],
    [
      'WatermelonDB',
      exampleApp({ version: 2, migrations: '{ toVersion: 2, steps: [] },' }),
      'watermelon',
      { 'migration.test.ts': 'integrity', 'src/db/migrations.test.ts': 'migrations' },
    ],
  ] as const) {
    it(`say which gates they are for (${name})`, () => {
      const { files } = generateLayer(app)
      const marks = Object.entries(files)
        .filter(([path]) => path.endsWith('.test.ts'))
        .map(([path, text]) => [path.replace('src/sync/testing/', ''), readMarks(`/app/${path}`, text)])
      const one = (gate: string) => ({ marks: [{ gates: [gate], store }], problems: [] })
      assert.deepEqual(Object.fromEntries(marks), {
        'conflict.test.ts': one('conflicts'),
        'integrity.test.ts': one('integrity'),
        'offline.test.ts': one('offline'),
        ...Object.fromEntries(Object.entries(others).map(([path, gate]) => [path, one(gate)])),
      })
    })
  }
})
