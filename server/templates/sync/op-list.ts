// The outbox's operations in memory, in their order, with the question which of them may be sent.
import type { Counts } from './outbox-store.ts'
import type { EntityRef, OutboxOp } from './types.ts'

export interface OpList {
  /** Adds an operation at the end, or puts its new form in its old place. */
  set(op: OutboxOp): void
  remove(op: OutboxOp): void
  clear(): void
  has(op: OutboxOp): boolean
  get(seq: number): OutboxOp | undefined
  all(): readonly OutboxOp[]
  unfinished(ref: EntityRef): readonly OutboxOp[]
  dependants(ref: EntityRef): readonly OutboxOp[]
  /** The first operation that may be sent at `now`. */
  ready(now: number): OutboxOp | undefined
  nextAt(): number | null
  counts(): Counts
}

/** `ops` must be in the order of the queue. */
export function createOpList(ops: readonly OutboxOp[] = []): OpList {
  // A Map keeps the order of insertion, which is the order of `seq` as new operations come last.
  const bySeq = new Map<number, OutboxOp>()
  const byRecord = new Map<string, Map<number, OutboxOp>>()
  const set = (op: OutboxOp) => {
    const own = byRecord.get(keyOf(op)) ?? new Map<number, OutboxOp>()
    byRecord.set(keyOf(op), own.set(op.seq, op))
    bySeq.set(op.seq, op)
  }
  for (const op of ops) set(op)

  /** The pending operations that nothing stands before. */
  function* heads(): Generator<OutboxOp> {
    const taken = new Set<string>()
    for (const op of bySeq.values()) {
      const own = keyOf(op)
      if (op.state === 'pending' && !taken.has(own) && !op.dependsOn.some(ref => taken.has(keyOf(ref)))) yield op
      if (isUnfinished(op) || op.kind === 'create') taken.add(own)
    }
  }
  const filtered = (test: (op: OutboxOp) => boolean) => [...bySeq.values()].filter(test)

  return {
    set,
    remove: op => {
      const own = byRecord.get(keyOf(op))
      own?.delete(op.seq)
      if (own?.size === 0) byRecord.delete(keyOf(op))
      bySeq.delete(op.seq)
    },
    clear: () => {
      bySeq.clear()
      byRecord.clear()
    },
    has: op => bySeq.has(op.seq),
    get: seq => bySeq.get(seq),
    all: () => [...bySeq.values()],
    unfinished: ref => [...(byRecord.get(keyOf(ref))?.values() ?? [])].filter(isUnfinished),
    dependants: ref => filtered(op => isUnfinished(op) && op.dependsOn.some(one => isOf(one, ref))),
    ready: now => {
      for (const op of heads()) if (op.nextAt <= now) return op
      return undefined
    },
    nextAt: () => {
      let earliest: number | null = null
      for (const op of heads()) earliest = earliest === null ? op.nextAt : Math.min(earliest, op.nextAt)
      return earliest
    },
    counts: () => {
      const counts = { pending: 0, inflight: 0, conflict: 0, dead: 0 }
      for (const op of bySeq.values()) counts[op.state] += 1
      return counts
    },
  }
}

function isUnfinished(op: OutboxOp): boolean {
  return op.state !== 'dead'
}

function isOf(one: EntityRef, ref: EntityRef): boolean {
  return one.entityId === ref.entityId && one.entity === ref.entity
}

function keyOf(ref: EntityRef): string {
  return JSON.stringify([ref.entity, ref.entityId])
}
