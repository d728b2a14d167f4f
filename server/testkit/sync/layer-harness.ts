// The sync layer in a quiet place: a clock that the test drives, and a server that does what the test says.

import { createVirtualClock, type VirtualClock } from '../../templates/queue-testing/virtual-clock.ts'
import { type ConflictPolicy, createConflictStrategy } from '../../templates/sync/conflict-strategy.ts'
import { createSync, type Sync, type SyncOptions } from '../../templates/sync/create-sync.ts'
import { createMmkvStore } from '../../templates/sync/mmkv-store.ts'
import type { OutboxStore } from '../../templates/sync/outbox-store.ts'
import type { NewOperation, OutboxOp, RemoteRecord, SendResult } from '../../templates/sync/types.ts'

export interface Harness {
  readonly sync: Sync<unknown>
  readonly clock: VirtualClock
  /** Every operation as it was sent. */
  readonly sent: OutboxOp[]
  /** What is stored, by key, when the test gave no store of its own. */
  readonly files: Map<string, string>
  /** How the server answers; each call may change it. */
  answer: (op: OutboxOp, signal: AbortSignal) => Promise<SendResult>
  remote: (op: { entity: string; entityId: string }) => RemoteRecord | null
  isOnline: boolean
  userId: string | null
  refresh: () => Promise<boolean>
  /** Lets `ms` pass. */
  pass(ms: number): Promise<void>
  setOnline(online: boolean): void
}

export interface HarnessOptions extends Partial<Omit<SyncOptions<unknown>, 'store' | 'clock'>> {
  readonly policy?: ConflictPolicy
  readonly files?: Map<string, string>
  readonly clock?: VirtualClock
  readonly store?: (now: () => number) => OutboxStore<unknown>
}

export function createHarness(options: HarnessOptions = {}): Harness {
  const clock = options.clock ?? createVirtualClock()
  const files = options.files ?? new Map<string, string>()
  const listeners = new Set<(online: boolean) => void>()
  let lastId = files.size
  const harness: Harness = {
    clock,
    files,
    sent: [],
    answer: async () => ({}),
    remote: () => null,
    isOnline: true,
    userId: 'ann',
    refresh: async () => true,
    pass: ms => clock.runUntil(clock.now() + ms),
    setOnline: online => {
      harness.isOnline = online
      for (const listener of listeners) listener(online)
    },
    sync: createSync<unknown>({
      userId: 'ann',
      store: options.store?.(clock.now) ?? (mapStore(files, clock.now) as OutboxStore<unknown>),
      transport: {
        send: (op, signal) => {
          harness.sent.push(op)
          return harness.answer(op, signal)
        },
        fetchRemote: async ref => harness.remote(ref),
      },
      auth: { userId: () => harness.userId, refresh: () => harness.refresh() },
      net: {
        isOnline: () => harness.isOnline,
        subscribe: listener => {
          listeners.add(listener)
          return () => listeners.delete(listener)
        },
      },
      clock: {
        now: clock.now,
        after: (delayMs, task) => {
          const timer = clock.set(delayMs, task)
          return () => clock.clear(timer)
        },
      },
      onConflict: createConflictStrategy(() => options.policy ?? { strategy: 'lww', deleteVsEdit: 'deleteWins' }),
      payloads: {
        entities: { posts: { create: anything, update: anything }, comments: { create: anything, update: anything } },
      },
      schemaVersion: 1,
      newId: () => {
        lastId += 1
        return `op-${lastId}`
      },
      random: () => 0.5,
      ...without(options),
    }),
  }
  return harness
}

const anything = { safeParse: () => ({ success: true }) }

function mapStore(files: Map<string, string>, now: () => number) {
  return createMmkvStore({
    now,
    storage: {
      getString: key => files.get(key),
      set: (key, value) => files.set(key, value),
      remove: key => files.delete(key),
      getAllKeys: () => [...files.keys()],
    },
  })
}

function without({ policy, files, clock, store, ...rest }: HarnessOptions): Partial<SyncOptions<unknown>> {
  return rest
}

/** An operation on a post. */
export function edit(
  entityId: string,
  kind: NewOperation['kind'],
  payload: NewOperation['payload'] = {},
): NewOperation {
  return { entity: 'posts', entityId, kind, payload }
}
