// The sync of one user's database: when it runs, what follows a failure, and what the app can ask of it.
import type { Database } from '@nozbe/watermelondb'
import type { SyncLog } from '@nozbe/watermelondb/sync'
import { backoffMs } from '../sync/backoff.ts'
import { classifyError } from '../sync/classify-error.ts'
import { createMutex } from '../sync/mutex.ts'
import { type AppActivity, createAlarm, listenForTriggers } from '../sync/triggers.ts'
import type { Auth, Clock, Network } from '../sync/types.ts'
import { createAnswers } from './answers.ts'
import { createAuditLog } from './audit-log.ts'
import { createAuthorizedRequest } from './authorized-request.ts'
import { createConflictBook } from './conflict-book.ts'
import { ensureTables } from './ensure-tables.ts'
import { countUnsynced, onLocalChange } from './local-changes.ts'
import { createPortions } from './portions.ts'
import { createPullJournal, journalTable } from './pull-journal.ts'
import { createAttemptStore } from './push-attempt.ts'
import { createRejectedRecords, type RejectedRecord } from './rejected-records.ts'
import { createRemoteDeletions } from './remote-deletions.ts'
import type { DeleteVsEdit, RecordConflict, Resolution, Strategy } from './resolve-record.ts'
import { syncOnce } from './sync-once.ts'
import { createSyncStatus, type SyncStatusStore } from './sync-status.ts'
import type { SyncedTables } from './synced-tables.ts'
import { defaultLimits, type SyncLimits, type SyncTransport } from './types.ts'

export interface SyncOptions {
  readonly database: Database
  /** Whose records the database holds. Another user gets a database of their own, or this one after a logout. */
  readonly userId: string
  readonly tables: SyncedTables
  readonly transport: SyncTransport
  readonly auth: Auth
  readonly net: Network
  readonly clock: Clock
  readonly app?: AppActivity
  readonly strategyOf: (table: string) => Strategy
  readonly deleteVsEdit: DeleteVsEdit
  /** True when the database has the table `sync_conflicts`; `manual` and `ask` need it. */
  readonly hasConflictTable: boolean
  /** How long a line of `sync_audit` is kept, in milliseconds; null when there is no such table. */
  readonly keepAuditMs: number | null
  /** The schema's version when the sync was added. It stays as it is when the schema grows. */
  readonly migrationsEnabledAtVersion?: number
  readonly newKey: () => string
  /** For diagnostics: `() => logger.newLog()` with a `SyncLogger` of WatermelonDB. */
  readonly newLog?: () => SyncLog
  readonly random?: () => number
  readonly limits?: Partial<SyncLimits>
}

export interface Sync {
  /** Begins to listen and to sync. It rejects when the database lacks a table of the sync, or holds records of another user. */
  start(): Promise<void>
  /** Ends at once; a request that is under way is given up. */
  stop(): void
  /** Runs now, also after a missing sign-in; it ends with the run. A background task calls this too. */
  syncNow(): Promise<void>
  /**
   * Sends what is left, empties the database and ends. False, and nothing is emptied, when something could not be sent;
   * with `force` it is lost.
   */
  logout(options?: { readonly force?: boolean }): Promise<boolean>
  readonly status$: Pick<SyncStatusStore, 'get' | 'subscribe'>
  /** The dead letter: records that the server refuses, each with the reason. */
  failed(): Promise<readonly RejectedRecord[]>
  retry(table: string, id: string): Promise<boolean>
  discard(table: string, id: string): Promise<boolean>
  conflicts(): Promise<readonly RecordConflict[]>
  resolve(table: string, id: string, resolution: Exclude<Resolution, { choice: 'ask' }>): Promise<boolean>
}

/** After so many conflicts in one go other devices write faster than this one: it waits. */
const maxConflictsInARow = 3
const userKey = 'sync.userId'
const notBeforeKey = 'sync.notBefore'

export class StoppedError extends Error {
  constructor() {
    super('The sync was stopped, or the user has signed out.')
    this.name = 'StoppedError'
  }
}

