// One realm file is opened twice, with options that do not go together.
import type { Entry } from '../../../catalog/scope.ts'
import type { Evidence, Rule } from '../../../rules/rule.ts'
import { addKey, textAt } from '../edit-object.ts'
import { realm12, realmApp, realmProject } from '../example-app.ts'
import {
  areAlternatives,
  differenceOf,
  isIdle,
  lastingOpenings,
  migrationEntry,
  versionOf,
} from '../openings/compare-openings.ts'
import { isOn, nameOfOpening } from '../openings/options.ts'
import type { CodeOfFile, Opening, RealmStore } from '../types.ts'

interface Data {
  readonly opening: Opening
  /** The migration of the other opening, which this one lacks. */
  readonly migration: Entry | undefined
}

const schemaFile = realmApp({})['src/db/schema.ts'] ?? ''

export const conflictingConfig: Rule<RealmStore | CodeOfFile, Data> = {
  id: 'realm/conflicting-config',
  severity: 'warning',
  on: ['store', 'code'],
  docs: {
    what: 'Two openings of one realm file differ in version, key or mode, or only one of them has the migration. Not where one is closed again.',
    why: 'Realm throws at the second one while the first is open. Where both have one version, the first decides: without a migration the phone moves on, and the migration of the other is never run.',
    fix: 'Gives the first one the migration too, where that has a name. Best is one configuration for both.',
  },
  *check(subject) {
    if ('sites' in subject) yield* memoryAndDisk(subject)
    else {
      yield* differences(subject)
      yield* lackingMigrations(subject)
    }
  },
  fix({ data: { opening, migration } }, context) {
    const given = migration?.value
    const { config } = opening
    if (!migration || given?.value.kind !== 'name' || config?.file !== given.file) return undefined
    // A name of an inner scope may not be known there.
    if (given.value.key?.includes('#') !== false) return undefined
    const name = textAt({ file: given.file, span: given.value.at }, context)
    const edit = addKey(config, name === migration.name ? migration.name : `${migration.name}: ${name}`, context)
    return edit && { title: `Give it "${migration.name}" too`, safe: false, edits: [edit] }
  },
  examples: [
    {
      name: 'opened at start without the migration that the provider has',
      project: realm12,
      files: {
        'src/db/schema.ts': schemaFile,
        'src/db/migrations.ts': `export const migrate = (oldRealm: Realm, newRealm: Realm) => {
  if (oldRealm.schemaVersion < 2) newRealm.deleteModel('Old')
}
`,
        'src/db/realm.tsx': `import Realm from 'realm'
import { RealmProvider as Provider } from '@realm/react'
import { migrate } from './migrations'
import { TaskSchema } from './schema'

const config = {
  schema: [TaskSchema],
  schemaVersion: 2,
}
export const appRealm = new Realm(config)
//                          ^^^^^ never runs
export const App = () => <Provider schema={[TaskSchema]} schemaVersion={2} onMigration={migrate} />
`,
      },
      fixed: {
        'src/db/realm.tsx': `import Realm from 'realm'
import { RealmProvider as Provider } from '@realm/react'
import { migrate } from './migrations'
import { TaskSchema } from './schema'

const config = {
  schema: [TaskSchema],
  schemaVersion: 2,
  onMigration: migrate,
}
export const appRealm = new Realm(config)
export const App = () => <Provider schema={[TaskSchema]} schemaVersion={2} onMigration={migrate} />
`,
      },
    },
    {
      name: 'other versions, keys and modes',
      project: realmProject('20.2.0', '0.20.0'),
      files: realmApp({
        files: {
          'src/db/realm.ts': `import Realm from 'realm'
import { key, TaskSchema } from './schema'

const schema = [TaskSchema]
export const a = () => Realm.open({ schema, schemaVersion: 1 })
export const b = () => Realm.open({ schema, schemaVersion: 2 })
//                     ^^^^^^^^^^ already opened with different schema version
export const c = () => Realm.open({ schema, path: 'c.realm', schemaVersion: 1, encryptionKey: new Uint8Array(64) })
export const d = () => Realm.open({ path: 'c.realm' })
//                     ^^^^^^^^^^ already opened with a different encryption key
export const e = () => Realm.open({ schema, path: 'e.realm', schemaVersion: 1 })
export const f = () => new Realm({ schema, path: 'e.realm', schemaVersion: 1, readOnly: true })
//                         ^^^^^ already opened with different read permissions
export const g = () => Realm.open({ schema, path: 'g.realm', schemaVersion: 1 })
export const h = () => Realm.open({ schema, path: 'g.realm', schemaVersion: 1, deleteRealmIfMigrationNeeded: true })
//                     ^^^^^^^^^^ already opened with a different schema mode
export const i = () => Realm.open({ schema, path: 'i.realm', schemaVersion: 1 })
export const j = () => Realm.open({ schema, path: 'i.realm', schemaVersion: 1, inMemory: true })
//                     ^^^^^^^^^^ already opened with different inMemory settings
`,
        },
      }),
    },
    {
      name: 'a provider without the migration that somewhere else has, over a context',
      project: realmProject('12.15.0', '0.8.0'),
      files: {
        'src/db/realm.js': `import Realm from 'realm'
import { Task, migrate } from './schema'

export const config = { path: 'app.realm', schema: [Task], schemaVersion: 6, onMigration: migrate }
export const open = () => Realm.open(config)
`,
        'src/App.jsx': `import { createRealmContext } from '@realm/react'
import { Task } from './schema'

const Context = createRealmContext({ path: 'app.realm', schema: [Task] })
export const App = () => <Context.RealmProvider schemaVersion={6}>{null}</Context.RealmProvider>
//                        ^^^^^^^^^^^^^^^^^^^^^ If this is opened first
`,
      },
    },
    {
      name: 'one configuration for both, a realm that is closed again, an idle migration, another path, no schema',
      project: realm12,
      files: realmApp({
        version: 2,
        config: 'onMigration: (oldRealm, newRealm) => {\n  newRealm.deleteModel("Old")\n},',
        files: {
          'src/db/more.ts': `import Realm from 'realm'
import { createRealmContext } from '@realm/react'
import { TaskSchema } from './schema'
import { config } from './realm'

const schema = [TaskSchema]
export const Context = createRealmContext(config)
export const dynamic = () => Realm.open({})
export async function exportAll() {
  const realm = await Realm.open({ schema, schemaVersion: 1 })
  realm.close()
}
export const count = () =>
  Realm.open({ schema, schemaVersion: 3 }).then(realm => {
    const length = realm.objects('Task').length
    realm.close()
    return length
  })
export const probe = () => new Realm({ schema, schemaVersion: 4 }).close()
export const a = () => Realm.open({ schema, path: 'a.realm', schemaVersion: 1, onMigration: () => {} })
export const b = () => Realm.open({ schema, path: 'a.realm', schemaVersion: 1 })
export function either(isOpen: boolean) {
  if (isOpen) return Realm.open({ schema, path: 'either.realm', schemaVersion: 1, readOnly: true })
  try {
    return new Realm({ schema, path: 'either.realm', schemaVersion: 1 })
  } catch {
    return new Realm({ schema, path: 'either.realm', schemaVersion: 1, deleteRealmIfMigrationNeeded: true })
  }
}
export const remove = () => Realm.deleteFile({ schema, path: 'a.realm', schemaVersion: 9 })
export const forUser = (path: string) => Realm.open({ schema, path, schemaVersion: 7 })
`,
        },
      }),
    },
  ],
}

