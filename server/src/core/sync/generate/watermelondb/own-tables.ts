// The tables that a layer for WatermelonDB keeps in the app's own database.
import type { Brought, FieldWish } from '../../../engines/contract.ts'
import type { SyncPlan } from '../layer.ts'
import { asksPeople } from '../screen-files.ts'

export interface OwnTable {
  readonly name: string
  /** What `watermelondb/sync-tables.ts` exports of it. */
  readonly schema: string
  readonly model: string
  /** The columns, as that file has them. */
  readonly columns: readonly FieldWish[]
}

const column = (name: string, type: string, ...flags: readonly ('optional' | 'indexed')[]): FieldWish => ({
  name,
  type,
  optional: flags.includes('optional'),
  indexed: flags.includes('indexed'),
})

const state: OwnTable = {
  name: 'sync_state',
  schema: 'syncStateTable',
  model: 'SyncState',
  columns: [
    column('pulls', 'number'),
    column('pulled_since', 'number', 'optional'),
    column('pulled_until', 'number'),
    column('schema_version', 'number'),
    column('aftermath', 'string', 'optional'),
  ],
}

const conflicts: OwnTable = {
  name: 'sync_conflicts',
  schema: 'syncConflictsTable',
  model: 'SyncConflict',
  columns: [
    column('entity', 'string'),
    column('entity_id', 'string', 'indexed'),
    column('local', 'string', 'optional'),
    column('remote', 'string', 'optional'),
    column('edited', 'string'),
    column('detected_at', 'number'),
  ],
}

const audit: OwnTable = {
  name: 'sync_audit',
  schema: 'syncAuditTable',
  model: 'SyncAudit',
  columns: [
    column('at', 'number', 'indexed'),
    column('entity', 'string'),
    column('entity_id', 'string'),
    column('strategy', 'string'),
    column('local', 'string', 'optional'),
    column('remote', 'string', 'optional'),
    column('resolved', 'string', 'optional'),
    column('actor', 'string'),
  ],
}

/** Those that a plan needs. */
export function ownTables(plan: SyncPlan): readonly OwnTable[] {
  return [state, ...(asksPeople(plan) ? [conflicts] : []), ...(plan.audit ? [audit] : [])]
}

/** The same for the writer of the app's schema. */
export function broughtToWatermelon(plan: SyncPlan): Brought {
  const tables = ownTables(plan)
  return {
    file: 'watermelondb/sync-tables.ts',
    list: { export: '', entities: tables.map(table => table.name) },
    fields: { export: '', of: [], wishes: [] },
    written: tables.map(({ name, model, columns }) => ({ entity: name, model, fields: columns })),
  }
}
