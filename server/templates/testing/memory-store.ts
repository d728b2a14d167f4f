// The outbox in memory, for tests: what is in `disk` outlives a restart, everything else does not.
import { createOpList } from '../sync/op-list.ts'
import type { OutboxStore } from '../sync/outbox-store.ts'
import type { AuditEntry, OutboxOp } from '../sync/types.ts'

export interface MemoryDisk {
  readonly ops: Map<number, OutboxOp>
  readonly audit: AuditEntry[]
}

export function createMemoryStore(disk: MemoryDisk): OutboxStore {
  const list = createOpList([...disk.ops.values()].sort((a, b) => a.seq - b.seq))
  const put = (op: OutboxOp) => {
    disk.ops.set(op.seq, op)
    list.set(op)
  }
  const store: OutboxStore = {
    open: async () => {
      for (const op of list.all()) if (op.state === 'inflight') put({ ...op, state: 'pending' })
    },
    transaction: work => work(store),
    insert: async op => {
      const placed = { ...op, seq: Math.max(0, ...disk.ops.keys()) + 1 }
      put(placed)
      return placed
    },
    commit: async ({ put: changed = [], remove = [], audit }) => {
      for (const op of changed) if (list.has(op)) put(op)
      for (const op of remove) {
        disk.ops.delete(op.seq)
        list.remove(op)
      }
      if (audit !== undefined) disk.audit.push(audit)
    },
    claim: async now => {
      const op = list.ready(now)
      if (op === undefined) return null
      const claimed: OutboxOp = { ...op, state: 'inflight', attempts: op.attempts + 1, sentAt: op.sentAt ?? now }
      put(claimed)
      return claimed
    },
    nextAt: async () => list.nextAt(),
    find: async id => list.all().find(op => op.id === id) ?? null,
    inState: async state => list.all().filter(op => op.state === state),
    unfinished: async ref => list.unfinished(ref),
    dependants: async ref => list.dependants(ref),
    counts: async () => list.counts(),
    audit: async limit => [...disk.audit].reverse().slice(0, limit),
    wipe: async () => {
      disk.ops.clear()
      disk.audit.length = 0
      list.clear()
    },
  }
  return store
}
