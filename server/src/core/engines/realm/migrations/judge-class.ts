// What rules about migrations need of a class: its changes that phones would not survive, and the fixes for them.
import { placeOf } from '../../../catalog/place-of.ts'
import type { Fix, FixContext } from '../../../rules/rule.ts'
import type { Place } from '../../../text/span.ts'
import type { ClassInStore, RealmClass, RealmStore } from '../types.ts'
import type { Difference } from './compare-schemas.ts'
import { mapToEdit } from './map-to.ts'
import type { PlanWish } from './plan-migration.ts'
import { classDifferences, isAssigned, migrationOf, stepsSince, type Upgrade, upgradeOf } from './upgrade-of.ts'
import { type WrittenMigration, writeMigration } from './write-migration.ts'

/** A change that a rule reports, with what its fix needs. */
export interface ChangeOfClass {
  readonly store: RealmStore
  readonly upgrade: Upgrade
  readonly difference: Difference
}

/**
 * The changes of some kinds that a raised version brings to phones and that no step of the migration makes up for. None
 * while the version is the released one, as Realm refuses to open then, and none where the migration cannot be followed.
 */
export function* unmendedChanges(
  subject: ClassInStore,
  kinds: readonly Difference['kind'][],
): Generator<ChangeOfClass> {
  const { store } = subject
  const upgrade = upgradeOf(store)
  if (!upgrade?.isBumped) return
  const own = classDifferences(store, upgrade.released, subject.class).filter(({ kind }) => kinds.includes(kind))
  if (own.length === 0) return
  const migration = migrationOf(store)
  if (migration === 'unknown') return
  const steps = stepsSince(migration, upgrade)
  for (const difference of own) if (!isAssigned(store, steps, difference)) yield { store, upgrade, difference }
}

/** Where a change shows: the name of the property, or of the class as it stands there. */
export const placeOfChange = ({ class: own }: ClassInStore, { to }: Difference): Place =>
  (to && own.properties.get(to.name)?.name.at) ?? placeOfClass(own)

/** The name of a class where its schema gives it, even by a constant. */
export const placeOfClass = ({ name, nameEntry }: RealmClass): Place => (nameEntry ? placeOf(nameEntry.value) : name.at)

const keeping: PlanWish = { renames: 'rename', deletes: false }

/** The migration that keeps the values; behind it other ways where a change looks like a rename. */
export function migrationFixes({ store, upgrade, difference }: ChangeOfClass, context: FixContext): readonly Fix[] {
  const { kind, className, from, to } = difference
  const isRename = kind === 'property-renamed'
  const written = writeMigration(store, upgrade, keeping, context)
  // Where a raised version is not enough, a migration that leaves the values to the author mends nothing.
  const isEmbedded = store.class(className)?.embedded && written?.open.length === 0
  const isMended = !upgrade.isBumped || !to || isEmbedded || written?.assigned.has(`${className}.${to.name}`)
  const keep =
    written && isMended ? fixOf(written, isRename ? ` that moves "${from?.name}" to "${to?.name}"` : '') : undefined
  const mapped = isRename ? mapToEdit(store, difference, context) : undefined
  const dropped = isRename ? writeMigration(store, upgrade, { ...keeping, renames: 'drop' }, context) : undefined
  const drop = dropped && fixOf(dropped, ` that drops "${from?.name}"`)
  return [
    ...(keep ? [keep] : []),
    ...(mapped ? [{ title: `Go on storing it as "${from?.persisted}" (mapTo)`, safe: false, edits: mapped }] : []),
    ...(drop ? [drop] : []),
  ]
}

/** The fix that writes a migration. */
export function migrationFix(
  store: RealmStore,
  upgrade: Upgrade,
  wish: PlanWish,
  context: FixContext,
): Fix | undefined {
  const written = writeMigration(store, upgrade, wish, context)
  return written && fixOf(written, '')
}

const fixOf = ({ hasSteps, toVersion, edits }: WrittenMigration, what: string): Fix => ({
  title: hasSteps ? `Create migration to version ${toVersion}${what}` : `Raise "schemaVersion" to ${toVersion}`,
  safe: false,
  edits,
})
