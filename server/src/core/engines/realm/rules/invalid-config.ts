// A configuration is refused: options of the wrong type, or that exclude one another.
import type { Entry } from '../../../catalog/scope.ts'
import type { Evidence, Rule } from '../../../rules/rule.ts'
import type { Place } from '../../../text/span.ts'
import { isAtLeast } from '../../../text/version.ts'
import { replaceAt } from '../edit-object.ts'
import { realm12, realmApp, realmProject } from '../example-app.ts'
import { removeOption } from '../openings/options.ts'
import { type WrongOption, wrongOptions } from '../openings/wrong-options.ts'
import type { CodeOfFile, Opening, OpeningInStore } from '../types.ts'
import { majorFor } from '../versions.ts'

interface Data {
  readonly opening?: Opening
  readonly mend: WrongOption['mend']
  /** Props of a provider that are to go. */
  readonly props?: readonly Place[]
}

export const invalidConfig: Rule<OpeningInStore | CodeOfFile, Data> = {
  id: 'realm/invalid-config',
  severity: 'error',
  early: true,
  on: ['opening', 'code'],
  docs: {
    what: 'An option of a configuration has a value of the wrong type, or two options stand together that exclude one another. Also a `RealmProvider` that is given an open `realm` and options to open one.',
    why: 'Realm throws when it opens, so the app does not start.',
    fix: 'Writes the number or boolean that a text was meant to be, or takes one of the two options out.',
  },
  *check(subject) {
    if ('sites' in subject) return yield* existingRealms(subject)
    const { opening, scope } = subject
    for (const wrong of wrongOptions(scope, opening, majorFor(scope, opening.at.file)))
      yield {
        at: placeOfWrong(wrong),
        message: `Realm ${wrong.message}: opening throws, and the app does not start. ${wrong.advice}`,
        ...(wrong.with && { related: [{ at: wrong.with.nameAt, message: `"${wrong.with.name}" is given here` }] }),
        data: { opening, mend: wrong.mend },
      }
  },
  fix({ data: { opening, mend, props } }, context) {
    if (props) {
      const text = context.text(props[0]?.file ?? '') ?? ''
      const edits = props.map(({ file, span }) => {
        const before = /\s*$/.exec(text.slice(0, span.start))?.[0].length ?? 0
        return { file, start: span.start - before, end: span.end, text: '' }
      })
      return { title: 'Leave out everything but "realm"', safe: false, edits }
    }
    if (!mend || !opening) return undefined
    if ('text' in mend) {
      const at = valuePlace(mend.entry)
      // A text may stand behind the name of a prop, all else needs braces.
      const isBare = context.text(at.file)?.[at.span.start - 1] === '='
      const written = isBare ? `{${mend.text}}` : mend.text
      return { title: `Write ${mend.text}`, safe: true, edits: [replaceAt(at, written)] }
    }
    const edit = removeOption(opening, mend.remove, context)
    return edit && { title: `Leave "${mend.remove.name}" out`, safe: false, edits: [edit] }
  },
  examples: [
    {
      name: 'a version as a text',
      project: realm12,
      files: realmApp({
        version: "'3'",
        files: {
          'src/db/realm.ts': `import Realm from 'realm'
import { TaskSchema } from './schema'

export const a = () => Realm.open({ path: 'a.realm', schema: [TaskSchema], schemaVersion: '3' })
//                                                                                        ^^^ to be a number, got a string
export const b = () => Realm.open({ path: 'b.realm', schema: [TaskSchema], schemaVersion: -1 })
//                                                                                        ^^ 0 or a positive integer
export const c = () => Realm.open({ path: 'c.realm', schema: [TaskSchema], schemaVersion: 1.5 })
//                                                                                        ^^^ 0 or a positive integer
export const d = () => new Realm({ path: '', schema: [TaskSchema], schemaVersion: 1 })
//                                       ^^ empty "path"
export const e = () => new Realm({ path: 'e.realm', schema: [TaskSchema], schemaVersion: 1, inMemory: 'yes', encryptionKey: 'secret', onMigration: null })
//                                                                                                    ^^^^^ to be a boolean, got a string
//                                                                                                                          ^^^^^^^^ to be an ArrayBuffer or a typed array, got a string
//                                                                                                                                                 ^^^^ to be a function, got null
`,
        },
      }),
      fixed: {
        'src/db/realm.ts': `import Realm from 'realm'
import { TaskSchema } from './schema'

export const a = () => Realm.open({ path: 'a.realm', schema: [TaskSchema], schemaVersion: 3 })
export const b = () => Realm.open({ path: 'b.realm', schema: [TaskSchema], schemaVersion: -1 })
export const c = () => Realm.open({ path: 'c.realm', schema: [TaskSchema], schemaVersion: 1.5 })
export const d = () => new Realm({ path: '', schema: [TaskSchema], schemaVersion: 1 })
export const e = () => new Realm({ path: 'e.realm', schema: [TaskSchema], schemaVersion: 1, inMemory: 'yes', encryptionKey: 'secret', onMigration: null })
`,
      },
    },
    {
      name: 'a version as a text in a prop',
      project: realm12,
      files: {
        'src/App.jsx': `import { RealmProvider } from '@realm/react'
import { Task } from './schema'

export const App = () => <RealmProvider schema={[Task]} schemaVersion="3" path={'tasks.realm'} />
//                                                                    ^^^ Write 3.
`,
      },
      fixed: {
        'src/App.jsx': `import { RealmProvider } from '@realm/react'
import { Task } from './schema'

export const App = () => <RealmProvider schema={[Task]} schemaVersion={3} path={'tasks.realm'} />
`,
      },
    },
    {
      name: 'deleting and migrating',
      project: realmProject('20.2.0'),
      files: realmApp({
        version: 2,
        config: `onMigration: () => {},
deleteRealmIfMigrationNeeded: true,
^^^^^^^^^^^^^^^^^^^^^^^^^^^^ together with "onMigration"`,
      }),
      fixed: realmApp({ version: 2, config: 'onMigration: () => {},' }),
    },
    {
      name: 'deleting in development, reading only, memory with a key',
      project: realm12,
      files: {
        'src/db/realm.js': `import Realm from 'realm'
import { Task, migrate } from './schema'

const schema = [Task]
const onMigration = (oldRealm, newRealm) => migrate(oldRealm, newRealm)
export const a = () => new Realm({ path: 'a.realm', schema, schemaVersion: 2, deleteRealmIfMigrationNeeded: __DEV__, onMigration })
//                                                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ in development
export const b = () => new Realm({ path: 'b.realm', schema, readOnly: true, deleteRealmIfMigrationNeeded: true })
//                                                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ together with "readOnly"
export const c = () => new Realm({ path: 'c.realm', schema, schemaVersion: 2, readOnly: true, onMigration })
//                                                                                            ^^^^^^^^^^^ together with "readOnly"
export const d = () => new Realm({ path: 'd.realm', schema, inMemory: true, encryptionKey: new Uint8Array(64) })
//                                                                          ^^^^^^^^^^^^^ together with "inMemory"
`,
      },
      fixed: {
        'src/db/realm.js': `import Realm from 'realm'
import { Task, migrate } from './schema'

const schema = [Task]
const onMigration = (oldRealm, newRealm) => migrate(oldRealm, newRealm)
export const a = () => new Realm({ path: 'a.realm', schema, schemaVersion: 2, onMigration })
export const b = () => new Realm({ path: 'b.realm', schema, readOnly: true, deleteRealmIfMigrationNeeded: true })
export const c = () => new Realm({ path: 'c.realm', schema, schemaVersion: 2, readOnly: true, onMigration })
export const d = () => new Realm({ path: 'd.realm', schema, inMemory: true, encryptionKey: new Uint8Array(64) })
`,
      },
    },
    {
      name: 'an open realm and options',
      project: realmProject('12.15.0', '0.11.0'),
      files: {
        'src/App.jsx': `import Realm from 'realm'
import { RealmProvider } from '@realm/react'
import { Task } from './schema'

const realm = new Realm({ schema: [Task], schemaVersion: 1 })
export const App = () => (
  <RealmProvider realm={realm} schema={[Task]} fallback={null}>
//               ^^^^^ Cannot use configuration props
    {null}
  </RealmProvider>
)
`,
      },
      fixed: {
        'src/App.jsx': `import Realm from 'realm'
import { RealmProvider } from '@realm/react'
import { Task } from './schema'

const realm = new Realm({ schema: [Task], schemaVersion: 1 })
export const App = () => (
  <RealmProvider realm={realm}>
    {null}
  </RealmProvider>
)
`,
      },
    },
    {
      name: 'what is right, or not known',
      project: realmProject('20.2.0', '0.20.0'),
      files: {
        'src/App.jsx': `import Realm from 'realm'
import { RealmProvider, createRealmContext } from '@realm/react'
import { Task, key, path, version, isDev } from './schema'

const schema = [Task]
const realm = new Realm({ schema, schemaVersion: 0, path: undefined, encryptionKey: undefined })
const Context = createRealmContext({ schema, path: 'c.realm', schemaVersion: 1 })
export const a = () => new Realm({ schema, path, schemaVersion: version, encryptionKey: key, onMigration: isDev ? undefined : () => {}, deleteRealmIfMigrationNeeded: isDev })
export const b = () => new Realm({ schema, path: 'b.realm', schemaVersion: Number('3'), inMemory: false, encryptionKey: new Uint8Array(64) })
export const App = () => (
  <RealmProvider realm={realm} key="main">
    <Context.RealmProvider schemaVersion={2} closeOnUnmount={false}>{null}</Context.RealmProvider>
  </RealmProvider>
)
`,
      },
    },
    {
      name: 'realm 10 throws for wrong types too, and takes fractions',
      project: realmProject('10.21.1'),
      files: realmApp({
        version: 1.5,
        config: `inMemory: 1,
          ^ to be a boolean, got a number`,
      }),
    },
  ],
}

