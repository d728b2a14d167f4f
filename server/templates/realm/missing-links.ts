// Links to objects that are not here: an object may come before the one that it links to, or that one may come back.
import type { EntityRef, JsonObject, JsonValue } from '../sync/types.ts'
import { dirtyFields } from './object-marks.ts'
import { keepLink, type PutOptions } from './put-object.ts'
import type { RealmRow } from './realm-types.ts'

export interface LinkOptions extends PutOptions {
  /** The classes that are synced, those that others link to first. */
  readonly classes: readonly string[]
}

/** Makes the links whose objects have come. Within a write. */
export function linkWhatIsThere({ realm, serialisers }: PutOptions): void {
  for (const waiting of [...realm.objects('SyncMissingLink')]) {
    const { entity, entityId, field, value } = waiting as Record<'entity' | 'entityId' | 'field' | 'value', string>
    const row = serialisers.find(entity, entityId)
    const isWanted = row !== null && !dirtyFields(row).includes(field)
    const { values, missing } = serialisers.decode(entity, { [field]: JSON.parse(value) as JsonValue })
    // Of a list, those that are here are linked already.
    if (isWanted && (missing.length === 0 || Array.isArray(values[field]))) row[field] = values[field]
    if (!isWanted || missing.length === 0) realm.delete(waiting)
  }
}

/** Deletes an object. Realm empties the links to it; they are kept, as the server may still have it. Within a write. */
export function deleteObject(options: LinkOptions, ref: EntityRef, row: RealmRow): void {
  const { realm, serialisers, classes } = options
  for (const entity of classes) {
    const { properties } = serialisers.classOf(entity)
    for (const [field, { type, objectType }] of Object.entries(properties)) {
      if (objectType !== ref.entity || type === 'linkingObjects' || type === 'dictionary') continue
      const query = type === 'object' ? `${field} == $0` : `ANY ${field} == $0`
      for (const other of realm.objects(entity).filtered(query, row)) {
        const value = (serialisers.toJson(entity, other) as JsonObject)[field] ?? null
        keepLink(options, { entity, entityId: serialisers.entityIdOf(entity, other) }, field, value)
      }
    }
  }
  realm.delete(row)
}
