// A class is gone from the schema, and its table stays in the file.
import type { Rule } from '../../../rules/rule.ts'
import type { Place } from '../../../text/span.ts'
import { realm12, realmApp } from '../example-app.ts'
import { migrationFix } from '../migrations/judge-class.ts'
import { classListDifferences, migrationOf, stepsSince, type Upgrade, upgradeOf } from '../migrations/upgrade-of.ts'
import { isGiven } from '../openings/read-opening.ts'
import type { RealmStore } from '../types.ts'

interface Data {
  readonly store: RealmStore
  readonly upgrade: Upgrade
}

const two = { Task: "properties: { title: 'string' },", Gone: "properties: { n: 'int' }," }
const one = { Task: two.Task }

export const removedClassStays: Rule<RealmStore, Data> = {
  id: 'realm/removed-class-stays',
  severity: 'info',
  on: 'store',
  needsBaseline: true,
  docs: {
    what: 'A released class is gone from the schema, and no `deleteModel` removes its table.',
    why: 'The table stays on phones with all its rows; a class of the same name that comes later meets the old shape and the old data.',
    fix: 'Writes the migration that deletes the table.',
  },
  *check(store) {
    const upgrade = upgradeOf(store)
    if (!upgrade) return
    const gone = classListDifferences(store, upgrade.released).filter(({ kind }) => kind === 'class-removed')
    const at = gone.length > 0 ? placeOfSchema(store) : undefined
    const migration = at && migrationOf(store)
    if (!at || !migration || migration === 'unknown') return
    const steps = upgrade.isBumped ? stepsSince(migration, upgrade) : []
    for (const { className } of gone) {
      if (steps.some(step => step.kind === 'delete-model' && step.className === className)) continue
      yield {
        at,
        message: `"${className}" is gone from the schema since ${upgrade.label}: its table stays on phones, and a later class of that name meets the old rows. Call "deleteModel" in "onMigration".`,
        data: { store, upgrade },
      }
    }
  },
  fix: ({ data: { store, upgrade } }, context) =>
    migrationFix(store, upgrade, { renames: 'rename', deletes: true }, context),
  examples: [
    {
      name: 'a class is removed',
      project: realm12,
      released: realmApp({ classes: two }),
      files: {
        ...realmApp({ classes: one }),
        'src/db/realm.ts': realmApp({ classes: one })['src/db/realm.ts']!.replace(
          'Schema],\n',
          'Schema],\n//^^^^^^ "Gone" is gone\n',
        ),
      },
      fixed: {
        'src/db/realm.ts': realmApp({
          classes: one,
          version: 2,
          config: `onMigration: (oldRealm, newRealm) => {
  if (oldRealm.schemaVersion < 2) {
    newRealm.deleteModel('Gone')
  }
},`,
        })['src/db/realm.ts']!,
      },
    },
    {
      name: 'its table is deleted',
      project: realm12,
      released: realmApp({ classes: two }),
      files: realmApp({
        classes: one,
        version: 2,
        config: "onMigration: (_old, realm) => {\n  realm.deleteModel('Gone')\n},",
      }),
    },
    {
      name: 'a class is added',
      project: realm12,
      released: realmApp({ classes: one }),
      files: realmApp({ classes: two }),
    },
  ],
}

/** The key of the list that it was taken from. */
function placeOfSchema({ scope, openings }: RealmStore): Place | undefined {
  const entries = openings.map(opening => opening.entries.get('schema'))
  return entries.find(entry => isGiven(scope, entry))?.nameAt
}
