// Device Sync is used, and its servers are gone.
import type { Evidence, Rule } from '../../../rules/rule.ts'
import { realm12, realmApp, realmProject } from '../example-app.ts'
import { isGiven } from '../openings/read-opening.ts'
import { type SyncedConfig, waysOut } from '../sync/leave-out-sync.ts'
import { isWithSync } from '../sync/versions.ts'
import type { CodeOfFile, OpeningInStore } from '../types.ts'

interface Data {
  readonly config?: SyncedConfig
}

export const deviceSyncShutDown: Rule<OpeningInStore | CodeOfFile, Data> = {
  id: 'realm/device-sync-shut-down',
  severity: 'warning',
  on: ['opening', 'code'],
  docs: {
    what: 'A realm is opened with `sync`, or an app of Atlas App Services is made, with realm 12 or older. One report for each configuration, and for each app in a file without one.',
    why: 'MongoDB shut the service down in September 2025: nobody can log in, and what users write stays on their phones.',
    fix: 'Takes `sync` out, so that a local realm is opened. It is another file, so carry over what the old one holds. Or generates a sync layer for a server of your own, with the classes that were subscribed to.',
  },
  *check(subject) {
    if ('sites' in subject) yield* apps(subject)
    else yield* configuration(subject)
  },
  fix: ({ data: { config } }, context) => config && waysOut(config, context),
  examples: [
    {
      name: 'an object',
      project: realm12,
      files: realmApp({
        version: null,
        config: `sync: { user, flexible: true },
^^^^ shut down in September 2025`,
      }),
      fixed: realmApp({ version: null }),
    },
    {
      name: 'a provider with its app around it',
      project: realmProject('12.3.0', '0.6.2'),
      files: {
        'src/App.tsx': `import { AppProvider, RealmProvider, UserProvider } from '@realm/react'
import { Task } from './schema'

export const App = () => (
  <AppProvider id="tasks-abcde">
    <UserProvider>
      <RealmProvider schema={[Task]} sync={{ flexible: true }}>
//                                   ^^^^ stays on the phone
        {null}
      </RealmProvider>
    </UserProvider>
  </AppProvider>
)
`,
      },
    },
    {
      name: 'a provider',
      project: realmProject('12.3.0', '0.6.2'),
      files: {
        'src/App.tsx': `import { RealmProvider } from '@realm/react'
import { Task } from './schema'

export const App = () => (
  <RealmProvider schema={[Task]} sync={{ flexible: true, onError: console.error }} schemaVersion={1}>
//                               ^^^^
    {null}
  </RealmProvider>
)
`,
      },
      fixed: {
        'src/App.tsx': `import { RealmProvider } from '@realm/react'
import { Task } from './schema'

export const App = () => (
  <RealmProvider schema={[Task]} schemaVersion={1}>
    {null}
  </RealmProvider>
)
`,
      },
    },
    {
      name: 'apps without a configuration in their file, and a function that gives one',
      project: realmProject('10.21.1'),
      files: {
        'src/app.js': `import Realm, { App } from 'realm'

export const app = new Realm.App({ id: 'tasks-abcde' })
//                     ^^^^^^^^^ nobody can log in
export const again = () => App.get('tasks-abcde')
//                         ^^^^^^^ nobody can log in
`,
        'src/db/realm.js': `import Realm from 'realm'
import { Task } from './schema'

const configFor = (user, partitionValue) => ({
  schema: [Task],
  sync: { user, partitionValue },
//^^^^
})
export const open = user => Realm.open(configFor(user, user.id))
`,
        'src/Root.js': `import { AppProvider } from '@realm/react'

export const Root = () => <AppProvider id="tasks-abcde">{null}</AppProvider>
//                         ^^^^^^^^^^^ nobody can log in
`,
      },
    },
    {
      name: 'local realms, an unknown version, other apps',
      project: { versions: { realm: '*' } },
      files: realmApp({
        config: 'sync: { user, flexible: true },',
        files: {
          'src/App.ts': `import Realm from 'realm'
import { App } from './own'

export const app = new App()
export const old = new Realm.App('a')
`,
        },
      }),
    },
    { name: 'no sync', project: realm12, files: realmApp({ config: 'sync: undefined,' }) },
  ],
}

function* configuration({ opening, store, scope }: OpeningInStore): Generator<Evidence<Data>> {
  const sync = opening.entries.get('sync')
  if (!sync || opening.kind === 'other' || !isWithSync(store.project) || !isGiven(scope, sync)) return
  yield {
    at: sync.nameAt,
    message:
      'Device Sync was shut down in September 2025: this realm gets nothing from others, and what users write stays on the phone. Open a local realm, and send changes to a server of your own.',
    data: { config: { opening, sync, store } },
  }
}

function* apps({ project, file, sites, stores }: CodeOfFile): Generator<Evidence<Data>> {
  const made = sites().filter(
    ({ name, value: { value } }) =>
      (name === 'Realm.App' && value.kind === 'call' && value.isNew) ||
      name === 'Realm.App.get' ||
      name === 'AppProvider',
  )
  if (made.length === 0 || !isWithSync(project)) return
  if (stores().some(store => store.openings.some(one => one.isSync && one.value.file === file))) return
  for (const { value } of made) {
    if (value.value.kind !== 'call' && value.value.kind !== 'jsx') continue
    const named = value.value.kind === 'jsx' ? value.value.tag : value.value.callee
    yield {
      at: { file, span: named.at },
      message:
        'Atlas App Services went with Device Sync in September 2025: nobody can log in or sync any more. Log users in with another service, and send changes to a server of your own.',
      data: {},
    }
  }
}
