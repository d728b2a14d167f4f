// The marks of the layer on an object of the app.
import type { JsonObject } from '../sync/types.ts'
import { jsonOf } from './realm-rows.ts'
import type { RealmRow } from './realm-types.ts'

/** An object is dirty while the outbox holds something of it. */
export function isDirty(row: RealmRow): boolean {
  return row['_deletedAt'] !== null || dirtyFields(row).length > 0
}

export function dirtyFields(row: RealmRow): string[] {
  return [...(row['_dirtyFields'] as Iterable<string>)]
}

export function baseOf(row: RealmRow): JsonObject {
  return jsonOf<JsonObject>(row['_base']) ?? {}
}
