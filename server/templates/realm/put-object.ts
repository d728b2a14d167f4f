// Writes an object by its key, whether it is there or not. Within a write.
import type { EntityRef, JsonValue } from '../sync/types.ts'
import type { RealmRow, SyncedRealm } from './realm-types.ts'
import type { Serialisers } from './serialisers.ts'

export interface PutOptions {
  readonly realm: SyncedRealm
  readonly serialisers: Serialisers
}

/** `modified` leaves what is not given as it is; `all` sets it to its default. */
export function putObject(
  { realm, serialisers }: PutOptions,
  { entity, entityId }: EntityRef,
  values: RealmRow,
  mode: 'all' | 'modified' = 'modified',
): void {
  // Realm before 20 takes no null for an embedded object that is there: it is removed instead.
  const row = serialisers.find(entity, entityId)
  const { properties } = serialisers.classOf(entity)
  for (const [name, value] of Object.entries(values)) {
    const isCleared = value === null && properties[name]?.type === 'object'
    if (isCleared && row?.[name] && !serialisers.isLinked(properties[name]?.objectType ?? '')) realm.delete(row[name])
  }
  realm.create(entity, { ...values, ...serialisers.keyOf(entity, entityId) }, mode)
  for (const field of Object.keys(values)) {
    const waiting = realm.objectForPrimaryKey('SyncMissingLink', waitingId(entity, entityId, field))
    if (waiting) realm.delete(waiting)
  }
}

/** Keeps a property as it is to be once the objects are here that it links to. */
export function keepLink(
  { realm }: PutOptions,
  { entity, entityId }: EntityRef,
  field: string,
  value: JsonValue,
): void {
  const id = waitingId(entity, entityId, field)
  realm.create('SyncMissingLink', { id, entity, entityId, field, value: JSON.stringify(value) }, 'modified')
}

function waitingId(entity: string, entityId: string, field: string): string {
  return JSON.stringify([entity, entityId, field])
}
