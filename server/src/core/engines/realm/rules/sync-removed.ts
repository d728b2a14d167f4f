// Device Sync or App Services are used with a Realm that no longer has them.
import type { Entry } from '../../../catalog/scope.ts'
import type { Evidence, Rule } from '../../../rules/rule.ts'
import { removeKey } from '../edit-object.ts'
import { realm12, realmApp, realmProject } from '../example-app.ts'
import { isGiven } from '../openings/read-opening.ts'
import { type SyncedConfig, waysOut } from '../sync/leave-out-sync.ts'
import { removedUses } from '../sync/removed-uses.ts'
import { isWithoutSync } from '../sync/versions.ts'
import type { ClassInStore, CodeOfFile, OpeningInStore, RealmClass } from '../types.ts'

interface Data {
  readonly config?: SyncedConfig
  readonly asymmetric?: { readonly class: RealmClass; readonly entry: Entry }
}

export const syncRemoved: Rule<OpeningInStore | ClassInStore | CodeOfFile, Data> = {
  id: 'realm/sync-removed',
  severity: 'error',
  on: ['opening', 'class', 'code'],
  docs: {
    what: 'With realm 20 or newer, or @realm/react 0.20 or newer, the code uses Device Sync or Atlas App Services: `sync` in a configuration, `Realm.App`, `useUser`, `realm.syncSession`, an asymmetric class.',
    why: 'These versions do not have them: opening throws, and what is imported is `undefined`.',
    fix: 'Takes `sync` out of the configuration, so that a local realm is opened, and `asymmetric` out of a class. Or generates a sync layer for a server of your own, with the classes that were subscribed to.',
  },
  *check(subject) {
    if ('sites' in subject) yield* uses(subject)
    else if ('class' in subject) yield* asymmetric(subject)
    else yield* configuration(subject)
  },
  fix({ data: { config, asymmetric: one } }, context) {
    if (config) return waysOut(config, context)
    const edit = one && removeKey(one.class.spec, one.entry, context)
    return edit && { title: 'Make it an ordinary class', safe: false, edits: [edit] }
  },
  examples: [
    {
      name: 'a configuration and the names around it',
      project: realmProject('20.2.0', '0.20.0'),
      files: {
        'src/db/realm.ts': `import Realm, { BSON, UserState } from 'realm'
//                    ^^^^^^^^^ Log users in with another service
import { Task } from './schema'

const app = new Realm.App({ id: 'tasks-abcde' })
//                    ^^^ connected to Atlas App Services
export async function openRealm() {
  const user = await app.logIn(Realm.Credentials.anonymous())
//                                   ^^^^^^^^^^^ Log users in
  const realm = await Realm.open({
    schema: [Task],
    sync: { user, flexible: true },
//  ^^^^ throws
  })
  realm.subscriptions.update(subscriptions => subscriptions.add(realm.objects('Task')))
//      ^^^^^^^^^^^^^ what Device Sync loads
  await realm.syncSession?.uploadAllLocalChanges()
//            ^^^^^^^^^^^ a local realm has no connection
  return realm
}
`,
      },
    },
    {
      name: 'sync is left out',
      project: realmProject('20.2.0', '0.20.0'),
      files: {
        'src/App.tsx': `import { RealmProvider } from '@realm/react'
import { Task } from './schema'

export const App = () => (
  <RealmProvider
    schema={[Task]}
    sync={{
//  ^^^^ to be undefined
      flexible: true,
      onError: console.error,
    }}
    schemaVersion={1}
  >
    {null}
  </RealmProvider>
)
`,
      },
      fixed: {
        'src/App.tsx': `import { RealmProvider } from '@realm/react'
import { Task } from './schema'

export const App = () => (
  <RealmProvider
    schema={[Task]}
    schemaVersion={1}
  >
    {null}
  </RealmProvider>
)
`,
      },
    },
    {
      name: 'hooks and providers',
      project: realmProject('20.2.0', '0.20.0'),
      files: {
        'src/App.jsx': `import * as React from 'react'
import { AppProvider, RealmProvider, useUser as useWho } from '@realm/react'
//       ^^^^^^^^^^^ since @realm/react 0.20
//                                   ^^^^^^^^^^^^^^^^^ Log users in
import * as all from '@realm/react'

export const useMe = () => useWho() ?? all.useAuth()
//                                         ^^^^^^^ Log users in
export const App = () => <AppProvider id="a"><RealmProvider /></AppProvider>
`,
      },
    },
    {
      name: 'an asymmetric class',
      project: realmProject('20.2.0'),
      files: realmApp({
        classes: {
          Reading: `asymmetric: true,
^^^^^^^^^^ not allowed in a local realm
primaryKey: '_id',
properties: { _id: 'objectId' },`,
        },
      }),
      fixed: {
        'src/db/schema.ts': realmApp({
          classes: { Reading: "primaryKey: '_id',\nproperties: { _id: 'objectId' }," },
        })['src/db/schema.ts']!,
      },
    },
    {
      name: 'realm 12 has them',
      project: realm12,
      files: {
        'src/db/realm.ts': `import Realm from 'realm'
import { AppProvider, useUser } from '@realm/react'

export const app = new Realm.App({ id: 'a' })
export const open = () => Realm.open({ schema: [], sync: { user: app.currentUser, flexible: true } })
`,
      },
    },
    {
      name: 'names of others, and what realm 20 kept',
      project: realmProject('20.2.0', '0.20.0'),
      files: realmApp({
        config: 'sync: undefined,',
        files: {
          'src/App.tsx': `import Realm, { BSON, UpdateMode } from 'realm'
import { createRealmContext, useRealm, useQuery } from '@realm/react'
import { useUser, App as Other } from './own'
import { config } from './db/realm'

const store = { subscriptions: [], syncSession: null }
export const context = createRealmContext(config)
export const App = () => {
  const user = useUser()
  const tasks = useQuery('Task')
  useRealm().write(() => store.subscriptions.push(tasks, store.syncSession, user, Realm.BSON))
  return <Other />
}
`,
        },
      }),
    },
  ],
}

function* configuration({ opening, store, scope }: OpeningInStore): Generator<Evidence<Data>> {
  const sync = opening.entries.get('sync')
  if (!sync || opening.kind === 'other' || !isWithoutSync(store.project) || !isGiven(scope, sync)) return
  yield {
    at: sync.nameAt,
    message: `Realm 20 has no Device Sync and expects "sync" to be undefined: opening throws, and the app does not start. Open a local realm, and send changes to a server of your own.`,
    data: { config: { opening, sync, store } },
  }
}

function* asymmetric({ class: one, store }: ClassInStore): Generator<Evidence<Data>> {
  const entry = one.entries.get('asymmetric')
  if (!one.asymmetric || !entry || !isWithoutSync(store.project)) return
  yield {
    at: entry.nameAt,
    message: `Asymmetric class "${one.name.text}" is not allowed in a local realm, and realm 20 knows no other: opening throws. Make it an ordinary class, and send its objects to a server of your own.`,
    data: { asymmetric: { class: one, entry } },
  }
}

function* uses(code: CodeOfFile): Generator<Evidence<Data>> {
  if (!isWithoutSync(code.project)) return
  for (const { removed, at } of removedUses(code)) yield { at, message: removed.message, data: {} }
}
