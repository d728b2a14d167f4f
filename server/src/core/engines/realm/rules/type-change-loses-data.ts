// A property has another type, and nothing converts its values.
import type { Rule } from '../../../rules/rule.ts'
import { realm12, realmApp } from '../example-app.ts'
import { type ChangeOfClass, migrationFixes, placeOfChange, unmendedChanges } from '../migrations/judge-class.ts'
import type { ClassInStore } from '../types.ts'

export const typeChangeLosesData: Rule<ClassInStore, ChangeOfClass> = {
  id: 'realm/type-change-loses-data',
  severity: 'error',
  on: 'class',
  needsBaseline: true,
  docs: {
    what: 'A property has another type than the released one, and `onMigration` does not assign it.',
    why: 'Realm converts nothing, not even `int` to `double`: it drops the column and makes a new one of zeros, nulls and empty lists.',
    fix: 'Writes the step that converts the values.',
  },
  *check(subject) {
    for (const data of unmendedChanges(subject, ['type-changed'])) {
      const { difference, upgrade } = data
      const { to, className } = difference
      yield {
        at: placeOfChange(subject, difference),
        message: `"${to?.name}" of "${className}" has another type than in ${upgrade.label}: Realm converts nothing, so phones that update lose all its values. Assign it in "onMigration".`,
        data,
      }
    }
  },
  fix: ({ data }, context) => migrationFixes(data, context),
  examples: [
    {
      name: 'an int becomes a double',
      project: realm12,
      released: realmApp({ classes: { Task: "properties: {\n  count: 'int',\n}," } }),
      files: realmApp({
        classes: { Task: "properties: {\n  count: 'double',\n//^^^^^ converts nothing\n}," },
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
      newTaskRows[i].count = oldTaskRows[i].count
    }
  }
},`,
        })['src/db/realm.ts']!,
      },
    },
    {
      name: 'a string becomes an int',
      project: realm12,
      released: realmApp({ classes: { Task: "properties: {\n  count: 'string',\n}," } }),
      files: realmApp({ classes: { Task: "properties: {\n  count: 'int',\n//^^^^^\n}," }, version: 2 }),
      fixed: {
        'src/db/realm.ts': realmApp({
          version: 2,
          config: `onMigration: (oldRealm, newRealm) => {
  if (oldRealm.schemaVersion < 2) {
    const oldTaskRows = oldRealm.objects<any>('Task')
    const newTaskRows = newRealm.objects<any>('Task')
    for (let i = 0; i < oldTaskRows.length; i++) {
      newTaskRows[i].count = Math.round(Number(oldTaskRows[i].count)) || 0
    }
  }
},`,
        })['src/db/realm.ts']!,
      },
    },
    {
      name: 'a value becomes a list',
      project: realm12,
      released: realmApp({ classes: { Task: "properties: {\n  tag: 'string?',\n}," } }),
      files: realmApp({ classes: { Task: "properties: {\n  tag: 'string[]',\n//^^^\n}," }, version: 2 }),
      fixed: {
        'src/db/realm.ts': realmApp({
          version: 2,
          config: `onMigration: (oldRealm, newRealm) => {
  if (oldRealm.schemaVersion < 2) {
    const oldTaskRows = oldRealm.objects<any>('Task')
    const newTaskRows = newRealm.objects<any>('Task')
    for (let i = 0; i < oldTaskRows.length; i++) {
      newTaskRows[i].tag = oldTaskRows[i].tag === null ? [] : [oldTaskRows[i].tag]
    }
  }
},`,
        })['src/db/realm.ts']!,
      },
    },
    {
      name: 'a step that assigns it',
      project: realm12,
      released: realmApp({ classes: { Task: "properties: {\n  count: 'int',\n}," } }),
      files: realmApp({
        classes: { Task: "properties: {\n  count: 'double',\n}," },
        version: 2,
        config: `onMigration: (old, now) => {
  now.objects<any>('Task').forEach((task, i) => {
    task.count = old.objects<any>('Task')[i].count
  })
},`,
      }),
    },
    {
      name: 'a counter is an int',
      project: realm12,
      released: realmApp({ classes: { Task: "properties: {\n  count: 'int',\n}," } }),
      files: realmApp({ classes: { Task: "properties: {\n  count: 'counter',\n}," }, version: 2 }),
    },
  ],
}
