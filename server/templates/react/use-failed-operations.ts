// The dead letter for components: what cannot be sent, why, and what can be done about it.
import type { Sync } from '../sync/create-sync.ts'
import type { OutboxOp } from '../sync/types.ts'
import { useOperations } from './use-operations.ts'

export interface FailedOperations {
  readonly operations: readonly OutboxOp[]
  /** Sends an operation once more. */
  readonly retry: (id: string) => Promise<boolean>
  /** Gives an operation up: the record becomes what the server says. */
  readonly discard: (id: string) => Promise<boolean>
}

export function useFailedOperations<Tx>(
  sync: Pick<Sync<Tx>, 'status$' | 'failed' | 'retry' | 'discard'>,
): FailedOperations {
  return { operations: useOperations(sync, sync.failed), retry: sync.retry, discard: sync.discard }
}
