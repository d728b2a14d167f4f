// A realm on disk is opened with a schema and without a version.
import { placeOf } from '../../../catalog/place-of.ts'
import type { Located } from '../../../catalog/scope.ts'
import type { Rule } from '../../../rules/rule.ts'
import { insertElement } from '../../../write/insert-element.ts'
import { styleOf } from '../../../write/style.ts'
import { realm12, realmApp } from '../example-app.ts'
import { hasProvider } from '../openings/compare-openings.ts'
import { isGiven } from '../openings/read-opening.ts'
import type { OpeningInStore } from '../types.ts'

interface Data {
  /** The configuration, where it is an object literal. */
  readonly config: Located | undefined
}

export const missingSchemaVersion: Rule<OpeningInStore, Data> = {
  id: 'realm/missing-schema-version',
  severity: 'info',
  on: 'opening',
  docs: {
    what: 'A realm on disk is opened with a `schema` and without a `schemaVersion`.',
    why: 'The first change of the schema then throws `Migration is required` on every phone that has the app, and only there: a new installation works.',
    fix: 'Adds `schemaVersion: 1`, which is to be raised with every change. Realm takes 0 where none is given, so phones move on without a migration.',
  },
  *check({ opening, store, scope }) {
    const { kind, entries, complete, isSync, config } = opening
    if (hasProvider(store, opening)) return
    if (kind === 'other' || !complete || isSync || isGiven(scope, entries.get('schemaVersion'))) return
    const schema = entries.get('schema')
    if (!schema || !isGiven(scope, schema)) return
    if (isGiven(scope, entries.get('inMemory')) || isGiven(scope, entries.get('deleteRealmIfMigrationNeeded'))) return
    yield {
      at: schema.nameAt,
      message:
        'This realm has a schema and no "schemaVersion": the first change of the schema throws on every phone that has the app. Give "schemaVersion: 1" and raise it with each change.',
      data: { config },
    }
  },
  fix({ data: { config } }, context) {
    const text = config && context.text(config.file)
    if (text === undefined || config?.value.kind !== 'object') return undefined
    const elements = config.value.props.map(prop => prop.at)
    const list = { file: config.file, text, span: placeOf(config).span, elements }
    const edit = insertElement(list, elements.length, 'schemaVersion: 1', styleOf(text), false)
    return { title: 'Add "schemaVersion: 1"', safe: false, edits: [edit] }
  },
  examples: [
    {
      name: 'a schema without a version',
      project: realm12,
      files: realmApp({
        files: {
          'src/db/realm.ts': `import Realm from 'realm'
import { TaskSchema } from './schema'

export const openRealm = () =>
  Realm.open({
    schema: [TaskSchema],
//  ^^^^^^ no "schemaVersion"
    path: 'tasks.realm',
  })
`,
        },
      }),
      fixed: {
        'src/db/realm.ts': `import Realm from 'realm'
import { TaskSchema } from './schema'

export const openRealm = () =>
  Realm.open({
    schema: [TaskSchema],
    path: 'tasks.realm',
    schemaVersion: 1,
  })
`,
      },
    },
    {
      name: 'a provider without a version',
      project: realm12,
      files: realmApp({
        files: {
          'src/App.tsx': `import { RealmProvider } from '@realm/react'
import { TaskSchema } from './db/schema'

export const App = () => <RealmProvider schema={[TaskSchema]}>{null}</RealmProvider>
//                                      ^^^^^^ no "schemaVersion"
`,
        },
      }),
    },
    {
      name: 'contexts whose providers give a version, or sync',
      project: realm12,
      files: {
        'src/App.jsx': `import { createRealmContext } from '@realm/react'
import { Task } from './schema'

const Local = createRealmContext({ path: 'local.realm', schema: [Task] })
const Synced = createRealmContext({ schema: [Task] })
export const App = () => (
  <Local.RealmProvider schemaVersion={2}>
    <Synced.RealmProvider sync={{ flexible: true }} />
  </Local.RealmProvider>
)
`,
      },
    },
    { name: 'a version', project: realm12, files: realmApp({}) },
    {
      name: 'realms that need none: in memory, synced, wiped on every change, a configuration with unknown parts',
      project: realm12,
      files: realmApp({
        files: {
          'src/db/realm.ts': `import Realm from 'realm'
import { TaskSchema } from './schema'
import { more } from './more'

const schema = [TaskSchema]
export const a = () => Realm.open({ schema, inMemory: true })
export const b = (user: Realm.User) => Realm.open({ schema, sync: { user, flexible: true } })
export const c = () => Realm.open({ schema, deleteRealmIfMigrationNeeded: true })
export const d = () => Realm.open({ schema, ...more })
`,
        },
      }),
    },
  ],
}
