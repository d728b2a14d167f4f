// The conflicts that wait for a person, for components.
import type { Sync } from '../sync/create-sync.ts'
import type { JsonObject, OutboxOp, RemoteRecord } from '../sync/types.ts'
import { useOperations } from './use-operations.ts'

export interface Conflict {
  readonly id: string
  readonly entity: string
  readonly entityId: string
  /** The record before the edit; null when it was new. */
  readonly base: JsonObject | null
  /** What was changed here; null when the record was deleted here. */
  readonly local: JsonObject | null
  /** What the server has; null when it was deleted there. */
  readonly remote: RemoteRecord | null
  /** Takes one side, or values that were put together by hand. False when it is settled already. */
  readonly resolve: (decision: 'local' | 'remote' | JsonObject) => Promise<boolean>
}

export function useConflicts<Tx>(sync: Pick<Sync<Tx>, 'status$' | 'conflicts' | 'resolve'>): readonly Conflict[] {
  return useOperations(sync, sync.conflicts).map(op => conflictOf(sync, op))
}

function conflictOf<Tx>(sync: Pick<Sync<Tx>, 'resolve'>, op: OutboxOp): Conflict {
  return {
    id: op.id,
    entity: op.entity,
    entityId: op.entityId,
    base: op.base,
    local: op.kind === 'delete' ? null : op.payload,
    remote: op.remote,
    resolve: decision =>
      sync.resolve(op.id, typeof decision === 'string' ? { choice: decision } : { choice: 'merged', values: decision }),
  }
}