export function createSync(options: SyncOptions): Sync {
  const { database, clock, net, auth, transport, userId } = options
  const limits = { ...defaultLimits, ...options.limits }
  const tables = Object.keys(options.tables)
  const status = createSyncStatus()
  const deletions = createRemoteDeletions(database)
  const rejected = createRejectedRecords(database, clock.now)
  const audit =
    options.keepAuditMs === null
      ? undefined
      : createAuditLog({ database, now: clock.now, actor: userId, keepMs: options.keepAuditMs })
  const conflicts = options.hasConflictTable
    ? createConflictBook({ database, deletions, audit, now: clock.now })
    : undefined
  const journal = createPullJournal(database)
  const attempts = createAttemptStore(database)
  const portions = createPortions(limits.maxPushRecords)
  const answers = createAnswers(options.tables)
  const authorized = createAuthorizedRequest(clock, auth, limits.requestTimeoutMs)
  const exclusive = createMutex()

  let life = new AbortController()
  let isStarted = false
  let isPaused = false
  let failures = 0
  /** The server has asked not to be called before. */
  let notBefore = 0
  /** After a failure a write alone does not start a run before. */
  let retryAt = 0
  let running: Promise<void> | undefined
  let isAgain = false
  let stopListening: (() => void) | undefined
  let cancelDebounce = () => {}
  const alarm = createAlarm(clock, () => void run())

  function run(): Promise<void> {
    if (running) {
      isAgain = true
      return running
    }
    running = exclusive(runAll)
    return running
  }

  async function runAll(): Promise<void> {
    let inARow = 0
    try {
      do {
        isAgain = false
        if (!mayRun()) return
        status.update({ phase: 'syncing' })
        const { signal } = life
        try {
          if (await once(signal)) isAgain = true
          inARow = 0
          await succeed()
        } catch (error) {
          if (signal.aborted) return
          inARow += 1
          if (!(await fail(error, inARow))) return
        }
      } while (isAgain)
    } finally {
      // At once: whoever calls in the next moment must not wait for a run that has looked around for the last time.
      running = undefined
    }
  }

  function mayRun(): boolean {
    if (!isStarted || isPaused) return false
    if (auth.userId() !== userId) {
      pause()
      return false
    }
    if (!net.isOnline()) {
      status.update({ phase: 'offline' })
      return false
    }
    if (clock.now() >= notBefore) return true
    alarm.set(notBefore)
    return false
  }

  function once(signal: AbortSignal): Promise<boolean> {
    return syncOnce({
      ...options,
      answers,
      journal,
      attempts,
      deletions,
      rejected,
      conflicts,
      audit,
      pull: request => authorized(signal, inner => transport.pull(request, inner)),
      push: request => authorized(signal, inner => transport.push(request, inner)),
      migrationsEnabledAtVersion: options.migrationsEnabledAtVersion,
      newLog: options.newLog,
      portions,
      ensureMine: () => {
        if (signal.aborted || auth.userId() !== userId) throw new StoppedError()
      },
    })
  }

  async function succeed(): Promise<void> {
    failures = 0
    retryAt = 0
    alarm.set(clock.now() + limits.pollMs)
    await count()
    status.update({ phase: 'idle', lastError: null, lastSyncedAt: clock.now() })
  }

  async function count(): Promise<void> {
    status.update({
      unsynced: await countUnsynced(database, tables),
      conflicts: (await conflicts?.list())?.length ?? 0,
      rejected: (await rejected.list()).length,
    })
  }

  /** True when the next attempt is to follow at once. */
  async function fail(error: unknown, inARow: number): Promise<boolean> {
    const lastError = error instanceof Error ? error.message : String(error)
    status.update({ phase: 'idle', lastError })
    if (auth.userId() !== userId) {
      pause()
      return false
    }
    const now = clock.now()
    const failure = classifyError(error, { kind: 'create', id: '', isOnline: net.isOnline(), now })
    switch (failure.kind) {
      case 'wait':
        status.update({ phase: 'offline' })
        return false
      case 'auth':
        pause()
        return false
      case 'conflict':
      case 'done':
        // Somebody else was quicker: the next run pulls their changes first.
        if (inARow < maxConflictsInARow) {
          isAgain = true
          return true
        }
        break
      case 'permanent':
        // Nobody but a new release of the app or the server can mend this, so it is not asked often.
        retryAt = now + limits.backoffCapMs
        alarm.set(retryAt)
        return false
      case 'throttled':
        notBefore = now + failure.retryAfterMs
        await database.localStorage.set(notBeforeKey, notBefore)
        break
      case 'transient':
        break
    }
    failures += 1
    retryAt = Math.max(notBefore, now + backoffMs(failures, options.random ?? Math.random, limits))
    alarm.set(retryAt)
    return false
  }

  function pause(): void {
    isPaused = true
    status.update({ phase: 'signedOut' })
  }

  function onWrite(): void {
    cancelDebounce()
    cancelDebounce = clock.after(limits.writeDelayMs, () => {
      if (clock.now() >= retryAt) void run()
    })
  }

  function runNow(): Promise<void> {
    isPaused = false
    return run()
  }

  function stop(): void {
    isStarted = false
    life.abort()
    stopListening?.()
    stopListening = undefined
    cancelDebounce()
    alarm.set(null)
    status.update({ phase: 'stopped' })
  }

  /** Makes a change by hand and lets a run follow it. */
  async function thenRun(change: Promise<boolean> | undefined): Promise<boolean> {
    const isDone = (await change) ?? false
    if (isDone) void run()
    return isDone
  }

  return {
    start: async () => {
      stop()
      ensureTables(database, [
        journalTable,
        ...(options.hasConflictTable ? ['sync_conflicts'] : []),
        ...(options.keepAuditMs === null ? [] : ['sync_audit']),
      ])
      const mine = new AbortController()
      life = mine
      const owner = await database.localStorage.get<string>(userKey)
      if (owner !== undefined && owner !== userId)
        throw new Error('The database holds records of another user: log out first.')
      if (owner === undefined) await database.localStorage.set(userKey, userId)
      notBefore = (await database.localStorage.get<number>(notBeforeKey)) ?? 0
      // Stopped, or started once more, meanwhile.
      if (mine.signal.aborted) return
      isStarted = true
      isPaused = false
      const stopTriggers = listenForTriggers({
        net,
        auth,
        app: options.app,
        onReason: () => void run(),
        onSignIn: () => void runNow(),
        onOffline: () => status.update({ phase: 'offline' }),
      })
      const stopWatching = onLocalChange(database, tables, onWrite)
      stopListening = () => {
        stopTriggers()
        stopWatching()
      }
      void run()
    },
    stop,
    syncNow: runNow,
    logout: async how => {
      if (how?.force !== true) {
        await runNow()
        if ((await countUnsynced(database, tables)) > 0) return false
      }
      stop()
      await exclusive(() => database.write(() => database.unsafeResetDatabase()))
      return true
    },
    status$: { get: status.get, subscribe: status.subscribe },
    failed: rejected.list,
    retry: (table, id) => thenRun(rejected.retry(table, id)),
    discard: (table, id) => thenRun(rejected.discard(table, id)),
    conflicts: async () => (await conflicts?.list()) ?? [],
    resolve: (table, id, resolution) => thenRun(conflicts?.resolve(table, id, resolution)),
  }
}
