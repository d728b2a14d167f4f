// A released app deletes its data when the schema changes.
import type { Entry } from '../../../catalog/scope.ts'
import type { Rule } from '../../../rules/rule.ts'
import { replaceAt } from '../edit-object.ts'
import { realm12, realmApp, realmProject } from '../example-app.ts'
import { areAlternatives } from '../openings/compare-openings.ts'
import { isOn } from '../openings/options.ts'
import type { Opening, OpeningInStore } from '../types.ts'

interface Data {
  readonly entry: Entry
}

/** Data that the app gets again. */
const passing = /cache|te?mp\b|temporary/i

export const deleteOnMigration: Rule<OpeningInStore, Data> = {
  id: 'realm/delete-on-migration',
  severity: 'warning',
  early: true,
  on: 'opening',
  docs: {
    what: '`deleteRealmIfMigrationNeeded` is `true` in released apps as well. Not where the file is called a cache, and not for realms in memory.',
    why: 'At every change of the version Realm deletes the file with everything that the user has stored.',
    fix: 'Makes it `__DEV__`, the global of React Native, so that only developers start anew; users then need a migration.',
  },
  *check({ opening, store, scope }) {
    const { kind, entries, path } = opening
    const entry = entries.get('deleteRealmIfMigrationNeeded')
    if (kind === 'other' || !entry || !isOn(scope, entry)) return
    if (store.inMemory || isOn(scope, entries.get('readOnly')) || (path && passing.test(path.text))) return
    // `if (__DEV__)` is not seen; where one of two openings deletes, they may stand in its branches.
    const isOther = (other: Opening) =>
      other !== opening && other.kind !== 'other' && !isOn(scope, other.entries.get(entry.name))
    if (store.openings.some(other => isOther(other) && areAlternatives(scope, opening, other))) return
    yield {
      at: entry.nameAt,
      message:
        'At every change of the version Realm deletes this file, with everything that the user has stored. Let only developers start anew ("__DEV__"), and write a migration for users.',
      data: { entry },
    }
  },
  fix({ data: { entry } }, context) {
    const { file, value } = entry.value
    if (value.kind !== 'boolean') return undefined
    // A prop without a value is true.
    const isBare = context.text(file)?.slice(value.at.start, value.at.end) !== 'true'
    const text = isBare ? `${entry.name}={__DEV__}` : '__DEV__'
    return { title: 'Only in development', safe: false, edits: [replaceAt({ file, span: value.at }, text)] }
  },
  examples: [
    {
      name: 'always',
      project: realm12,
      files: realmApp({
        config: `deleteRealmIfMigrationNeeded: true,
^^^^^^^^^^^^^^^^^^^^^^^^^^^^ everything that the user has stored`,
      }),
      fixed: realmApp({ config: 'deleteRealmIfMigrationNeeded: __DEV__,' }),
    },
    {
      name: 'a prop without a value, over a context',
      project: realmProject('20.2.0', '0.20.0'),
      files: {
        'src/App.tsx': `import { createRealmContext } from '@realm/react'
import { Task } from './schema'

const { RealmProvider } = createRealmContext({ schema: [Task], schemaVersion: 1 })
export const App = () => <RealmProvider deleteRealmIfMigrationNeeded />
//                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
`,
      },
      fixed: {
        'src/App.tsx': `import { createRealmContext } from '@realm/react'
import { Task } from './schema'

const { RealmProvider } = createRealmContext({ schema: [Task], schemaVersion: 1 })
export const App = () => <RealmProvider deleteRealmIfMigrationNeeded={__DEV__} />
`,
      },
    },
    {
      name: 'a constant, given by a function, with realm 10',
      project: realmProject('10.21.1'),
      files: {
        'src/db/realm.js': `import Realm from 'realm'
import { Task } from './schema'

const wipe = true
const configFor = user => ({ schema: [Task], path: user + '.realm', deleteRealmIfMigrationNeeded: wipe })
//                                                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
export const open = user => Realm.open(configFor(user))
`,
      },
    },
    {
      name: 'only in development, switched off, in memory, a cache, read only',
      project: realm12,
      files: realmApp({
        config: 'deleteRealmIfMigrationNeeded: __DEV__,',
        files: {
          'src/db/more.ts': `import Realm from 'realm'
import { TaskSchema } from './schema'
import { isDevelopment } from './environment'

const schema = [TaskSchema]
export const a = () => Realm.open({ schema, path: 'a.realm', schemaVersion: 1, deleteRealmIfMigrationNeeded: false })
export const b = () => Realm.open({ schema, path: 'b.realm', inMemory: true, deleteRealmIfMigrationNeeded: true })
export const c = () => Realm.open({ schema, path: 'imageCache.realm', deleteRealmIfMigrationNeeded: true })
export const d = () => Realm.open({ schema, path: 'd.realm', schemaVersion: 1, deleteRealmIfMigrationNeeded: isDevelopment })
export const e = () => Realm.open({ schema, path: 'e.realm', schemaVersion: 1, ...(__DEV__ && { deleteRealmIfMigrationNeeded: true }) })
export const f = () => {
  if (__DEV__) return Realm.open({ schema, path: 'f.realm', schemaVersion: 1, deleteRealmIfMigrationNeeded: true })
  return Realm.open({ schema, path: 'f.realm', schemaVersion: 1 })
}
`,
        },
      }),
    },
  ],
}
