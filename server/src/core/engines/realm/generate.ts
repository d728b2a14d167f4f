// What can be written when asked by name: the migration that brings phones to the present schema.
import type { FixContext } from '../../rules/rule.ts'
import type { Generated, Generators } from '../contract.ts'
import { migrationHome } from './migrations/migration-home.ts'
import { isMigrated, upgradeOf } from './migrations/upgrade-of.ts'
import { writeMigration } from './migrations/write-migration.ts'
import type { RealmStore } from './types.ts'

/** The generators of Realm. */
export const generators: Pick<Generators, 'createMigration'> = {
  createMigration(store, context) {
    const own = store as RealmStore
    const idle = nothingToDo(own)
    return idle === undefined ? withMigration(own, context) : { problem: idle }
  },
}

/** Why no migration can be wanted. */
function nothingToDo(store: RealmStore): string | undefined {
  const { baseline, version } = store
  if (store.isSync) return 'Device Sync migrates this realm, not the app.'
  if (store.inMemory) return 'This realm is in memory: phones keep nothing of it.'
  if (!version) return 'The "schemaVersion" of this realm cannot be read, so no migration can be written.'
  if (!isMigrated(store))
    return 'A configuration of this realm cannot be read completely, or wipes the file instead of migrating it.'
  const released = baseline?.snapshots.at(-1)
  if (!released)
    return 'No released schema is known, so nothing tells what phones lack. Take a schema snapshot at each release.'
  return version.value < released.version
    ? `"schemaVersion" ${version.value} is below the released version ${released.version}. Restore that first.`
    : undefined
}

function withMigration(store: RealmStore, context: FixContext): Generated {
  const upgrade = upgradeOf(store)
  const home = migrationHome(store, context)
  if (!upgrade || !home)
    return {
      problem:
        'The migration function cannot be read, or several configurations open this realm, so no migration can be written.',
    }
  const written = writeMigration(store, upgrade, { renames: 'rename', deletes: true }, context)
  if (!written)
    return { problem: `Nothing is missing: phones that update from ${upgrade.label} get all that the schema has.` }
  const done = written.hasSteps
    ? `Created migration to version ${written.toVersion}.`
    : `Raised "schemaVersion" to ${written.toVersion}; nothing needs to be copied.`
  return {
    edits: written.edits,
    message: [done, ...written.open].join(' '),
    ...(written.show !== undefined && { show: written.show }),
  }
}
