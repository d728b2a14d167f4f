// The classes differ from the released ones, but the version does not.
import type { Rule } from '../../../rules/rule.ts'
import { realm12, realmApp } from '../example-app.ts'
import { type Difference, effects } from '../migrations/compare-schemas.ts'
import { type ChangeOfClass, migrationFixes, placeOfChange } from '../migrations/judge-class.ts'
import { classDifferences, upgradeOf } from '../migrations/upgrade-of.ts'
import type { ClassInStore } from '../types.ts'

/** What is different, in words. */
function whatChanged({ kind, from, to, className }: Difference): string {
  const [old, now] = [from?.persisted, to?.name]
  switch (kind) {
    case 'property-added':
      return `"${now}" is new`
    case 'property-removed':
      return `"${old}" is gone`
    case 'property-renamed':
      return `"${old}" is gone and "${now}" is new`
    case 'type-changed':
    case 'key-retyped':
      return `"${now}" has another type`
    case 'made-optional':
      return `"${now}" may be null now`
    case 'made-required':
      return `"${now}" may not be null any more`
    case 'to-embedded':
      return `"${className}" is embedded now`
    case 'from-embedded':
      return `"${className}" is not embedded any more`
    case 'asymmetric-changed':
      return `"${className}" changed between asymmetric and not`
    default:
      return `the primary key of "${className}" is another`
  }
}

export const schemaChangedWithoutBump: Rule<ClassInStore, ChangeOfClass> = {
  id: 'realm/schema-changed-without-bump',
  severity: 'error',
  on: 'class',
  needsBaseline: true,
  docs: {
    what: 'The schema of a class was changed while `schemaVersion` is still the released one.',
    why: 'Every phone that has the app throws `Migration is required due to the following errors` when it opens the realm; fresh installs work, so nobody sees it while developing.',
    fix: 'Raises the version, and writes the steps of `onMigration` that keep the data.',
  },
  *check(subject) {
    const { store } = subject
    const upgrade = upgradeOf(store)
    if (!upgrade || upgrade.isBumped) return
    const refused = classDifferences(store, upgrade.released, subject.class).filter(
      ({ kind }) => effects[kind].isRefused,
    )
    // What has no name in the class any more is told in one finding.
    const ofClass = refused.filter(({ to }) => !to)
    for (const group of [ofClass, ...refused.filter(({ to }) => to).map(one => [one])]) {
      const [difference] = group
      if (!difference) continue
      yield {
        at: placeOfChange(subject, difference),
        message: `Since ${upgrade.label}, ${group.map(whatChanged).join(', ')}, but the version is still ${upgrade.version}: phones that have the app throw "Migration is required" and cannot open the realm. Raise "schemaVersion".`,
        ...(store.version && { related: [{ at: store.version.at, message: 'The version' }] }),
        data: { store, upgrade, difference },
      }
    }
  },
  fix: ({ data }, context) => migrationFixes(data, context),
  examples: [
    {
      name: 'an optional property needs nothing but a version',
      project: realm12,
      released: realmApp({ classes: { Task: "properties: {\n  title: 'string',\n}," } }),
      files: realmApp({
        classes: { Task: "properties: {\n  title: 'string',\n  note: 'string?',\n//^^^^ is new\n}," },
      }),
      fixed: {
        'src/db/realm.ts': realmApp({ version: 2 })['src/db/realm.ts']!,
      },
    },
    {
      name: 'what looks like a rename is copied',
      project: realm12,
      released: realmApp({ classes: { Task: "properties: {\n  name: 'string',\n}," } }),
      files: realmApp({
        classes: { Task: 'properties: {\n  title: \'string\',\n//^^^^^ "name" is gone and "title" is new\n},' },
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
      name: 'what Realm takes at the same version: new classes, classes that are gone, indexes, order, mapTo',
      project: realm12,
      released: realmApp({
        classes: { Task: "properties: { a: 'int', b: 'string' },", Gone: "properties: { other: 'double' }," },
      }),
      files: realmApp({
        classes: {
          Task: "properties: { text: { type: 'string', mapTo: 'b', indexed: true }, a: 'int', owners: { type: 'linkingObjects', objectType: 'Fresh', property: 'task' } },",
          Fresh: "properties: { task: 'Task' },",
        },
      }),
    },
    {
      name: 'realms that are not migrated, and classes that are not known completely',
      project: realm12,
      released: realmApp({ classes: { Task: "properties: { a: 'int' }," } }),
      files: realmApp({
        classes: { Task: "properties: { a: 'int', b: 'int' }," },
        config: 'deleteRealmIfMigrationNeeded: true,',
      }),
    },
    {
      name: 'open classes',
      project: realm12,
      released: realmApp({ classes: { Task: "properties: { a: 'int' }," } }),
      files: realmApp({ classes: { Task: "properties: { ...shared, b: 'int' }," } }),
    },
  ],
}
