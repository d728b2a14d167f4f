// The state of the sync for components: what it does now, how much waits, what has failed.
import { useSyncExternalStore } from 'react'
import type { Sync } from '../sync/create-sync.ts'
import type { SyncStatus } from '../sync/sync-status.ts'

/** Follows the status of a sync; a component that uses it is drawn again when the status changes. */
export function useSyncStatus<Tx>(sync: Pick<Sync<Tx>, 'status$'>): SyncStatus {
  return useSyncExternalStore(sync.status$.subscribe, sync.status$.get)
}
