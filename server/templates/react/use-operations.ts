// A list of operations for components, read again whenever their number changes.
import { useEffect, useState } from 'react'
import type { Sync } from '../sync/create-sync.ts'
import type { OutboxOp } from '../sync/types.ts'
import { useSyncStatus } from './use-sync-status.ts'

/** Gives what `read` gives, anew after each change of the status. An error of the storage is shown by the status. */
export function useOperations<Tx>(
  sync: Pick<Sync<Tx>, 'status$'>,
  read: () => Promise<readonly OutboxOp[]>,
): readonly OutboxOp[] {
  const status = useSyncStatus(sync)
  const [operations, setOperations] = useState<readonly OutboxOp[]>([])
  useEffect(() => {
    let isCurrent = true
    read().then(
      found => {
        if (isCurrent) setOperations(found)
      },
      () => undefined,
    )
    return () => {
      isCurrent = false
    }
  }, [read, status])
  return operations
}
