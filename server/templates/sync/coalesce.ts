// Joins a new operation with the last one of the same record, so that only the outcome is sent.
import type { NewOperation, OutboxOp } from './types.ts'

export type Coalesced =
  | { readonly action: 'append' }
  | { readonly action: 'replace'; readonly op: OutboxOp }
  | { readonly action: 'cancel' }

/**
 * Says what becomes of `next` given the last unfinished operation of its record. Only an operation that was never sent
 * is changed: the server may hold an earlier attempt under the same key, and would take the changed one for a repeat.
 */
export function coalesce(last: OutboxOp | undefined, next: NewOperation): Coalesced {
  if (last === undefined || last.state !== 'pending' || last.sentAt !== null) return { action: 'append' }
  if (!(next.dependsOn ?? []).every(one => isAmong(one, last))) return { action: 'append' }
  if (next.kind === 'update' && (last.kind === 'create' || last.kind === 'update'))
    return replace(last, { payload: { ...last.payload, ...next.payload }, stamp: next.stamp ?? last.stamp })
  if (next.kind !== 'delete') return { action: 'append' }
  if (last.kind === 'create') return { action: 'cancel' }
  if (last.kind === 'update')
    return replace(last, { kind: 'delete', payload: next.payload, stamp: next.stamp ?? last.stamp })
  return { action: 'append' }
}

function isAmong(one: { entity: string; entityId: string }, last: OutboxOp): boolean {
  return last.dependsOn.some(other => other.entity === one.entity && other.entityId === one.entityId)
}

function replace(last: OutboxOp, change: Partial<OutboxOp>): Coalesced {
  return { action: 'replace', op: { ...last, ...change } }
}
