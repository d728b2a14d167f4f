// The sync layer in one piece: the app makes one per signed-in user and shares it with the background task.
import { createConflictDesk } from './conflict-desk.ts'
import { createDrain } from './drain.ts'
import { createOutbox } from './outbox.ts'
import type { OutboxStore } from './outbox-store.ts'
import type { PayloadCheck } from './payloads.ts'
import { createSyncStatus, type OpEvent, type SyncStatusStore } from './sync-status.ts'
import { type AppActivity, listenForTriggers } from './triggers.ts'
import {
  type AuditEntry,
  type Auth,
  type Clock,
  type ConflictContext,
  defaultLimits,
  type Gather,
  type LocalData,
  type LocalWrite,
  type Network,
  type NewOperation,
  type OutboxOp,
  type Resolution,
  type SyncLimits,
  type Transport,
} from './types.ts'

export interface SyncOptions<Tx> {
  /** Whose operations these are. Another user gets a sync and a store of their own. */
  readonly userId: string
  readonly transport: Transport
  readonly store: OutboxStore<Tx>
  readonly auth: Auth
  readonly net: Network
  readonly clock: Clock
  /** Decides about an edit of a record that has changed on the server. Pure. */
  readonly onConflict: (context: ConflictContext) => Resolution
  readonly payloads: PayloadCheck
  /** The version of the payloads that this release writes. */
  readonly schemaVersion: number
  readonly newId: () => string
  readonly random?: () => number
  readonly app?: AppActivity
  readonly local?: LocalData
  /** False where no decision about a conflict is to be kept. */
  readonly keepsAudit?: boolean
  readonly limits?: Partial<SyncLimits>
  readonly onEvent?: (event: OpEvent) => void
}

export interface Sync<Tx = void> {
  /** Begins to listen and to send, or begins anew. It rejects when the storage cannot be opened. */
  start(): Promise<void>
  /** Ends at once; `wipe` also removes the user's operations, as a logout must. */
  stop(options?: { readonly wipe?: boolean }): Promise<void>
  /** Stores an operation, together with the app's own change where the store has transactions, and begins to send. */
  enqueue(operation: NewOperation, write?: LocalWrite<Tx>): Promise<void>
  /** The same for changes that need several operations, or none. It gives their number. */
  enqueueAll(gather: Gather<Tx>): Promise<number>
  /**
   * Runs now, also after a missing sign-in: it pulls, then sends up to `batchSize` operations, and ends. What is left
   * follows in the next run, which begins by itself. Several calls at once are one run and one more after it, so the
   * handler of a push message may call it for each message, as a pull to refresh and the background task do:
   *
   *     messaging().onMessage(() => sync.syncNow())
   *
   * A handler that the system has started the app for must make and start the user's sync first.
   */
  syncNow(): Promise<void>
  readonly status$: Pick<SyncStatusStore, 'get' | 'subscribe'>
  /** What is not on the server yet, without the failed ones. */
  waiting(): Promise<readonly OutboxOp[]>
  /** The dead letter: operations that cannot succeed, each with the reason. */
  failed(): Promise<readonly OutboxOp[]>
  retry(id: string): Promise<boolean>
  discard(id: string): Promise<boolean>
  conflicts(): Promise<readonly OutboxOp[]>
  resolve(id: string, resolution: Resolution): Promise<boolean>
  /** The latest lines of the audit log, newest first. */
  audit(limit: number): Promise<readonly AuditEntry[]>
}

export function createSync<Tx = void>(options: SyncOptions<Tx>): Sync<Tx> {
  const { clock, userId, schemaVersion, net, auth, transport, payloads } = options
  const limits = { ...defaultLimits, ...options.limits }
  const local = options.local ?? {}
  const status = createSyncStatus()
  const outbox = createOutbox<Tx>({
    store: options.store,
    userId,
    now: clock.now,
    newId: options.newId,
    schemaVersion,
    limits,
    onCounts: counts => status.update({ counts }),
  })
  const conflicts = createConflictDesk({
    outbox,
    now: clock.now,
    actor: userId,
    decide: options.onConflict,
    local,
    keepsAudit: options.keepsAudit ?? true,
  })
  const drain = createDrain({
    userId,
    outbox,
    conflicts,
    transport,
    auth,
    net,
    clock,
    random: options.random ?? Math.random,
    limits,
    payloads,
    schemaVersion,
    local,
    status,
    onEvent: options.onEvent ?? (() => undefined),
  })
  let stopListening: (() => void) | undefined
  let starts = 0
  const kick = () => void drain.run()
  const runNow = () => {
    drain.resume()
    return drain.run()
  }

  /** Makes a change by hand and lets a run follow it. */
  const thenRun = async (change: Promise<boolean>): Promise<boolean> => {
    const isDone = await change
    if (isDone) kick()
    return isDone
  }

  return {
    start: async () => {
      starts += 1
      const mine = starts
      drain.stop()
      await outbox.recover()
      // Stopped, or started once more, while the storage was opened.
      if (mine !== starts) return
      stopListening?.()
      stopListening = listenForTriggers({
        net,
        auth,
        app: options.app,
        onReason: kick,
        onSignIn: () => void runNow(),
        onOffline: () => status.update({ phase: 'offline' }),
      })
      drain.start()
      kick()
    },
    stop: async how => {
      starts += 1
      stopListening?.()
      stopListening = undefined
      drain.stop()
      if (how?.wipe) await outbox.wipe()
    },
    enqueue: async (operation, write) => {
      await outbox.enqueue(operation, write)
      kick()
    },
    enqueueAll: async gather => {
      const taken = await outbox.enqueueAll(gather)
      if (taken > 0) kick()
      return taken
    },
    syncNow: runNow,
    status$: { get: status.get, subscribe: status.subscribe },
    waiting: async () => [
      ...(await outbox.inState('pending')),
      ...(await outbox.inState('inflight')),
      ...(await outbox.inState('conflict')),
    ],
    failed: () => outbox.inState('dead'),
    retry: id => thenRun(outbox.retry(id)),
    discard: async id => {
      const op = await outbox.find(id)
      // The app's data first: after a crash in between the operation can be discarded once more.
      if (op?.state === 'dead') await local.discarded?.(op)
      return thenRun(outbox.discard(id))
    },
    conflicts: () => outbox.inState('conflict'),
    resolve: (id, resolution) => thenRun(conflicts.resolve(id, resolution)),
    audit: limit => outbox.audit(limit),
  }
}
