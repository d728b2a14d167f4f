// What looks wrong in configurations and around Device Sync and is not: whole apps with all rules on, and not one finding.
import assert from 'node:assert/strict'
import { realm12, realmApp, realmProject } from '../../src/core/engines/realm/example-app.ts'
import type { Example } from '../../src/core/rules/rule.ts'
import { findingsOf, type RunningApp, runApp } from '../../testkit/run-example.ts'

type Files = Record<string, string>

const run = (files: Files, project: Example['project'] = realm12): RunningApp =>
  runApp(files, project ? { project } : {})

const quiet = (files: Files, project?: Example['project']): void => {
  const app = run(files, project)
  assert.ok(app.analyzer.stores().length > 0, 'no realm is seen')
  assert.deepEqual(
    [...app.texts.keys()].flatMap(file =>
      app.analyzer.findings(file).map(one => `${file}: ${one.rule}: ${one.message}`),
    ),
    [],
  )
}

const schema = { 'src/db/schema.js': `export const Task = { name: 'Task', properties: { title: 'string' } }\n` }
const react20 = realmProject('20.2.0', '0.20.0')

describe('Realm: traps of configurations', () => {
  it('realm 10 migrates by "migration", and has plain classes', () =>
    quiet(
      {
        'src/db/realm.js': `import Realm from 'realm'

class Task {
  static schema = { name: 'Task', properties: { title: 'string', image: { type: 'Task?' } } }
}

function getRealm() {
  return new Realm({
    schema: [Task],
    schemaVersion: 6,
    migration: (oldRealm, newRealm) => {},
    shouldCompactOnLaunch: () => false,
  })
}
export default getRealm()
`,
      },
      realmProject('10.2.0'),
    ))

  it('an empty migration at version 1, and one that is kept in another module', () => {
    quiet(realmApp({ config: 'onMigration: () => {},' }))
    quiet({
      ...schema,
      'src/db/migrate.js': `export const migrate = (oldRealm, newRealm) => {
  if (oldRealm.schemaVersion < 2) newRealm.deleteModel('Old')
}
`,
      'src/db/realm.js': `import Realm from 'realm'
import { Task } from './schema'
import { migrate } from './migrate'

export const open = () => Realm.open({ schema: [Task], schemaVersion: 2, onMigration: migrate })
`,
    })
  })

  it('one configuration for the context, for an opening beside it, and for what removes the file', () => {
    quiet({
      ...schema,
      'src/db/realm.jsx': `import Realm from 'realm'
import { createRealmContext } from '@realm/react'
import { Task } from './schema'

const config = { schema: [Task], schemaVersion: 10, onMigration: (oldRealm, newRealm) => newRealm.deleteModel('Old') }
export const { RealmProvider, useRealm } = createRealmContext(config)
export const openRealm = async () => Realm.open(config)
export const wipe = () => Realm.deleteFile(config)
export const App = () => <RealmProvider>{null}</RealmProvider>
`,
    })
  })

  it('a provider over its context, and two contexts side by side', () =>
    quiet(
      {
        ...schema,
        'src/App.tsx': `import { createRealmContext } from '@realm/react'
import { Task } from './db/schema'

const migrate = (oldRealm: Realm, newRealm: Realm) => newRealm.deleteModel('Old')
const One = createRealmContext({ schema: [Task], path: 'one.realm' })
const Two = createRealmContext({ schema: [Task], path: 'two.realm', schemaVersion: 4 })
export const App = () => (
  <One.RealmProvider schemaVersion={3} onMigration={migrate} fallback={() => null} closeOnUnmount={false}>
    <Two.RealmProvider schemaVersion={5}>{null}</Two.RealmProvider>
  </One.RealmProvider>
)
`,
      },
      react20,
    ))

  it('openings whose path, key or version only running tells', () =>
    quiet({
      ...schema,
      'src/db/realm.ts': `import Realm from 'realm'
import { Platform } from 'react-native'
import { keyFor, options, version } from './environment'
import { Task } from './schema'

const schema = [Task]
const isTest = Platform.OS === 'web'
export const forUser = (user: string) => Realm.open({ schema, path: user + '.realm', schemaVersion: version })
export const forGuest = () => Realm.open({ schema, path: 'guest.realm', schemaVersion: 4, encryptionKey: keyFor('guest') })
export const forAll = () => Realm.open({ schema, schemaVersion: isTest ? 1 : 2, ...options })
export const again = () => Realm.open({ schema, schemaVersion: 7, ...options })
`,
    }))

  it('one or the other: two openings in branches, and as a last resort', () =>
    quiet({
      ...schema,
      'src/db/realm.js': `import Realm from 'realm'
import { Task } from './schema'
import { key } from './environment'

let realm
export function open(isSecret) {
  if (isSecret) realm = new Realm({ schema: [Task], schemaVersion: 2, encryptionKey: key })
  else realm = new Realm({ schema: [Task], schemaVersion: 2 })
  return realm
}
export async function openSafely() {
  try {
    return await Realm.open({ path: 'safe.realm', schema: [Task], schemaVersion: 2, onMigration: renumber })
  } catch (error) {
    return Realm.open({ path: 'safe.realm', schema: [Task], schemaVersion: 2, deleteRealmIfMigrationNeeded: true })
  }
}
function renumber(oldRealm, newRealm) {
  newRealm.deleteModel('Old')
}
`,
    }))

  it('one version after the other, each closed again, as the documentation shows it', () =>
    quiet({
      ...schema,
      'src/db/realm.js': `import Realm from 'realm'
import { Task } from './schema'

const schemas = [
  { schema: [Task], schemaVersion: 1 },
  { schema: [Task], schemaVersion: 2, onMigration: () => {} },
]
let next = Realm.schemaVersion(Realm.defaultPath)
while (next !== -1 && next < schemas.length) {
  const migrated = new Realm(schemas[next++])
  migrated.close()
}
export const realm = new Realm(schemas[schemas.length - 1])
export async function countOld() {
  const old = await Realm.open({ schema: [Task], schemaVersion: 1 })
  const count = old.objects('Task').length
  old.close()
  return count
}
`,
    }))

  it('keys from a keychain, from random bytes, and arrays that are filled', () =>
    quiet({
      ...schema,
      'src/db/realm.js': `import Realm from 'realm'
import * as Keychain from 'react-native-keychain'
import { Buffer } from 'buffer'
import { getRandomValues } from './random'
import { Task } from './schema'

async function loadKey() {
  const stored = await Keychain.getGenericPassword({ service: 'realm-key' })
  if (stored) return Buffer.from(stored.password, 'hex')
  const made = new Uint8Array(64)
  getRandomValues(made)
  await Keychain.setGenericPassword('realm', Buffer.from(made).toString('hex'), { service: 'realm-key' })
  return made
}
const pin = new Int8Array(64)
export const setPin = text => { for (let i = 0; i < 64; i++) pin[i] = text.charCodeAt(i) }
export const open = async () => Realm.open({ schema: [Task], schemaVersion: 1, encryptionKey: await loadKey() })
export const openByPin = () => Realm.open({ path: 'pin.realm', schema: [Task], schemaVersion: 1, encryptionKey: pin })
`,
    }))

  it('realms of tests and of other packages, and objects that are no configuration', () =>
    quiet({
      ...realmApp({}),
      'src/__tests__/realm.test.js': `import Realm from 'realm'

new Realm({ schemaVersion: '1', path: '', migration: () => {}, deleteRealmIfMigrationNeeded: true, encryptionKey: new Uint8Array(1) })
`,
      'integration-tests/node/src/path.ts': `import Realm from 'realm'

new Realm({ path: '', schema: [{ name: 'Person', properties: { name: 'string' } }] })
`,
      'src/other.js': `import Realm from 'realm'
import { open } from 'other-database'

export const shared = { migration: () => {}, schemaversion: 3, sync: {}, onFirstOpen: () => {} }
export const db = open({ version: 3, migrations: [], encryptionKey: 'text', readOnly: 'no' })
`,
    }))

  it('no version where a realm syncs: that is not what is wrong with it', () => {
    const app = run({
      ...schema,
      'src/db/realm.js': `import Realm from 'realm'
import { Task } from './schema'

export const open = user => Realm.open({ schema: [Task], sync: { user, flexible: true } })
`,
    })
    const found = [...app.texts.keys()].flatMap(file => app.analyzer.findings(file).map(one => one.rule))
    assert.deepEqual(found, ['realm/device-sync-shut-down'])
  })

  it('words of Device Sync that mean something else', () =>
    quiet(
      {
        ...realmApp({}),
        'src/App.tsx': `import { RealmProvider, useQuery, useRealm } from '@realm/react'
import { App as Shell, Credentials, useApp, useUser } from './shell'
import { TaskSchema } from './db/schema'

export function Screen({ news }: { news: { subscribe(listener: () => void): void; subscriptions: string[] } }) {
  const user = useUser()
  const app = useApp()
  const realm = useRealm()
  const tasks = useQuery<{ title: string }>('Task')
  news.subscribe(() => app.login(Credentials.of(user), realm.path, tasks.length, news.subscriptions))
  return <Shell />
}
export const Root = () => (
  <RealmProvider schema={[TaskSchema]} schemaVersion={1}>
    <Screen news={null!} />
  </RealmProvider>
)
`,
      },
      react20,
    ))

  it('finds in a whole app what is wrong with it, once', () => {
    const app = run({
      ...schema,
      'src/App.jsx': `import { createRealmContext } from '@realm/react'
import { Task } from './db/schema'

const { RealmProvider } = createRealmContext({ schema: [Task], schemaVersion: 1, deleteRealmIfMigrationNeeded: true })
export const App = () => <RealmProvider path="app.realm" />
`,
    })
    assert.equal(findingsOf(app, 'realm/delete-on-migration').length, 1)
  })
})
