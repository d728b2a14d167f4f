// The conflicts that wait for a person, for components.
import { useEffect, useState } from 'react'
import type { Sync } from './create-sync.ts'
import type { RecordConflict, Resolution } from './resolve-record.ts'
import { useSyncStatus } from './use-sync-status.ts'

export interface OpenConflict extends RecordConflict {
  /** Takes one side, or columns that were put together by hand. False when it is settled already. */
  readonly resolve: (resolution: Exclude<Resolution, { choice: 'ask' }>) => Promise<boolean>
}

export function useConflicts(sync: Pick<Sync, 'status$' | 'conflicts' | 'resolve'>): readonly OpenConflict[] {
  const status = useSyncStatus(sync)
  const [conflicts, setConflicts] = useState<readonly RecordConflict[]>([])
  useEffect(() => {
    let isCurrent = true
    sync.conflicts().then(
      found => {
        if (isCurrent) setConflicts(found)
      },
      () => undefined,
    )
    return () => {
      isCurrent = false
    }
  }, [sync, status])
  return conflicts.map(conflict => ({
    ...conflict,
    resolve: resolution => sync.resolve(conflict.table, conflict.id, resolution),
  }))
}
