// Sends what is in the outbox, one operation after the other, until nothing is ready or the network is gone.
import { backoffMs } from './backoff.ts'
import { classifyError } from './classify-error.ts'
import type { ConflictDesk } from './conflict-desk.ts'
import { withDeadline } from './deadline.ts'
import type { Outbox } from './outbox.ts'
import { checkPayload, type PayloadCheck } from './payloads.ts'
import type { OpEvent, SyncStatusStore } from './sync-status.ts'
import { createTokenRefresh } from './token-refresh.ts'
import { TransportError } from './transport-error.ts'
import { type Alarm, createAlarm } from './triggers.ts'
import type { Auth, Clock, LocalData, Network, OutboxOp, SendResult, SyncLimits, Transport } from './types.ts'

export interface DrainOptions {
  readonly userId: string
  readonly outbox: Outbox<unknown>
  readonly conflicts: ConflictDesk
  readonly transport: Transport
  readonly auth: Auth
  readonly net: Network
  readonly clock: Clock
  readonly random: () => number
  readonly limits: SyncLimits
  readonly payloads: PayloadCheck
  readonly schemaVersion: number
  readonly local: LocalData
  readonly status: SyncStatusStore
  readonly onEvent: (event: OpEvent) => void
}

export interface Drain {
  /** Begins a run, or makes the run that is under way look once more. It never rejects: the status tells the error. */
  run(): Promise<void>
  start(): void
  /** Ends the run that is under way: its requests are aborted, and what it still hears changes nothing. */
  stop(): void
  /** The user has signed in, or asks by hand: a pause for a missing sign-in ends. */
  resume(): void
}

class SignedOutError extends Error {}

