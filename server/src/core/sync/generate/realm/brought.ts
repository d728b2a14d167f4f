// What the layer over Realm needs in the app's schema. The texts of it are in the template `realm/sync-schema.ts`.
import type { Brought, FieldWish } from '../../../engines/contract.ts'

/** The classes that `syncSchemas` lists. */
export const layerClasses: readonly string[] = ['OutboxOp', 'SyncState', 'SyncAudit', 'SyncMissingLink']

const wish = (name: string, type: string, optional: boolean): FieldWish => ({ name, type, optional, indexed: false })

/** What `trackedProperties` holds. */
export const layerProperties: readonly FieldWish[] = [
  wish('_version', 'string', true),
  wish('_dirtyFields', 'string[]', false),
  wish('_deletedAt', 'date', true),
  wish('_base', 'string', true),
]

/** The classes of the layer, and the properties of those that are synced. */
export const broughtToRealm = (synced: readonly string[]): Brought => ({
  file: 'realm/sync-schema.ts',
  list: { export: 'syncSchemas', entities: layerClasses },
  fields: { export: 'trackedProperties', of: synced, wishes: layerProperties },
})
