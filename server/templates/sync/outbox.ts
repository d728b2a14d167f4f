// The outbox: every change that the server has not confirmed, and the only place where an operation changes its state.
import { coalesce } from './coalesce.ts'
import { createMutex } from './mutex.ts'
import type { Counts, OutboxRows, OutboxStore } from './outbox-store.ts'
import type {
  AuditEntry,
  Gather,
  JsonObject,
  LocalWrite,
  NewOperation,
  OpState,
  OutboxOp,
  RemoteRecord,
  SendResult,
  SyncLimits,
} from './types.ts'

export interface OutboxOptions<Tx> {
  readonly store: OutboxStore<Tx>
  readonly userId: string
  readonly now: () => number
  readonly newId: () => string
  /** The version of the payloads that this release of the app writes. */
  readonly schemaVersion: number
  readonly limits: Pick<SyncLimits, 'maxOps'>
  readonly onCounts: (counts: Counts) => void
}

export type Outbox<Tx = void> = ReturnType<typeof createOutbox<Tx>>

/** Thrown by `enqueue` when the outbox holds as many operations as it may: nothing is dropped in silence. */
export class OutboxFullError extends Error {
  constructor(maxOps: number) {
    super(`The outbox holds ${maxOps} operations, which is its limit.`)
    this.name = 'OutboxFullError'
  }
}