export function createDrain(options: DrainOptions): Drain {
  const { outbox, clock, limits, status } = options
  /** A stopped run keeps its own, aborted signal, so that it cannot go on under the next one. */
  let epoch = new AbortController()
  let isStopped = true
  let isSignedOut = false
  let running: Promise<void> | undefined
  let again = false
  let pullFailures = 0
  /** The storage has failed, so an operation may be marked as inflight that is not. */
  let isDoubtful = false
  const alarm: Alarm = createAlarm(clock, () => void run())
  const refresh = createTokenRefresh(() => timed(epoch.signal, signal => options.auth.refresh(signal)))

  function timed<T>(signal: AbortSignal, request: (signal: AbortSignal) => Promise<T>): Promise<T> {
    return withDeadline(clock, limits.requestTimeoutMs, signal, request)
  }

  function tell(type: OpEvent['type'], op: OutboxOp, detail: string | null = null): void {
    options.onEvent({ type, opId: op.id, at: clock.now(), detail })
    if (detail !== null) status.update({ lastError: detail })
  }

  function run(): Promise<void> {
    if (running !== undefined) {
      again = true
      return running
    }
    running = runs()
    return running
  }

  /** The flag is given back in the same turn in which `again` is looked at, so that no trigger falls in between. */
  async function runs(): Promise<void> {
    try {
      do {
        again = false
        await once(epoch.signal)
      } while (again && !isStopped)
    } finally {
      running = undefined
    }
  }

  async function once(signal: AbortSignal): Promise<void> {
    if (signal.aborted || isStopped || !mayServe()) return
    status.update({ phase: 'syncing' })
    try {
      if (isDoubtful) await outbox.recover()
      isDoubtful = false
      const pulledAgainAt = await pull(signal)
      if (pulledAgainAt === null) await sendAll(signal)
      if (signal.aborted) return
      alarm.set(mayServe() ? (pulledAgainAt ?? (await outbox.nextAt())) : null)
      if (status.get().phase === 'syncing') status.update({ phase: 'idle', lastSyncedAt: clock.now() })
    } catch (error) {
      // The storage has failed: what is stored stays as it is, and a later run tries again.
      isDoubtful = true
      if (signal.aborted) return
      status.update({ phase: 'idle', lastError: messageOf(error) })
      alarm.set(clock.now() + limits.backoffBaseMs)
    }
  }

  /** Operations go out only under the token of the user who has made them. */
  function mayServe(): boolean {
    if (isSignedOut || options.auth.userId() !== options.userId) status.update({ phase: 'signedOut' })
    else if (!options.net.isOnline()) status.update({ phase: 'offline' })
    else return true
    return false
  }

  /** Gives the time of the next attempt when the pull has failed. */
  async function pull(signal: AbortSignal): Promise<number | null> {
    const { transport } = options
    if (transport.pull === undefined) return null
    try {
      await authorized(signal, async () => transport.pull?.(signal))
      pullFailures = 0
      return null
    } catch (error) {
      pullFailures += 1
      if (error instanceof SignedOutError) isSignedOut = true
      status.update({ lastError: messageOf(error) })
      const now = clock.now()
      const failure = classifyError(error, { kind: 'update', id: '', isOnline: options.net.isOnline(), now })
      const asked = failure.kind === 'throttled' ? failure.retryAfterMs : 0
      return now + Math.max(asked, backoffMs(pullFailures, options.random, limits))
    }
  }

  async function sendAll(signal: AbortSignal): Promise<void> {
    for (let count = 0; count < limits.batchSize && mayServe(); count++) {
      const op = await outbox.claim()
      if (op === null || signal.aborted) return
      await deliver(op, signal)
      if (signal.aborted) return
    }
  }

  async function deliver(op: OutboxOp, signal: AbortSignal): Promise<void> {
    const checked = checkPayload(op, options.payloads, options.schemaVersion)
    if (typeof checked === 'string') return bury(op, checked)
    tell('sent', op)
    let result: SendResult
    try {
      result = await authorized(signal, () => timed(signal, inner => options.transport.send(checked, inner)))
    } catch (error) {
      if (!signal.aborted) await settle(op, error, signal)
      return
    }
    if (!signal.aborted) await finish(op, result, signal)
  }

  async function finish(op: OutboxOp, result: SendResult, signal: AbortSignal): Promise<void> {
    await options.local.delivered?.(op, result)
    if (signal.aborted) return
    await outbox.ack(op, result)
    tell('delivered', op)
  }

  /** Sends with the token there is; when the server refuses it, once more with a new one. */
  async function authorized<T>(signal: AbortSignal, request: () => Promise<T>): Promise<T> {
    try {
      return await request()
    } catch (error) {
      if (!isRefusedToken(error) || signal.aborted) throw error
      if (!(await refresh())) throw new SignedOutError('The user must sign in again.')
      return await request()
    }
  }

  async function settle(op: OutboxOp, error: unknown, signal: AbortSignal): Promise<void> {
    const reason = messageOf(error)
    const now = clock.now()
    if (error instanceof SignedOutError) {
      isSignedOut = true
      return postpone(op, 0, reason, false)
    }
    const failure = classifyError(error, { kind: op.kind, id: op.id, isOnline: options.net.isOnline(), now })
    switch (failure.kind) {
      case 'done':
        return finish(op, {}, signal)
      case 'permanent':
        return bury(op, reason)
      case 'wait':
        return postpone(op, 0, reason, false)
      case 'conflict':
        return conflict(op, reason, signal)
      case 'auth': // The new token was refused as well: no more than another failure of the server.
      case 'transient':
      case 'throttled': {
        if (now - op.createdAt > limits.maxAgeMs) return bury(op, `too old after ${op.attempts} attempts: ${reason}`)
        const wait = backoffMs(op.attempts, options.random, limits)
        return postpone(op, now + Math.max(wait, failure.kind === 'throttled' ? failure.retryAfterMs : 0), reason, true)
      }
    }
  }

  /** Fetches the server's record and lets the strategy decide; when that fails, the operation waits like any other. */
  async function conflict(op: OutboxOp, reason: string, signal: AbortSignal): Promise<void> {
    try {
      const remote = await authorized(signal, () => timed(signal, inner => options.transport.fetchRemote(op, inner)))
      if (signal.aborted) return
      // The first conflict is sent again at once; one that comes back again and again must not become a storm.
      const wait = op.attempts > 1 ? backoffMs(op.attempts, options.random, limits) : 0
      await options.conflicts.settle(op, remote, reason, clock.now() + wait)
    } catch (error) {
      if (signal.aborted) return
      const wait = backoffMs(op.attempts, options.random, limits)
      return postpone(op, clock.now() + wait, messageOf(error), true)
    }
    tell('conflict', op, reason)
  }

  async function postpone(op: OutboxOp, nextAt: number, reason: string, isCounted: boolean): Promise<void> {
    await outbox.postpone(op, nextAt, reason, isCounted)
    tell('postponed', op, reason)
  }

  async function bury(op: OutboxOp, reason: string): Promise<void> {
    await outbox.bury(op, reason)
    tell('dead', op, reason)
  }

  return {
    run,
    start: () => {
      epoch = new AbortController()
      isStopped = false
      isSignedOut = false
    },
    stop: () => {
      isStopped = true
      alarm.set(null)
      epoch.abort()
      status.update({ phase: 'stopped' })
    },
    resume: () => {
      isSignedOut = false
    },
  }
}

function isRefusedToken(error: unknown): boolean {
  return error instanceof TransportError && (error.answer.status === 401 || error.answer.code === 'UNAUTHENTICATED')
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
