// The options of a configuration (`packages/realm/src/Configuration.ts` of realm-js), and how people misspell them.
import { closest } from '../../../text/similar.ts'

const options = [
  'path',
  'schema',
  'schemaVersion',
  'inMemory',
  'readOnly',
  'fifoFilesFallbackPath',
  'deleteRealmIfMigrationNeeded',
  'disableFormatUpgrade',
  'encryptionKey',
  'migrationOptions',
  'excludeFromIcloudBackup',
]
const since11 = ['onMigration', 'shouldCompact']
const until10 = ['migration', 'shouldCompactOnLaunch']

/** What some version knows, and what `RealmProvider` and React themselves take. */
const known: ReadonlySet<string> = new Set([
  ...options,
  ...since11,
  ...until10,
  'onFirstOpen',
  'sync',
  'openSyncedRealmLocally',
  'fallback',
  'closeOnUnmount',
  'realmRef',
  'realm',
  'children',
  'key',
  'ref',
])

/** Words for options that other databases, other languages' Realm, or memory use; in small letters. */
const otherWords: Readonly<Record<string, string>> = {
  version: 'schemaVersion',
  schemaversionnumber: 'schemaVersion',
  migrations: 'onMigration',
  migrate: 'onMigration',
  migrationfunction: 'onMigration',
  onmigrate: 'onMigration',
  encryption: 'encryptionKey',
  deleteifmigrationneeded: 'deleteRealmIfMigrationNeeded',
  shoulddeleteifmigrationneeded: 'deleteRealmIfMigrationNeeded',
  shoulddeleterealmifmigrationneeded: 'deleteRealmIfMigrationNeeded',
  objectclasses: 'schema',
  isreadonly: 'readOnly',
  isinmemory: 'inMemory',
}

/** The option that an unknown key was most likely meant to be, in that major version; undefined for known ones. */
export function meantOption(name: string, major: number | undefined): string | undefined {
  if (known.has(name)) return undefined
  const isOld = major !== undefined && major < 11
  const meant = otherWords[name.toLowerCase()] ?? closest(name, [...options, ...(isOld ? until10 : since11)])
  return isOld && meant === 'onMigration' ? 'migration' : meant
}
