// A property went by another name, and nothing copies its values.
import type { Rule } from '../../../rules/rule.ts'
import { realm12, realmApp } from '../example-app.ts'
import { type ChangeOfClass, migrationFixes, placeOfChange, unmendedChanges } from '../migrations/judge-class.ts'
import type { ClassInStore } from '../types.ts'

export const renamedPropertyLosesData: Rule<ClassInStore, ChangeOfClass> = {
  id: 'realm/renamed-property-loses-data',
  severity: 'error',
  on: 'class',
  needsBaseline: true,
  docs: {
    what: 'A property is gone, one of the same type is new, and `onMigration` copies nothing.',
    why: 'Realm knows no renames: it drops the old column with all its values and gives the new property zeros.',
    fix: 'Writes the step that copies the values, or keeps the stored name by `mapTo`.',
  },
  *check(subject) {
    for (const data of unmendedChanges(subject, ['property-renamed'])) {
      const { difference, upgrade } = data
      const { from, to, className } = difference
      yield {
        at: placeOfChange(subject, difference),
        message: `"${from?.persisted}" of "${className}" is gone since ${upgrade.label} and "${to?.name}" is new: if that is its new name, phones that update lose all its values. Copy them in "onMigration", or map the new name to the old one by "mapTo".`,
        data,
      }
    }
  },
  fix: ({ data }, context) => migrationFixes(data, context),
  examples: [
    {
      name: 'a rename without a copy',
      project: realm12,
      released: realmApp({ classes: { Task: "properties: {\n  name: 'string',\n}," } }),
      files: realmApp({
        classes: { Task: "properties: {\n  title: 'string',\n//^^^^^ lose all its values\n}," },
        version: 2,
      }),
      fixed: {
        'src/db/realm.ts': realmApp({
          version: 2,
          config: `onMigration: (oldRealm, newRealm) => {
  if (oldRealm.schemaVersion < 2) {
    const oldTaskRows = oldRealm.objects<any>('Task')
    const newTaskRows = newRealm.objects<any>('Task')
    for (let i = 0; i < oldTaskRows.length; i++) {
      newTaskRows[i].title = oldTaskRows[i].name
    }
  }
},`,
        })['src/db/realm.ts']!,
      },
    },
    {
      name: 'a rename with a copy',
      project: realm12,
      released: realmApp({ classes: { Task: "properties: {\n  name: 'string',\n}," } }),
      files: realmApp({
        classes: { Task: "properties: {\n  title: 'string',\n}," },
        version: 2,
        config: `onMigration: (oldRealm, newRealm) => {
  if (oldRealm.schemaVersion < 2) {
    const oldTaskRows = oldRealm.objects<any>('Task')
    const newTaskRows = newRealm.objects<any>('Task')
    for (let i = 0; i < oldTaskRows.length; i++) {
      newTaskRows[i].title = oldTaskRows[i].name
    }
  }
},`,
      }),
    },
    {
      name: 'a rename by mapTo',
      project: realm12,
      released: realmApp({ classes: { Task: "properties: {\n  name: 'string',\n}," } }),
      files: realmApp({
        classes: { Task: "properties: {\n  title: { type: 'string', mapTo: 'name' },\n}," },
        version: 2,
      }),
    },
    {
      name: 'a migration that cannot be followed',
      project: realm12,
      released: realmApp({ classes: { Task: "properties: {\n  name: 'string',\n}," } }),
      files: realmApp({
        classes: { Task: "properties: {\n  title: 'string',\n}," },
        version: 2,
        config: `onMigration: (oldRealm, newRealm) => migrateAll(oldRealm, newRealm),`,
      }),
    },
    {
      name: 'properties of other types',
      project: realm12,
      released: realmApp({ classes: { Task: "properties: {\n  name: 'string',\n}," } }),
      files: realmApp({ classes: { Task: "properties: {\n  done: 'bool',\n}," }, version: 2 }),
    },
    {
      name: 'the same version, at which Realm throws',
      project: realm12,
      released: realmApp({ classes: { Task: "properties: {\n  name: 'string',\n}," } }),
      files: realmApp({ classes: { Task: "properties: {\n  title: 'string',\n}," }, version: 1 }),
    },
  ],
}
