// The dead letter for components: what the server refuses, why, and what can be done about it.
import { useEffect, useState } from 'react'
import type { Sync } from './create-sync.ts'
import type { RejectedRecord } from './rejected-records.ts'
import { useSyncStatus } from './use-sync-status.ts'

/** The refused records, read again after each run; `sync.retry` and `sync.discard` take the table and the id of one. */
export function useRejectedRecords(sync: Pick<Sync, 'status$' | 'failed'>): readonly RejectedRecord[] {
  const status = useSyncStatus(sync)
  const [records, setRecords] = useState<readonly RejectedRecord[]>([])
  useEffect(() => {
    let isCurrent = true
    sync.failed().then(
      found => {
        if (isCurrent) setRecords(found)
      },
      () => undefined,
    )
    return () => {
      isCurrent = false
    }
  }, [sync, status])
  return records
}
