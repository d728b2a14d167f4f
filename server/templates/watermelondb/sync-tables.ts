// Tables of the sync layer in the app's own database: where the sync stands, open conflicts, and the log of decisions.
import { Model, tableSchema } from '@nozbe/watermelondb'

/** These stand in the app's `appSchema`, and by `createTable` in its migrations. This one holds a single row. */
export const syncStateTable = tableSchema({
  name: 'sync_state',
  columns: [
    { name: 'pulls', type: 'number' },
    { name: 'pulled_since', type: 'number', isOptional: true },
    { name: 'pulled_until', type: 'number' },
    { name: 'schema_version', type: 'number' },
    { name: 'aftermath', type: 'string', isOptional: true },
  ],
})

/** For conflicts that a person decides. */
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

/** For the log of decisions. */
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

/** These stand in `modelClasses`. They have no decorators, so they need no set-up of the compiler. */
export class SyncState extends Model {
  static override table = 'sync_state'
}

export class SyncConflict extends Model {
  static override table = 'sync_conflicts'
}

export class SyncAudit extends Model {
  static override table = 'sync_audit'
}
