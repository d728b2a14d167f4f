// A property may not be null any more, and nothing copies its values.
import type { Rule } from '../../../rules/rule.ts'
import { realm12, realmApp } from '../example-app.ts'
import { type ChangeOfClass, migrationFixes, placeOfChange, unmendedChanges } from '../migrations/judge-class.ts'
import type { ClassInStore } from '../types.ts'

export const requiredLosesData: Rule<ClassInStore, ChangeOfClass> = {
  id: 'realm/required-loses-data',
  severity: 'error',
  on: 'class',
  needsBaseline: true,
  docs: {
    what: 'An optional property, or an element of a collection, is required now, and `onMigration` does not assign it.',
    why: 'Realm makes the column anew: all values are lost, not only the nulls.',
    fix: 'Writes the step that copies the values and replaces null.',
  },
  *check(subject) {
    for (const data of unmendedChanges(subject, ['made-required'])) {
      const { difference, upgrade } = data
      const { to, className } = difference
      yield {
        at: placeOfChange(subject, difference),
        message: `"${to?.name}" of "${className}" could be null in ${upgrade.label} and is required now: phones that update lose all its values, not only the nulls. Assign it in "onMigration".`,
        data,
      }
    }
  },
  fix: ({ data }, context) => migrationFixes(data, context),
  examples: [
    {
      name: 'an optional property becomes required',
      project: realm12,
      released: realmApp({ classes: { Task: "properties: {\n  count: 'int?',\n}," } }),
      files: realmApp({
        classes: { Task: "properties: {\n  count: 'int',\n//^^^^^ not only the nulls\n}," },
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
      newTaskRows[i].count = oldTaskRows[i].count ?? 0
    }
  }
},`,
        })['src/db/realm.ts']!,
      },
    },
    {
      name: 'with a default',
      project: realm12,
      released: realmApp({ classes: { Task: "properties: {\n  count: 'int?',\n}," } }),
      files: realmApp({
        classes: { Task: "properties: {\n  count: { type: 'int', default: 5 },\n//^^^^^\n}," },
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
      newTaskRows[i].count = oldTaskRows[i].count ?? 5
    }
  }
},`,
        })['src/db/realm.ts']!,
      },
    },
    {
      name: 'elements of a list',
      project: realm12,
      released: realmApp({ classes: { Task: "properties: {\n  counts: 'int?[]',\n}," } }),
      files: realmApp({ classes: { Task: "properties: {\n  counts: 'int[]',\n//^^^^^^\n}," }, version: 2 }),
      fixed: {
        'src/db/realm.ts': realmApp({
          version: 2,
          config: `onMigration: (oldRealm, newRealm) => {
  if (oldRealm.schemaVersion < 2) {
    const oldTaskRows = oldRealm.objects<any>('Task')
    const newTaskRows = newRealm.objects<any>('Task')
    for (let i = 0; i < oldTaskRows.length; i++) {
      newTaskRows[i].counts = [...oldTaskRows[i].counts].map(item => item ?? 0)
    }
  }
},`,
        })['src/db/realm.ts']!,
      },
    },
    {
      name: 'the other way round nothing is lost',
      project: realm12,
      released: realmApp({ classes: { Task: "properties: {\n  count: 'int',\n}," } }),
      files: realmApp({ classes: { Task: "properties: {\n  count: 'int?',\n}," }, version: 2 }),
    },
  ],
}
