// What looks wrong in changes and migrations of a realm and is not: whole apps with all rules on, and not one finding.
import assert from 'node:assert/strict'
import { realm12, realmApp, realmProject } from '../../src/core/engines/realm/example-app.ts'
import type { Example } from '../../src/core/rules/rule.ts'
import { baselinesOf, findingsOf, type RunningApp, runApp } from '../../testkit/run-example.ts'

type Files = Record<string, string>

const quiet = (app: RunningApp): void =>
  assert.deepEqual(
    [...app.texts.keys()].flatMap(file =>
      app.analyzer.findings(file).map(one => `${file}: ${one.rule}: ${one.message}`),
    ),
    [],
  )

const since = (released: Files, files: Files, project: Example['project'] = realm12): RunningApp =>
  runApp(files, { released, ...(project && { project }) })

/** The app with HEAD, not a release, to compare with. */
function sinceCommit(committed: Files, files: Files): RunningApp {
  const app = runApp(files, { project: realm12 })
  const baselines = [...baselinesOf(committed, realm12)].map(
    ([name, one]) => [name, { ...one, kind: 'commit', label: 'HEAD' }] as const,
  )
  app.analyzer.setBaselines(new Map(baselines))
  return app
}

const named = { Task: "properties: { name: 'string', count: 'int?' }," }
const titled = { Task: "properties: { title: 'string', count: 'int' }," }
const released = realmApp({ classes: named })
const copy = `if (oldRealm.schemaVersion < 2) {
    const olds = oldRealm.objects<any>('Task')
    const news = newRealm.objects<any>('Task')
    for (let i = 0; i < olds.length; i++) {
      news[i].title = olds[i].name
      news[i].count = olds[i].count ?? 0
    }
  }`

