// The version is below the one that phones have.
import type { Numbered } from '../../../catalog/catalog.ts'
import type { Rule } from '../../../rules/rule.ts'
import { realm12, realmApp } from '../example-app.ts'
import { setNumber } from '../migrations/raise-version.ts'
import { isMigrated } from '../migrations/upgrade-of.ts'
import type { RealmStore } from '../types.ts'

interface Data {
  /** Where a number is written. */
  readonly version: Numbered | undefined
  readonly released: number
}

export const versionLowered: Rule<RealmStore, Data> = {
  id: 'realm/version-lowered',
  severity: 'error',
  on: 'store',
  needsBaseline: true,
  docs: {
    what: '`schemaVersion` is below the released one. A version that only was committed may go down again.',
    why: 'Realm refuses to go back: every phone that has the app throws `Provided schema version … is less than last set version …` when it opens the realm.',
    fix: 'Restores the released version.',
  },
  *check(store) {
    const { baseline, version } = store
    const released = baseline?.kind === 'release' ? baseline.snapshots.at(-1)?.version : undefined
    if (!baseline || !version || released === undefined || version.value >= released || !isMigrated(store)) return
    const isWritten = store.openings.some(opening => opening.version)
    yield {
      at: version.at,
      message: `Version ${released} is released (${baseline.label}), and ${isWritten ? `this is ${version.value}` : 'none is given here, which is 0'}: phones that have the app throw "Provided schema version ${version.value} is less than last set version ${released}" and cannot open the realm. Never lower the version.`,
      data: { version: isWritten ? version : undefined, released },
    }
  },
  fix({ data: { version, released } }) {
    return version && { title: `Restore version ${released}`, safe: false, edits: [setNumber(version.at, released)] }
  },
  examples: [
    {
      name: 'a version that went down',
      project: realm12,
      released: realmApp({ version: 5 }),
      files: {
        ...realmApp({}),
        'src/db/realm.ts': realmApp({ version: 3 })['src/db/realm.ts']!.replace(
          '  schemaVersion: 3,\n',
          '  schemaVersion: 3,\n//               ^ Version 5 is released\n',
        ),
      },
      fixed: { 'src/db/realm.ts': realmApp({ version: 5 })['src/db/realm.ts']! },
    },
    { name: 'a higher version', project: realm12, released: realmApp({ version: 1 }), files: realmApp({ version: 2 }) },
    {
      name: 'a realm that is wiped instead, and one whose version is not known',
      project: realm12,
      released: realmApp({ version: 5 }),
      files: realmApp({ version: 1, config: 'deleteRealmIfMigrationNeeded: true,' }),
    },
    {
      name: 'a version from elsewhere',
      project: realm12,
      released: realmApp({ version: 5 }),
      files: realmApp({ version: 'Number(process.env.VERSION)' }),
    },
  ],
}