/** Each opening against those before it: one report for each, about the first that it cannot stand beside. */
function* differences(store: RealmStore): Generator<Evidence<Data>> {
  const openings = lastingOpenings(store)
  for (const [index, later] of openings.entries())
    for (const earlier of openings.slice(0, index)) {
      const difference = differenceOf(store.scope, earlier, later)
      if (!difference || areAlternatives(store.scope, earlier, later)) continue
      yield conflict(later, earlier, difference.option, difference.throws)
      break
    }
}

/** Openings of the same version without the migration that another has. */
function* lackingMigrations(store: RealmStore): Generator<Evidence<Data>> {
  const { scope } = store
  const openings = lastingOpenings(store)
  const having = openings.find(one => migrationEntry(store, one))
  const entry = having && migrationEntry(store, having)
  const version = having && versionOf(scope, having)
  if (!having || !entry || version === undefined || isIdle(store)) return
  for (const opening of openings) {
    if (migrationEntry(store, opening) || versionOf(scope, opening) !== version) continue
    if (areAlternatives(scope, having, opening)) continue
    if (differenceOf(scope, having, opening) || isOn(scope, opening.entries.get('readOnly'))) continue
    // A file runs before what its components show.
    const isFirst = opening.fact.fn === undefined && opening.kind !== 'provider' && having.fact.fn !== undefined
    const what = isFirst
      ? `This is opened first, so version ${version} is reached here without a migration, and the "${entry.name}" of the other opening never runs`
      : `If this is opened first, version ${version} is reached without a migration, and the "${entry.name}" of the other opening never runs`
    yield {
      at: nameOfOpening(opening),
      message: `${what}. Give both one configuration.`,
      related: [{ at: entry.nameAt, message: 'Only this opening of the same file migrates' }],
      data: { opening, migration: entry },
    }
  }
}

/** Openings in memory stand in stores of their own, beside the one on disk. */
function* memoryAndDisk({ file, scope, sites, stores }: CodeOfFile): Generator<Evidence<Data>> {
  if (!sites().some(site => site.name === 'Realm' || site.name === 'Realm.open' || site.name === 'RealmProvider'))
    return
  const all = stores()
  for (const store of all) {
    if (!store.inMemory) continue
    for (const opening of lastingOpenings(store)) {
      if (!isOn(scope, opening.entries.get('inMemory')) || opening.value.file !== file) continue
      const other = all
        .filter(one => !one.inMemory && one.project === store.project)
        .flatMap(one => lastingOpenings(one))
        .find(one => one.path?.text === opening.path?.text)
      if (other) yield conflict(opening, other, 'inMemory', 'different inMemory settings')
    }
  }
}

function conflict(later: Opening, earlier: Opening, option: string, throws: string): Evidence<Data> {
  const path = later.path === null ? 'the default path' : `path "${later.path?.text}"`
  return {
    at: nameOfOpening(later),
    message: `The realm at ${path} is already opened with ${throws} elsewhere: Realm throws at the second opening while the first is open. Give both the same "${option}", or share one configuration.`,
    related: [{ at: nameOfOpening(earlier), message: 'The other opening of this file' }],
    data: { opening: later, migration: undefined },
  }
}