/** `RealmProvider` takes an open realm since @realm/react 0.8, and throws when anything stands beside it. */
function* existingRealms({ sites, scope, library, project }: CodeOfFile): Generator<Evidence<Data>> {
  if (!isAtLeast(project.versions['@realm/react'], '0.8')) return
  for (const { name, value } of sites()) {
    if (name !== 'RealmProvider' || value.value.kind !== 'jsx') continue
    const { file } = value
    if (library.contextOf(scope, { value: value.value.tag, file })) continue
    const named = value.value.props.flatMap(prop => (prop.kind === 'named' ? [prop] : []))
    const realm = named.find(prop => prop.name === 'realm')
    const others = named.filter(prop => !['realm', 'children', 'key', 'ref'].includes(prop.name))
    if (!realm || others.length === 0 || ['null', 'undefined'].includes(realm.value.kind)) continue
    yield {
      at: { file, span: realm.nameAt },
      message: `Cannot use configuration props with a realm that is open already: "RealmProvider" throws, and nothing below it is shown. Leave out ${others.map(one => `"${one.name}"`).join(', ')}.`,
      data: { mend: undefined, props: others.map(one => ({ file, span: one.at })) },
    }
  }
}

/** The value where it is written in place, else the key: of two that exclude one another, the key too. */
const placeOfWrong = ({ entry, with: other }: WrongOption): Place => (other ? entry.nameAt : valuePlace(entry))

const valuePlace = ({ value }: Entry): Place => ({ file: value.file, span: value.value.at })
