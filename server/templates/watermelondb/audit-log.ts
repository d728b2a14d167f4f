// Keeps a line of each decision about a conflict.
import { type Database, type Model, Q } from '@nozbe/watermelondb'
import type { RecordConflict } from './resolve-record.ts'
import type { Row } from './types.ts'

export interface Decision {
  readonly conflict: RecordConflict
  readonly strategy: string
  /** What the record holds now; null when it was deleted. */
  readonly resolved: Row | null
}

export interface AuditLog {
  /** Looks for old lines, and gives what puts the new ones into the writer's batch: it must be called with the batch. */
  prepare(decisions: readonly Decision[]): Promise<() => readonly Model[]>
}

export interface AuditOptions {
  readonly database: Database
  readonly now: () => number
  readonly actor: string
  /** Lines that are older than this are removed. */
  readonly keepMs: number
}

export function createAuditLog({ database, now, actor, keepMs }: AuditOptions): AuditLog {
  return {
    prepare: async decisions => {
      if (decisions.length === 0) return () => []
      const lines = database.get('sync_audit')
      const old = await lines.query(Q.where('at', Q.lt(now() - keepMs))).fetch()
      return () => [
        // offline-storage-disable-next-line watermelondb/destroy-permanently-with-sync -- the log stays on the device
        ...old.map(line => line.prepareDestroyPermanently()),
        ...decisions.map(({ conflict, strategy, resolved }, index) =>
          // Made as if it were synced, so that it never counts as a change of the app's.
          lines.prepareCreateFromDirtyRaw({
            id: `${now().toString(36)}-${index}-${conflict.id}`,
            _status: 'synced',
            _changed: '',
            at: now(),
            entity: conflict.table,
            entity_id: conflict.id,
            strategy,
            local: conflict.local && JSON.stringify(conflict.local),
            remote: conflict.remote && JSON.stringify(conflict.remote),
            resolved: resolved && JSON.stringify(resolved),
            actor,
          }),
        ),
      ]
    },
  }
}