describe('what must not be reported: migrations of Realm', () => {
  it('the same schema, an empty migration at the first version', () => {
    quiet(since(released, released))
    quiet(
      since(
        realmApp({ classes: named, config: 'onMigration: () => {},' }),
        realmApp({ classes: named, config: 'onMigration: () => {},' }),
      ),
    )
  })

  it('`migration` of realm 10', () => {
    const migration = `migration: (oldRealm, newRealm) => {\n  ${copy}\n},`
    quiet(since(released, realmApp({ classes: titled, version: 2, config: migration }), realmProject('10.24.0')))
  })

  it('a migration in another module, through helpers', () => {
    const files = realmApp({
      classes: titled,
      files: {
        'src/db/realm.ts': `import Realm from 'realm'
import { migrate } from './migrate'
import { TaskSchema } from './schema'

export const openRealm = () => Realm.open({ schema: [TaskSchema], schemaVersion: 2, onMigration: migrate })
`,
        'src/db/migrate.ts': `import type Realm from 'realm'
import { toSecond } from './steps'

export function migrate(oldRealm: Realm, newRealm: Realm) {
  if (oldRealm.schemaVersion < 2) toSecond(oldRealm, newRealm)
}
`,
        'src/db/steps.ts': `import type Realm from 'realm'

export const toSecond = (oldRealm: Realm, newRealm: Realm) => {
  const olds = oldRealm.objects<any>('Task')
  newRealm.objects<any>('Task').forEach((task, i) => {
    task.title = olds[i].name
    task.count = olds[i].count ?? 0
  })
}
`,
      },
    })
    quiet(since(released, files))
  })

  it('migrations that cannot be followed', () => {
    quiet(
      since(
        released,
        realmApp({
          classes: titled,
          version: 2,
          config: 'onMigration: migrate,',
          files: {
            'src/db/realm.ts': `import { migrate } from '@acme/migrations'
import Realm from 'realm'
import { TaskSchema } from './schema'

export const openRealm = () => Realm.open({ schema: [TaskSchema], schemaVersion: 2, onMigration: migrate })
`,
          },
        }),
      ),
    )
    const computed = `onMigration: (oldRealm, newRealm) => {
  for (const { name } of oldRealm.schema) copyAll(name, oldRealm, newRealm)
},`
    quiet(since(released, realmApp({ classes: titled, version: 2, config: computed })))
  })

  it('realms that are not migrated: synced, in memory, wiped, read only', () => {
    const synced = `import Realm from 'realm'
import { TaskSchema } from './schema'

export const openRealm = () => Realm.open({ schema: [TaskSchema], schemaVersion: 1, OPTION })
`
    for (const option of ['inMemory: true', 'deleteRealmIfMigrationNeeded: wipes()', 'readOnly: true', '...more()']) {
      const files = realmApp({ classes: titled, files: { 'src/db/realm.ts': synced.replace('OPTION', option) } })
      const app = since(released, files)
      assert.deepEqual(findingsOf(app, 'realm/schema-changed-without-bump'), [], option)
      assert.deepEqual(findingsOf(app, 'realm/renamed-property-loses-data'), [], option)
    }
  })

  it('classes and schema lists that are not known completely', () => {
    const open = realmApp({ classes: { Task: "properties: { ...shared, title: 'string' }," } })
    assert.deepEqual(findingsOf(since(released, open), 'realm/schema-changed-without-bump'), [])
    const list = realmApp({
      classes: { Other: "properties: { name: 'string', count: 'int?' }," },
      files: {
        'src/db/realm.ts': `import Realm from 'realm'
import { more } from '@acme/schemas'
import { OtherSchema } from './schema'

export const openRealm = () => Realm.open({ schema: [OtherSchema, ...more], schemaVersion: 1 })
`,
      },
    })
    quiet(since(released, list))
  })

  it('another order, other indexes, links seen from the other side, JavaScript names, counters, one more class', () => {
    const before = {
      Task: "properties: { name: { type: 'string', indexed: true }, count: 'int', owner: 'User' },",
      User: "primaryKey: 'id',\nproperties: { id: 'string' },",
    }
    const now = {
      Label: "properties: { text: 'string' },",
      User: "primaryKey: 'id',\nproperties: { tasks: { type: 'linkingObjects', objectType: 'Task', property: 'owner' }, id: 'string' },",
      Task: "properties: { owner: 'User?', count: 'counter', title: { type: 'string', mapTo: 'name' } },",
    }
    quiet(since(realmApp({ classes: before }), realmApp({ classes: now })))
  })

  it('a version that went down again and was never released', () => {
    quiet(sinceCommit(realmApp({ version: 5 }), realmApp({ version: 4 })))
  })

  it('steps for older versions, which say nothing of the newest one', () => {
    const old = { Task: "properties: { title: 'string', count: 'int' }," }
    const config = `onMigration: (oldRealm, newRealm) => {\n  ${copy}\n},`
    quiet(since(realmApp({ classes: old, version: 2, config }), realmApp({ classes: old, version: 3, config })))
  })

  it('a configuration that an opening and a context share', () => {
    const files = {
      'src/App.tsx': `import { createRealmContext } from '@realm/react'
import { config } from './db/realm'

export const { RealmProvider, useRealm } = createRealmContext(config)
export const App = () => <RealmProvider>{null}</RealmProvider>
`,
    }
    const config = `onMigration: (oldRealm, newRealm) => {\n  ${copy}\n},`
    quiet(since(realmApp({ classes: named, files }), realmApp({ classes: titled, version: 2, config, files })))
  })

  it('a class that was copied and deleted', () => {
    const before = { Task: "properties: { title: 'string', done: 'bool', due: 'date' }," }
    const now = { Todo: before.Task }
    const config = `onMigration: (oldRealm, newRealm) => {
  if (oldRealm.schemaVersion < 2) {
    for (const { title, done, due } of oldRealm.objects<any>('Task')) newRealm.create('Todo', { title, done, due })
    newRealm.deleteModel('Task')
  }
},`
    quiet(since(realmApp({ classes: before }), realmApp({ classes: now, version: 2, config })))
  })
})
