// The outbox's operations in memory, in their order, with the question which of them may be sent.
import type { Counts } from './outbox-store.ts'
import type { EntityRef, OpState, OutboxOp } from './types.ts'

export interface OpList {
  /** Adds an operation at the end, or puts its new form in its old place. */
  set(op: OutboxOp): void
  remove(op: OutboxOp): void
  clear(): void
  has(op: OutboxOp): boolean
  get(seq: number): OutboxOp | undefined
  all(): readonly OutboxOp[]
  inState(state: OpState): readonly OutboxOp[]
  unfinished(ref: EntityRef): readonly OutboxOp[]
  dependants(ref: EntityRef): readonly OutboxOp[]
  /** The first operation that may be sent at `now`. */
  ready(now: number): OutboxOp | undefined
  nextAt(): number | null
  counts(): Counts
}

/**
 * `ops` must be in the order of the queue. What is asked for each operation that is stored or sent does not look at all
 * the others, as far as it can be helped: ten thousand may wait.
 */
export function createOpList(ops: readonly OutboxOp[] = []): OpList {
  // A Map keeps the order of insertion, which is the order of `seq` as new operations come last.
  const bySeq = new Map<number, OutboxOp>()
  const byEntity = new Map<string, Map<string, Map<number, OutboxOp>>>()
  const counts = { pending: 0, inflight: 0, conflict: 0, dead: 0 }
  const count = (op: OutboxOp | undefined, change: number) => {
    if (op !== undefined) counts[op.state] += change
  }
  const ofRecord = (ref: EntityRef) => byEntity.get(ref.entity)?.get(ref.entityId)
  const set = (op: OutboxOp) => {
    const records = byEntity.get(op.entity) ?? new Map<string, Map<number, OutboxOp>>()
    const own = records.get(op.entityId) ?? new Map<number, OutboxOp>()
    byEntity.set(op.entity, records.set(op.entityId, own.set(op.seq, op)))
    count(bySeq.get(op.seq), -1)
    count(op, 1)
    bySeq.set(op.seq, op)
  }
  for (const op of ops) set(op)

  /** True when an operation of the record before `seq` must reach the server first. */
  const isTaken = (ref: EntityRef, seq: number): boolean => {
    for (const op of ofRecord(ref)?.values() ?? []) {
      if (op.seq >= seq) return false
      if (isUnfinished(op) || op.kind === 'create') return true
    }
    return false
  }
  const isFree = (op: OutboxOp) => !isTaken(op, op.seq) && !op.dependsOn.some(ref => isTaken(ref, op.seq))
  const filtered = (test: (op: OutboxOp) => boolean) => [...bySeq.values()].filter(test)

  return {
    set,
    remove: op => {
      const own = ofRecord(op)
      own?.delete(op.seq)
      if (own?.size === 0) byEntity.get(op.entity)?.delete(op.entityId)
      count(bySeq.get(op.seq), -1)
      bySeq.delete(op.seq)
    },
    clear: () => {
      bySeq.clear()
      byEntity.clear()
      Object.assign(counts, { pending: 0, inflight: 0, conflict: 0, dead: 0 })
    },
    has: op => bySeq.has(op.seq),
    get: seq => bySeq.get(seq),
    all: () => [...bySeq.values()],
    // Lists of failures and conflicts are read at each change of the status, and mostly there are none.
    inState: state => (counts[state] === 0 ? [] : filtered(op => op.state === state)),
    unfinished: ref => [...(ofRecord(ref)?.values() ?? [])].filter(isUnfinished),
    dependants: ref => filtered(op => isUnfinished(op) && op.dependsOn.some(one => isOf(one, ref))),
    ready: now => {
      for (const op of bySeq.values()) if (op.state === 'pending' && op.nextAt <= now && isFree(op)) return op
      return undefined
    },
    nextAt: () => {
      let earliest: number | null = null
      for (const op of bySeq.values()) {
        const isSooner = op.state === 'pending' && (earliest === null || op.nextAt < earliest)
        if (isSooner && isFree(op)) earliest = op.nextAt
      }
      return earliest
    },
    counts: () => ({ ...counts }),
  }
}

function isUnfinished(op: OutboxOp): boolean {
  return op.state !== 'dead'
}

function isOf(one: EntityRef, ref: EntityRef): boolean {
  return one.entityId === ref.entityId && one.entity === ref.entity
}
