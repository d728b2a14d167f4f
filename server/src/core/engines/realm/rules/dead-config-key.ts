// A configuration has a key that this version of Realm no longer looks at.
import type { Entry } from '../../../catalog/scope.ts'
import type { Fix, FixContext, Rule } from '../../../rules/rule.ts'
import { lineIndent, styleOf } from '../../../write/style.ts'
import { renameKey } from '../edit-object.ts'
import { realm12, realmApp, realmProject } from '../example-app.ts'
import { removeOption } from '../openings/options.ts'
import { isGiven } from '../openings/read-opening.ts'
import type { Opening, OpeningInStore } from '../types.ts'
import { majorFor } from '../versions.ts'

interface Data {
  readonly opening: Opening
  readonly entry: Entry
  /** Undefined for `onFirstOpen`, which has no successor. */
  readonly rename: string | undefined
  /** The variable that holds the opened realm. */
  readonly variable: string | undefined
}

/** Renamed in realm 11 (`CHANGELOG.v11.md` of realm-js). */
const renamed: Readonly<Record<string, { readonly to: string; readonly harm: string }>> = {
  migration: { to: 'onMigration', harm: 'the next version of the schema then migrates nothing, and values are lost' },
  shouldCompactOnLaunch: { to: 'shouldCompact', harm: 'the file then never gets smaller' },
}

export const deadConfigKey: Rule<OpeningInStore, Data> = {
  id: 'realm/dead-config-key',
  severity: 'error',
  early: true,
  on: 'opening',
  docs: {
    what: 'A configuration has `migration` or `shouldCompactOnLaunch` with realm 11 or newer, or `onFirstOpen` with realm 12 or newer.',
    why: 'Realm ignores the key without a word: a raised version then migrates nothing, and what should be there at first is not.',
    fix: 'Renames the key to `onMigration` or `shouldCompact`. What `onFirstOpen` did is done behind the opening, where `realm.isEmpty`.',
  },
  *check({ opening, scope }) {
    const major = majorFor(scope, opening.at.file)
    if (major === undefined || opening.kind === 'other') return
    const { entries, fact } = opening
    const isResult = fact.value === opening.value.value && fact.into !== undefined
    const variable = isResult ? scope.binding(opening.value.file, fact.into)?.name : undefined
    for (const [name, { to, harm }] of Object.entries(renamed)) {
      const entry = entries.get(name)
      if (major < 11 || !entry || !isGiven(scope, entry) || isGiven(scope, entries.get(to))) continue
      yield {
        at: entry.nameAt,
        message: `realm ${major} ignores "${name}" without a word: ${harm}. It is called "${to}" since realm 11.`,
        data: { opening, entry, rename: to, variable },
      }
    }
    const first = entries.get('onFirstOpen')
    if (major < 12 || !first || !isGiven(scope, first)) return
    yield {
      at: first.nameAt,
      message: `realm ${major} never calls "onFirstOpen", so what it should write is not there. Write it when the realm is open, if "realm.isEmpty".`,
      data: { opening, entry: first, rename: undefined, variable },
    }
  },
  fix({ data }, context) {
    if (data.rename === undefined) return seedBehind(data, context)
    const edit = renameKey(data.entry, data.rename, context)
    return edit && { title: `Rename to "${data.rename}"`, safe: false, edits: [edit] }
  },
  examples: [
    {
      name: 'a migration under its old name',
      project: realm12,
      files: realmApp({
        version: 2,
        config: `migration: (oldRealm, newRealm) => {},
^^^^^^^^^ It is called "onMigration" since realm 11
'shouldCompactOnLaunch': () => true,
^^^^^^^^^^^^^^^^^^^^^^^ It is called "shouldCompact"`,
      }),
      fixed: realmApp({
        version: 2,
        config: `onMigration: (oldRealm, newRealm) => {},
'shouldCompactOnLaunch': () => true,`,
      }),
    },
    {
      name: 'a method, a name that stands for itself, a prop',
      project: realmProject('20.2.0', '0.20.0'),
      files: {
        'src/App.jsx': `import Realm from 'realm'
import { RealmProvider } from '@realm/react'
import { Task, migration } from './db'

const shouldCompactOnLaunch = () => true
export const a = new Realm({ path: 'a.realm', schema: [Task], schemaVersion: 2, shouldCompactOnLaunch })
//                                                                              ^^^^^^^^^^^^^^^^^^^^^ never gets smaller
export const App = () => (
  <RealmProvider schema={[Task]} schemaVersion={2} migration={migration}>
//                                                 ^^^^^^^^^ migrates nothing
    {null}
  </RealmProvider>
)
`,
      },
      fixed: {
        'src/App.jsx': `import Realm from 'realm'
import { RealmProvider } from '@realm/react'
import { Task, migration } from './db'

const shouldCompactOnLaunch = () => true
export const a = new Realm({ path: 'a.realm', schema: [Task], schemaVersion: 2, shouldCompact: shouldCompactOnLaunch })
export const App = () => (
  <RealmProvider schema={[Task]} schemaVersion={2} migration={migration}>
    {null}
  </RealmProvider>
)
`,
      },
    },
    {
      name: 'what is written at first',
      project: realm12,
      files: realmApp({
        files: {
          'src/db/realm.ts': `import Realm from 'realm'
import { TaskSchema } from './schema'

export async function openRealm() {
  const realm = await Realm.open({
    schema: [TaskSchema],
    schemaVersion: 1,
    onFirstOpen: realm => {
//  ^^^^^^^^^^^ never calls "onFirstOpen"
      realm.create('Task', { title: 'Welcome' })
    },
  })
  return realm
}
`,
        },
      }),
      fixed: {
        'src/db/realm.ts': `import Realm from 'realm'
import { TaskSchema } from './schema'

export async function openRealm() {
  const realm = await Realm.open({
    schema: [TaskSchema],
    schemaVersion: 1,
  })
  if (realm.isEmpty) {
    const seed = (realm: Realm) => {
      realm.create('Task', { title: 'Welcome' })
    }
    realm.write(() => seed(realm))
  }
  return realm
}
`,
      },
    },
    {
      name: 'realm 10 calls it "migration"',
      project: realmProject('10.21.1'),
      files: realmApp({ version: 2, config: 'migration: () => {},\nshouldCompactOnLaunch: () => true,' }),
    },
    {
      name: 'an unknown version, both names, and onFirstOpen with realm 11, which calls it',
      project: realmProject('11.10.2'),
      files: realmApp({
        version: 2,
        config: 'onMigration: () => {},\nmigration: () => {},\nonFirstOpen: () => {},',
        files: {
          'src/other.ts': `import Realm from 'realm'

export const shape = { migration: () => {}, onFirstOpen: () => {} }
export const remove = () => Realm.deleteFile({ path: 'old.realm' })
`,
        },
      }),
    },
  ],
}

