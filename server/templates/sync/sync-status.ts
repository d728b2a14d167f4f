// What the app can show about the sync: counts by state, the last error, and what happens to each operation.
import type { Counts } from './outbox-store.ts'

export type SyncPhase = 'stopped' | 'idle' | 'syncing' | 'offline' | 'signedOut'

export interface SyncStatus {
  readonly phase: SyncPhase
  readonly counts: Counts
  readonly lastError: string | null
  /** When the last run has ended without an error, in milliseconds since 1970. */
  readonly lastSyncedAt: number | null
}

export interface OpEvent {
  readonly type: 'sent' | 'delivered' | 'postponed' | 'conflict' | 'dead'
  readonly opId: string
  readonly at: number
  readonly detail: string | null
}

/** A value with listeners, in the form that React's `useSyncExternalStore` takes. */
export interface SyncStatusStore {
  get(): SyncStatus
  subscribe(listener: () => void): () => void
  update(change: Partial<SyncStatus>): void
}

export function createSyncStatus(): SyncStatusStore {
  const listeners = new Set<() => void>()
  let status: SyncStatus = {
    phase: 'stopped',
    counts: { pending: 0, inflight: 0, conflict: 0, dead: 0 },
    lastError: null,
    lastSyncedAt: null,
  }
  return {
    get: () => status,
    subscribe: listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    update: change => {
      status = { ...status, ...change }
      for (const listener of listeners) listener()
    },
  }
}