export function createOutbox<Tx = void>(options: OutboxOptions<Tx>) {
  const { store, now } = options
  const alone = createMutex()
  let ready: Promise<void> | undefined
  let counts: Counts = { pending: 0, inflight: 0, conflict: 0, dead: 0 }

  /** Opens the store once; after a failure the next call tries again. */
  const open = (): Promise<void> => {
    ready ??= reopen().catch(error => {
      ready = undefined
      throw error
    })
    return ready
  }
  const reopen = async () => {
    await store.open()
    await recount(store)
  }
  const work = <T>(task: () => Promise<T>): Promise<T> =>
    alone(async () => {
      await open()
      return task()
    })
  const recount = async (rows: OutboxRows) => {
    counts = await rows.counts()
    options.onCounts(counts)
  }
  const moved = (...move: Move) => movedAll([move])
  const movedAll = (moves: readonly Move[]) => {
    const next = { ...counts }
    for (const [from, to] of moves) {
      if (from !== null) next[from] -= 1
      if (to !== null) next[to] += 1
    }
    counts = next
    options.onCounts(counts)
  }
  const put = async (op: OutboxOp, change: Partial<OutboxOp>, audit?: AuditEntry): Promise<void> => {
    const next = { ...op, ...change }
    await store.commit({ put: [next], audit })
    moved(op.state, next.state)
  }
  const total = () => counts.pending + counts.inflight + counts.conflict + counts.dead

  /** Adds or joins. `added`: so many were added in the same transaction, which are not counted yet. */
  const add = async (rows: OutboxRows, next: NewOperation, added = 0): Promise<Move> => {
    const earlier = await rows.unfinished(next)
    const last = earlier.at(-1)
    const joined = coalesce(last, next)
    if (joined.action === 'replace') {
      await rows.commit({ put: [joined.op] })
      return [null, null]
    }
    if (joined.action === 'cancel' && last !== undefined && (await rows.dependants(next)).length === 0) {
      await rows.commit({ remove: [last] })
      return ['pending', null]
    }
    if (total() + added >= options.limits.maxOps) throw new OutboxFullError(options.limits.maxOps)
    await rows.insert({
      id: options.newId(),
      userId: options.userId,
      entity: next.entity,
      entityId: next.entityId,
      kind: next.kind,
      payload: next.payload,
      baseVersion: next.baseVersion ?? null,
      base: next.base ?? null,
      dependsOn: next.dependsOn ?? [],
      stamp: next.stamp ?? null,
      state: 'pending',
      attempts: 0,
      nextAt: 0,
      sentAt: null,
      lastError: null,
      remote: null,
      schemaVersion: options.schemaVersion,
      createdAt: now(),
    })
    return [null, 'pending']
  }

  return {
    open: () => work(async () => undefined),
    /** Opens the store anew, which makes operations pending that a stopped run has left inflight. */
    recover: (): Promise<void> =>
      alone(() => {
        ready = undefined
        return open()
      }),

    /**
     * Takes an operation in; when the promise is fulfilled it is stored. `write` changes the app's own data in the same
     * transaction, where the store has one: both are kept, or neither. What it gives back is written into the operation.
     */
    enqueue: (operation: NewOperation, write?: LocalWrite<Tx>): Promise<void> => {
      // A copy, because the caller may change its object while the operation waits.
      const copy = structuredCopy(operation)
      return work(async () => {
        const [from, to] =
          write === undefined
            ? await add(store, copy)
            : await store.transaction(async (rows, tx) => add(rows, { ...copy, ...(await write(tx)) }))
        moved(from, to)
      })
    },

    /**
     * Takes in the operations that `gather` gives, all or none, in the transaction in which it has changed the app's own
     * data. The promise tells how many they were.
     */
    enqueueAll: (gather: Gather<Tx>): Promise<number> =>
      work(async () => {
        const moves: Move[] = []
        let added = 0
        await store.transaction(async (rows, tx) => {
          for (const operation of await gather(tx, options.limits.maxOps - total())) {
            const move = await add(rows, structuredCopy(operation), added)
            if (move[1] !== null) added += 1
            moves.push(move)
          }
        })
        if (moves.length > 0) movedAll(moves)
        return moves.length
      }),

    /** Takes the next operation that may be sent and marks it as inflight. */
    claim: (): Promise<OutboxOp | null> =>
      work(async () => {
        const op = await store.claim(now())
        if (op !== null) moved('pending', 'inflight')
        return op
      }),

    /** Removes a delivered operation, and bases the later ones of its record on the version that it has made. */
    ack: (op: OutboxOp, result: SendResult): Promise<void> =>
      work(async () => {
        const version = result.version ?? null
        const later = version === null ? [] : (await store.unfinished(op)).filter(one => isEditAfter(one, op))
        await store.commit({ put: later.map(one => ({ ...one, baseVersion: version })), remove: [op] })
        moved('inflight', null)
      }),

    /** Puts an operation back to wait until `nextAt`. An attempt that does not count is taken back. */
    postpone: (op: OutboxOp, nextAt: number, error: string, isCounted: boolean): Promise<void> =>
      work(() =>
        put(op, { state: 'pending', nextAt, lastError: error, attempts: isCounted ? op.attempts : op.attempts - 1 }),
      ),

    /** Moves an operation that cannot succeed to the dead letter, with its payload and the reason. */
    bury: (op: OutboxOp, error: string): Promise<void> => work(() => put(op, { state: 'dead', lastError: error })),

    /** Lets an operation wait for a person's decision. */
    park: (op: OutboxOp, remote: RemoteRecord | null, error: string): Promise<void> =>
      work(() => put(op, { state: 'conflict', remote, lastError: error })),

    /** Sends an operation again on top of the server's record, under a new key because it is another request now. */
    rebase: (
      op: OutboxOp,
      payload: JsonObject,
      remote: RemoteRecord | null,
      nextAt: number,
      audit: AuditEntry | undefined,
    ): Promise<void> =>
      work(() =>
        put(
          op,
          {
            id: options.newId(),
            kind: op.kind === 'delete' ? 'delete' : remote === null ? 'create' : 'update',
            payload,
            base: remote?.values ?? null,
            baseVersion: remote?.version ?? null,
            remote: null,
            state: 'pending',
            sentAt: null,
            nextAt,
          },
          audit,
        ),
      ),

    /** Gives an operation up in favour of the server's record. */
    yieldTo: (op: OutboxOp, audit: AuditEntry | undefined): Promise<void> =>
      work(async () => {
        await store.commit({ remove: [op], audit })
        moved(op.state, null)
      }),

    /** Takes a dead operation up again in its old place, as young as a new one. False when there is no such dead operation. */
    retry: (id: string): Promise<boolean> =>
      work(async () => {
        const op = await store.find(id)
        if (op?.state !== 'dead') return false
        await put(op, { state: 'pending', attempts: 0, nextAt: 0, createdAt: now() })
        return true
      }),

    /**
     * Removes a dead operation for good. After a create the later operations of the record go with it, and what depends
     * on the record goes to the dead letter: none of it could succeed.
     */
    discard: (id: string): Promise<boolean> =>
      work(async () => {
        const op = await store.find(id)
        if (op?.state !== 'dead') return false
        const later = op.kind === 'create' ? await store.unfinished(op) : []
        const children = op.kind === 'create' ? await store.dependants(op) : []
        const lastError = `${op.entity} ${op.entityId} was discarded`
        await store.commit({
          put: children.map(one => ({ ...one, state: 'dead', lastError })),
          remove: [...later, op],
        })
        await recount(store)
        return true
      }),

    find: (id: string) => work(() => store.find(id)),
    inState: (state: OpState) => work(() => store.inState(state)),
    nextAt: () => work(() => store.nextAt()),
    audit: (limit: number) => work(() => store.audit(limit)),
    wipe: () =>
      work(async () => {
        await store.wipe()
        await recount(store)
      }),
  }
}

/** The states that an operation has left and entered; null where it was not stored before, or is not any more. */
type Move = readonly [from: OpState | null, to: OpState | null]

function isEditAfter(one: OutboxOp, op: OutboxOp): boolean {
  return one.seq > op.seq && one.kind !== 'create'
}

/** Payloads are JSON, so a copy by way of JSON is what the store would give back. */
function structuredCopy(operation: NewOperation): NewOperation {
  return JSON.parse(JSON.stringify(operation)) as NewOperation
}