/** Writes behind `const realm = await Realm.open(…)` what the function would have written. */
function seedBehind({ opening, entry, variable }: Data, context: FixContext): Fix | undefined {
  const { file, value } = opening.value
  const text = context.text(file)
  const remove = removeOption(opening, entry, context)
  const given = entry.value.value
  if (text === undefined || !remove || variable === undefined || entry.value.file !== file) return undefined
  const source = text.slice(given.at.start, given.at.end)
  const lineEnd = text.indexOf('\n', value.at.end)
  const at = lineEnd < 0 ? text.length : lineEnd
  // Something else may follow on the line that belongs to the statement.
  if (!/^[);\s]*$/.test(text.slice(value.at.end, at))) return undefined
  const { newline, semicolon, indent } = styleOf(text)
  const outer = lineIndent(text, value.at.start)
  const inner = outer + indent
  const isName = given.kind === 'name'
  if (!isName && (given.kind !== 'function' || !/^(?:async\s)?[^{]*=>/.test(source) || source.startsWith('async')))
    return undefined
  const typed = /\.tsx?$/.test(file) ? source.replace(/^\(?(\w+)\)?\s*=>/, '($1: Realm) =>') : source
  const moved = typed.replaceAll(`\n${lineIndent(text, entry.at.span.start)}`, `\n${inner}`)
  const lines = [
    `if (${variable}.isEmpty) {`,
    ...(isName ? [] : [`${indent}const seed = ${moved}${semicolon}`]),
    `${indent}${variable}.write(() => ${isName ? source : 'seed'}(${variable}))${semicolon}`,
    '}',
  ]
  const added = lines.map(line => `${newline}${outer}${line}`).join('')
  return {
    title: 'Write it when the realm is open and empty',
    safe: false,
    edits: [remove, { file, start: at, end: at, text: added }],
  }
}
