// What phones go through that update the app: from which schema they come, and which migration they run.
import { findEntity } from '../../../baseline/find-entity.ts'
import type { Snapshot } from '../../../baseline/snapshot.ts'
import type { Scope } from '../../../catalog/scope.ts'
import { isGiven } from '../openings/read-opening.ts'
import type { MigrationRead, MigrationStep, Opening, RealmClass, RealmStore } from '../types.ts'
import { majorFor } from '../versions.ts'
import { type Difference, differencesOf, presentClass, releasedClass } from './compare-schemas.ts'
import { holdsEmbedded } from './embedded-parts.ts'
import { isRenamedClass } from './pair-renames.ts'
import type { SchemaClass } from './schema-class.ts'

/** An update of the app from the newest release. */
export interface Upgrade {
  readonly released: Snapshot
  readonly version: number
  /** True when the version is above the released one: then Realm migrates. */
  readonly isBumped: boolean
  /** For messages: where the released schema comes from. */
  readonly label: string
}

/**
 * The update that phones go through; undefined where nothing is known of it, where the version has gone down, and for
 * realms that are not migrated: in memory, synced, wiped instead.
 */
export function upgradeOf(store: RealmStore): Upgrade | undefined {
  const { baseline, version } = store
  const released = baseline?.snapshots.at(-1)
  if (!baseline || !released || !version || version.value < released.version || !isMigrated(store)) return undefined
  return { released, version: version.value, isBumped: version.value > released.version, label: baseline.label }
}

/** True for realms whose phones run migrations, as far as the configurations tell. */
export function isMigrated(store: RealmStore): boolean {
  if (store.isSync || store.inMemory) return false
  return store.openings.every(
    one => one.kind === 'other' || (one.complete && !isWiped(store.scope, one) && !isReadOnly(store.scope, one)),
  )
}

/** What is wiped only while the app is developed migrates on phones. */
function isWiped(scope: Scope, { entries }: Opening): boolean {
  const entry = entries.get('deleteRealmIfMigrationNeeded')
  if (!isGiven(scope, entry) || !entry) return false
  const { value } = scope.follow(entry.value)
  return scope.boolean(entry.value) !== false && !(value.kind === 'name' && value.name === '__DEV__')
}

const isReadOnly = (scope: Scope, { entries }: Opening): boolean =>
  isGiven(scope, entries.get('readOnly')) && scope.boolean(entries.get('readOnly')?.value) !== false

/** The key that holds the migration: realm 10 called it `migration`. */
export const migrationKey = (scope: Scope, file: string): 'onMigration' | 'migration' =>
  (majorFor(scope, file) ?? 11) < 11 ? 'migration' : 'onMigration'

/** What phones run; `none` where no opening gives a migration, `unknown` where it cannot be followed. */
export function migrationOf(store: RealmStore): MigrationRead | 'none' | 'unknown' {
  const { scope, migration } = store
  const openers = store.openings.filter(one => one.kind !== 'other')
  const given = openers.flatMap(({ entries }) =>
    // One that Realm does not look at any more is the finding of another rule.
    ['onMigration', 'migration'].flatMap(key => (isGiven(scope, entries.get(key)) ? entries.get(key)! : [])),
  )
  if (given.length === 0) return openers.every(one => one.complete) ? 'none' : 'unknown'
  const places = new Set(given.map(entry => scope.follow(entry.value).value))
  return migration?.complete && places.size === 1 && given.includes(migration.entry) ? migration : 'unknown'
}

/** The steps that phones at the released version run. */
export const stepsSince = (migration: MigrationRead | 'none', { released }: Upgrade): readonly MigrationStep[] =>
  migration === 'none'
    ? []
    : migration.steps.filter(
        step => step.realm === 'new' && (step.toVersion === undefined || step.toVersion > released.version),
      )

/** True when one of the steps gives values to what a difference is about. */
export function isAssigned(
  store: RealmStore,
  steps: readonly MigrationStep[],
  { kind, className, to }: Difference,
): boolean {
  const isEmbedded = store.class(className)?.embedded === true
  return steps.some(step => {
    if (step.kind === 'delete-model') return false
    if (isEmbedded && step.className !== className)
      return step.property === '*' || holdsEmbedded(store, step.className, step.property, className)
    if (step.className !== className) return false
    return kind === 'class-renamed' ? step.kind === 'create' : step.property === '*' || step.property === to?.name
  })
}

/** The changes of one present class; none for a class that is new. */
export function classDifferences(store: RealmStore, released: Snapshot, one: RealmClass): readonly Difference[] {
  if (!one.isNamed || store.class(one.name.text) !== one) return []
  const entity = findEntity(released, one.name.text)
  return entity ? differencesOf(releasedClass(entity), presentClass(one)) : []
}

/** Classes that are gone, and those that go by another name now; only where both schemas are known completely. */
export function classListDifferences(store: RealmStore, released: Snapshot): readonly Difference[] {
  if (!store.complete || !released.complete) return []
  const present = new Set(store.classNames())
  const removed = released.entities.filter(({ name }) => !present.has(name)).map(releasedClass)
  if (removed.length === 0) return []
  const added = [...present]
    .filter(name => !findEntity(released, name))
    .flatMap((name): SchemaClass[] => {
      const found = store.class(name)
      return found ? [presentClass(found)] : []
    })
  const taken = new Set<SchemaClass>()
  return removed.map((before): Difference => {
    const now = added.find(one => !taken.has(one) && isRenamedClass(before, one))
    if (!now) return { kind: 'class-removed', className: before.name }
    taken.add(now)
    return { kind: 'class-renamed', className: now.name, fromClass: before.name }
  })
}

/** All changes since the release. */
export function allDifferences(store: RealmStore, released: Snapshot): readonly Difference[] {
  return [
    ...classListDifferences(store, released),
    ...store.classNames().flatMap(name => {
      const found = store.class(name)
      return found ? classDifferences(store, released, found) : []
    }),
  ]
}
