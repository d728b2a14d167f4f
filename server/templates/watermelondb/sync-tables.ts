// Tables of the sync layer in the app's own database: open conflicts, and the log of decisions.
import { Model, tableSchema } from '@nozbe/watermelondb'

/** Add these to the app's `appSchema`, and by `createTable` to its migrations. */
export const syncConflictsTable = tableSchema({
  name: 'sync_conflicts',
  columns: [
    { name: 'entity', type: 'string' },
    { name: 'entity_id', type: 'string', isIndexed: true },
    { name: 'local', type: 'string', isOptional: true },
    { name: 'remote', type: 'string', isOptional: true },
    { name: 'edited', type: 'string' },
    { name: 'detected_at', type: 'number' },
  ],
})

export const syncAuditTable = tableSchema({
  name: 'sync_audit',
  columns: [
    { name: 'at', type: 'number', isIndexed: true },
    { name: 'entity', type: 'string' },
    { name: 'entity_id', type: 'string' },
    { name: 'strategy', type: 'string' },
    { name: 'local', type: 'string', isOptional: true },
    { name: 'remote', type: 'string', isOptional: true },
    { name: 'resolved', type: 'string', isOptional: true },
    { name: 'actor', type: 'string' },
  ],
})

/** Add this to `modelClasses`. It has no decorators, so it needs no set-up of the compiler. */
export class SyncConflict extends Model {
  static override table = 'sync_conflicts'
}

/** Add this to `modelClasses`. */
export class SyncAudit extends Model {
  static override table = 'sync_audit'
}
