// A class went by another name, and nothing copies its objects.
import type { Rule } from '../../../rules/rule.ts'
import { realm12, realmApp } from '../example-app.ts'
import { migrationFix, placeOfClass } from '../migrations/judge-class.ts'
import {
  classListDifferences,
  isAssigned,
  migrationOf,
  stepsSince,
  type Upgrade,
  upgradeOf,
} from '../migrations/upgrade-of.ts'
import type { RealmStore } from '../types.ts'

interface Data {
  readonly store: RealmStore
  readonly upgrade: Upgrade
}

const before = { Task: "properties: {\n  title: 'string',\n  done: 'bool',\n  due: 'date?',\n}," }
const now = (name: string) => `{
  name: ${name},
  properties: {
    title: 'string',
    done: 'bool',
    due: 'date?',
  },
}`
const marked = now("'Todo'").replace(',\n', ',\n//      ^^^^^^ hidden\n')

export const renamedClassLosesData: Rule<RealmStore, Data> = {
  id: 'realm/renamed-class-loses-data',
  severity: 'error',
  on: 'store',
  needsBaseline: true,
  docs: {
    what: 'A class is gone, one with mostly the same properties is new, and `onMigration` creates none of its objects.',
    why: 'Realm says nothing, at any version: the old table stays, hidden, and the new one is empty, so users see their data gone.',
    fix: 'Writes the migration that creates every object anew and deletes the old table.',
  },
  *check(store) {
    const upgrade = upgradeOf(store)
    if (!upgrade) return
    const renamed = classListDifferences(store, upgrade.released).filter(({ kind }) => kind === 'class-renamed')
    if (renamed.length === 0) return
    const migration = migrationOf(store)
    if (migration === 'unknown') return
    const steps = stepsSince(migration, upgrade)
    for (const difference of renamed) {
      const { className, fromClass } = difference
      const found = store.class(className)
      // At the released version no migration runs.
      if (!found || (upgrade.isBumped && isAssigned(store, steps, difference))) continue
      yield {
        at: placeOfClass(found),
        message: `"${fromClass}" is gone since ${upgrade.label} and "${className}" holds the same: if that is its new name, all its objects on phones that update stay hidden in the old table. Copy them in "onMigration".`,
        data: { store, upgrade },
      }
    }
  },
  fix: ({ data: { store, upgrade } }, context) =>
    migrationFix(store, upgrade, { renames: 'rename', deletes: false }, context),
  examples: [
    {
      name: 'a class with another name',
      project: realm12,
      released: realmApp({ classes: before }),
      files: realmApp({ classes: { Task: marked } }),
      fixed: {
        'src/db/realm.ts': realmApp({
          version: 2,
          config: `onMigration: (oldRealm, newRealm) => {
  if (oldRealm.schemaVersion < 2) {
    for (const row of oldRealm.objects<any>('Task')) {
      newRealm.create('Todo', {
        title: row.title,
        done: row.done,
        due: row.due,
      })
    }
    newRealm.deleteModel('Task')
  }
},`,
        })['src/db/realm.ts']!,
      },
    },
    {
      name: 'its objects are created',
      project: realm12,
      released: realmApp({ classes: before }),
      files: realmApp({
        classes: { Task: now("'Todo'") },
        version: 2,
        config: `onMigration: (old, realm) => {
  if (old.schemaVersion < 2) for (const task of old.objects<any>('Task')) realm.create('Todo', { ...task.toJSON() })
},`,
      }),
    },
    {
      name: 'another JavaScript name for the same class, and a class that holds something else',
      project: realm12,
      released: realmApp({ classes: { ...before, Old: "properties: { a: 'int', b: 'int' }," } }),
      files: realmApp({ classes: { Job: now("'Task'"), Fresh: "properties: { x: 'int', y: 'string' }," } }),
    },
    {
      name: 'a schema that is not known completely',
      project: realm12,
      released: realmApp({ classes: before }),
      files: realmApp({
        classes: { Task: now("'Todo'") },
        files: {
          'src/db/realm.ts': `import Realm from 'realm'
import { TaskSchema } from './schema'
import { more } from './more'

export const openRealm = () => Realm.open({ schema: [TaskSchema, ...more], schemaVersion: 2 })
`,
        },
      }),
    },
  ],
}
