// The primary key is another one, and not every row is given its own.

import { findEntity } from '../../../baseline/find-entity.ts'
import type { Snapshot } from '../../../baseline/snapshot.ts'
import type { Rule } from '../../../rules/rule.ts'
import { realm12, realmApp } from '../example-app.ts'
import { type ChangeOfClass, migrationFixes, placeOfChange, unmendedChanges } from '../migrations/judge-class.ts'
import type { ClassInStore } from '../types.ts'

/** Values that were there before may well be unique. */
const isNew = (released: Snapshot, className: string, persisted: string | undefined): boolean =>
  findEntity(released, className)?.fields.every(field => (field.mapTo ?? field.name) !== persisted) ?? false

export const primaryKeyChange: Rule<ClassInStore, ChangeOfClass> = {
  id: 'realm/primary-key-change',
  severity: 'error',
  on: 'class',
  needsBaseline: true,
  docs: {
    what: 'The primary key has another name or another type, or is a new property, and `onMigration` does not assign it for every row.',
    why: 'All rows get the same empty key: phones with two rows or more throw `Primary key property … has duplicate values after migration`, and a key of another type can corrupt the file.',
    fix: 'Writes the step that gives every row its key, by its index.',
  },
  *check(subject) {
    for (const data of unmendedChanges(subject, ['key-renamed', 'key-retyped', 'key-added'])) {
      const { difference, upgrade } = data
      const { to, className } = difference
      if (difference.kind === 'key-added' && !isNew(upgrade.released, className, to?.persisted)) continue
      yield {
        at: placeOfChange(subject, difference),
        message: `Every row of "${className}" that phones have gets the same empty "${to?.name}" when they update from ${upgrade.label}, so the realm throws "has duplicate values after migration", or breaks. Assign the key of every row in "onMigration".`,
        data,
      }
    }
  },
  fix: ({ data }, context) => migrationFixes(data, context),
  examples: [
    {
      name: 'a renamed key',
      project: realm12,
      released: realmApp({ classes: { Task: "primaryKey: 'id',\nproperties: {\n  id: 'int',\n}," } }),
      files: realmApp({
        classes: { Task: "primaryKey: '_id',\nproperties: {\n  _id: 'int',\n//^^^ has duplicate values\n}," },
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
      newTaskRows[i]._id = oldTaskRows[i].id
    }
  }
},`,
        })['src/db/realm.ts']!,
      },
    },
    {
      name: 'a key of another type',
      project: realm12,
      released: realmApp({ classes: { Task: "primaryKey: 'id',\nproperties: {\n  id: 'int',\n}," } }),
      files: realmApp({
        classes: { Task: "primaryKey: 'id',\nproperties: {\n  id: 'string',\n//^^ Assign the key\n}," },
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
      newTaskRows[i].id = String(oldTaskRows[i].id)
    }
  }
},`,
        })['src/db/realm.ts']!,
      },
    },
    {
      name: 'a new property as the key',
      project: realm12,
      released: realmApp({ classes: { Task: "properties: {\n  name: 'string',\n}," } }),
      files: realmApp({
        classes: { Task: "primaryKey: 'id',\nproperties: {\n  id: 'int',\n//^^\n  name: 'string',\n}," },
        version: 2,
      }),
    },
    {
      name: 'keys that are added to what is there, or moved',
      project: realm12,
      released: realmApp({ classes: { Task: "properties: {\n  id: 'int',\n}," } }),
      files: realmApp({ classes: { Task: "primaryKey: 'id',\nproperties: {\n  id: 'int',\n}," }, version: 2 }),
    },
    {
      name: 'every row assigned',
      project: realm12,
      released: realmApp({ classes: { Task: "primaryKey: 'id',\nproperties: {\n  id: 'int',\n}," } }),
      files: realmApp({
        classes: { Task: "primaryKey: '_id',\nproperties: {\n  _id: 'int',\n}," },
        version: 2,
        config: `onMigration: (oldRealm, newRealm) => {
  if (oldRealm.schemaVersion < 2) {
    const oldTaskRows = oldRealm.objects<any>('Task')
    const newTaskRows = newRealm.objects<any>('Task')
    for (let i = 0; i < oldTaskRows.length; i++) {
      newTaskRows[i]._id = oldTaskRows[i].id
    }
  }
},`,
      }),
    },
  ],
}
