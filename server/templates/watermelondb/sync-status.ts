// What the app can show about the sync.

export type SyncPhase = 'stopped' | 'idle' | 'syncing' | 'offline' | 'signedOut'

export interface SyncStatus {
  readonly phase: SyncPhase
  /** Records that are not on the server as they are here, the rejected ones and the ones in conflict included. */
  readonly unsynced: number
  readonly conflicts: number
  readonly rejected: number
  readonly lastError: string | null
  /** When the last run has ended without an error, in milliseconds since 1970. */
  readonly lastSyncedAt: number | null
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
    unsynced: 0,
    conflicts: 0,
    rejected: 0,
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
