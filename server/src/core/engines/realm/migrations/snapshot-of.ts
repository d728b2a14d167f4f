// A realm as a snapshot: what a release puts on users' phones.
import type { Snapshot, SnapshotField } from '../../../baseline/snapshot.ts'
import { normaliseShorthand } from '../schema/normalize.ts'
import type { Property, PropertyShape, RealmStore } from '../types.ts'

/**
 * The snapshot of a realm's present classes; undefined while its version is not known. Realms in memory leave nothing on
 * phones, and those that sync are migrated by nobody's version.
 */
export function snapshotOf(store: RealmStore): Snapshot | undefined {
  const { version } = store
  if (!version || !Number.isInteger(version.value) || version.value < 0) return undefined
  if (!store.schemaValue || store.inMemory || store.isSync) return undefined
  return {
    format: 'offline-storage/snapshot',
    formatVersion: 1,
    engine: store.engine,
    store: store.name,
    version: version.value,
    complete: store.complete,
    entities: store
      .classNames()
      .flatMap(name => store.class(name) ?? [])
      .map(one => ({
        name: one.name.text,
        complete: one.complete,
        ...(one.primaryKey && { primaryKey: one.primaryKey.text }),
        ...(one.embedded && { embedded: true }),
        ...(one.asymmetric && { asymmetric: true }),
        fields: [...one.properties.values()].map(fieldOf),
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    migrations: migrationsOf(store),
  }
}

/** A branch may do anything: what it does is not told. */
function migrationsOf(store: RealmStore): Snapshot['migrations'] {
  const versions = new Set(store.migrations.flatMap(({ toVersion }) => (Number.isInteger(toVersion) ? toVersion! : [])))
  return [...versions].sort((a, b) => a - b).map(toVersion => ({ toVersion, steps: [{ kind: 'unknown' as const }] }))
}

/** A property as a field of a snapshot. */
export function fieldOf(property: Property): SnapshotField {
  const { name, type, persisted, shape, index, default: value } = property
  return {
    name: name.text,
    type: type?.text ?? 'unknown',
    ...(property.optional && { optional: true }),
    ...(property.indexed && { indexed: true }),
    ...(shape?.target !== undefined && { target: shape.target }),
    ...(shape?.origin !== undefined && { origin: shape.origin }),
    ...(persisted.text !== name.text && { mapTo: persisted.text }),
    ...(index === 'full-text' && { fullText: true }),
    ...(value && { default: true }),
  }
}

/** What a field of a snapshot is; undefined where that was not known when it was taken. */
export function shapeOfField({ type, target, origin }: SnapshotField): PropertyShape | undefined {
  if (type === 'unknown') return undefined
  if (origin !== undefined && target !== undefined)
    return { kind: 'linkingObjects', target, origin, optional: false, isCounter: false }
  const { shape } = normaliseShorthand(type)
  if (target === undefined || shape?.target === target) return shape
  // A class may bear the name of a type.
  const read = normaliseShorthand(`Class${type.slice(target.length)}`).shape
  return read && { ...read, target }
}
