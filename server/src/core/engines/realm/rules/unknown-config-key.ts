// A configuration has a misspelled key.
import type { Entry, Scope } from '../../../catalog/scope.ts'
import type { Rule } from '../../../rules/rule.ts'
import type { Value } from '../../../source/value.ts'
import type { Place } from '../../../text/span.ts'
import { renameKey } from '../edit-object.ts'
import { realm12, realmApp, realmProject } from '../example-app.ts'
import { meantOption } from '../openings/known-options.ts'
import type { OpeningInStore } from '../types.ts'
import { majorFor } from '../versions.ts'

interface Data {
  readonly entry: Entry
  readonly meant: string
}

export const unknownConfigKey: Rule<OpeningInStore, Data> = {
  id: 'realm/unknown-config-key',
  severity: 'warning',
  early: true,
  on: 'opening',
  docs: {
    what: 'A configuration, or a `RealmProvider`, has a key that Realm does not know and that looks like one that it knows. Where TypeScript reports it, this rule does not.',
    why: 'Realm ignores unknown keys without a word, so the realm is opened without the version, the key or the migration that was meant.',
    fix: 'Renames the key.',
  },
  *check({ opening, scope }) {
    if (opening.kind === 'other') return
    const major = majorFor(scope, opening.at.file)
    for (const entry of opening.entries.values()) {
      const meant = meantOption(entry.name, major)
      if (meant === undefined || opening.entries.has(meant) || isSeenByTypes(scope, entry, opening.at)) continue
      yield {
        at: entry.nameAt,
        message: `Realm does not know "${entry.name}" and ignores it without a word. Did you mean "${meant}"?`,
        data: { entry, meant },
      }
    }
  },
  fix({ data: { entry, meant } }, context) {
    const edit = renameKey(entry, meant, context)
    return edit && { title: `Rename to "${meant}"`, safe: false, edits: [edit] }
  },
  examples: [
    {
      name: 'misspelled keys in JavaScript',
      project: realm12,
      files: {
        'src/db/realm.js': `import Realm from 'realm'
import { Task } from './schema'

export const realm = new Realm({
  schema: [Task],
  schemaversion: 3,
//^^^^^^^^^^^^^ Did you mean "schemaVersion"?
  'encriptionKey': key,
//^^^^^^^^^^^^^^^ Did you mean "encryptionKey"?
})
`,
      },
      fixed: {
        'src/db/realm.js': `import Realm from 'realm'
import { Task } from './schema'

export const realm = new Realm({
  schema: [Task],
  schemaVersion: 3,
  'encriptionKey': key,
})
`,
      },
    },
    {
      name: 'a word of other databases, in a constant without a type',
      project: realm12,
      files: realmApp({
        files: {
          'src/db/realm.ts': `import Realm from 'realm'
import { TaskSchema } from './schema'

const config = {
  schema: [TaskSchema],
  version: 3,
//^^^^^^^ Did you mean "schemaVersion"?
}
export const openRealm = () => Realm.open(config)
`,
        },
      }),
      fixed: {
        'src/db/realm.ts': `import Realm from 'realm'
import { TaskSchema } from './schema'

const config = {
  schema: [TaskSchema],
  schemaVersion: 3,
}
export const openRealm = () => Realm.open(config)
`,
      },
    },
    {
      name: 'a prop, and what a function gives back',
      project: realm12,
      files: {
        'src/App.jsx': `import Realm from 'realm'
import { RealmProvider } from '@realm/react'
import { Task, migrate } from './db'

const configFor = key => ({
  path: 'secret.realm',
  schema: [Task],
  schemaVersion: 1,
  encryption: key,
//^^^^^^^^^^ "encryptionKey"
})
export const open = key => Realm.open(configFor(key))
export const App = () => (
  <RealmProvider schema={[Task]} schemaVersion={2} onMigrate={migrate}>
//                                                 ^^^^^^^^^ "onMigration"
    {null}
  </RealmProvider>
)
`,
      },
    },
    {
      name: 'realm 10 calls it "migration"',
      project: realmProject('10.21.1'),
      files: {
        'src/db/realm.js': `import Realm from 'realm'
import { Task } from './schema'

export const realm = new Realm({ schema: [Task], schemaVersion: 2, migrations: () => {} })
//                                                                 ^^^^^^^^^^ "migration"
`,
      },
    },
    {
      name: 'what TypeScript reports, keys of something else, and what the provider takes',
      project: realm12,
      files: realmApp({
        config: 'schemaversion: 1,',
        files: {
          'src/App.tsx': `import Realm from 'realm'
import { RealmProvider } from '@realm/react'
import { TaskSchema } from './db/schema'

const own = { schema: [TaskSchema], path: 'own.realm', schemaVersion: 2, label: 'Own', version: 2 }
export const open = () => Realm.open(own)
export const inline = () => Realm.open({ path: 'b.realm', schema: [TaskSchema], schemaversion: 1 })
export const App = () => (
  <RealmProvider key="a" schema={[TaskSchema]} schemaversion={1} fallback={null} closeOnUnmount={false}>
    {null}
  </RealmProvider>
)
`,
        },
      }),
    },
  ],
}

/** True where TypeScript checks the keys: an object written at its use, or under a declared type. */
function isSeenByTypes(scope: Scope, { at }: Entry, opening: Place): boolean {
  if (/\.[cm]?jsx?$/.test(at.file)) return false
  if (isIn(at, opening)) return true
  const holds = (value: Value) => isIn(at, { file: at.file, span: value.at })
  const bindings = Object.values(scope.module(at.file)?.bindings ?? {})
  const functions = scope.usage(at.file)?.functions ?? []
  return (
    bindings.some(({ type, value }) => type && value && holds(value)) ||
    functions.some(({ returnType, returns }) => returnType && returns.some(holds))
  )
}

const isIn = (inner: Place, outer: Place): boolean =>
  inner.file === outer.file && outer.span.start <= inner.span.start && inner.span.end <= outer.span.end
