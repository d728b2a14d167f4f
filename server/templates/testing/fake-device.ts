// A device in memory for tests: it can be offline, be started anew, and let time pass without waiting.
import { createSync, type Sync, type SyncOptions } from '../sync/create-sync.ts'
import { remoteTransport } from '../sync/remote.ts'
import type { Clock, JsonObject, OutboxOp } from '../sync/types.ts'
import type { FakeServer } from './fake-server.ts'
import { createMemoryRecords } from './memory-records.ts'
import { createMemoryStore, type MemoryDisk } from './memory-store.ts'

/** What the app's own files say: the checks of payloads and who wins a conflict. */
export type AppRules = Pick<SyncOptions<void>, 'payloads' | 'schemaVersion' | 'onConflict' | 'keepsAudit'>

export interface FakeDevice {
  readonly disk: MemoryDisk
  readonly sync: Sync
  isOnline: boolean
  /** Who is signed in. */
  userId: string | null
  /** Edits a record as the app does: its own copy and the operation for the server. */
  edit(kind: OutboxOp['kind'], entity: string, id: string, values?: JsonObject): Promise<void>
  /** The device's own copy of a record. */
  record(entity: string, id: string): JsonObject | null
  /** The process dies, and the app is started again. */
  restart(): Promise<void>
  setOnline(online: boolean): void
  /** Lets time pass, in milliseconds. */
  pass(ms: number): Promise<void>
}

export async function createFakeDevice(server: FakeServer, rules: AppRules): Promise<FakeDevice> {
  const disk: MemoryDisk = { ops: new Map(), audit: [] }
  const kept = new Map<string, string>()
  const listeners = new Set<(online: boolean) => void>()
  const time = createFakeTime()
  let lastId = 0
  let current = boot()

  function boot() {
    const { clock, kill } = time.process()
    const store = createMemoryStore(disk)
    const records = createMemoryRecords(kept, store)
    const sync = createSync({
      ...rules,
      userId: 'ann',
      store,
      transport: remoteTransport({ remote: server.remote, records, clock, requestTimeoutMs: 30_000 }),
      local: records.local,
      auth: { userId: () => device?.userId ?? 'ann', refresh: async () => true },
      net: {
        isOnline: () => device?.isOnline ?? true,
        subscribe: listener => {
          listeners.add(listener)
          return () => listeners.delete(listener)
        },
      },
      clock,
      newId: () => {
        lastId += 1
        return `op-${lastId}`
      },
      random: () => 0.5,
    })
    return { sync, records, kill }
  }

  const device: FakeDevice = {
    disk,
    get sync() {
      return current.sync
    },
    isOnline: true,
    userId: 'ann',
    edit: (kind, entity, entityId, payload = {}) => {
      const operation = { kind, entity, entityId, payload }
      return current.sync.enqueue(operation, current.records.writeOf(operation))
    },
    record: (entity, entityId) => current.records.read({ entity, entityId }),
    restart: async () => {
      current.kill()
      listeners.clear()
      current = boot()
      await current.sync.start()
    },
    setOnline: online => {
      device.isOnline = online
      for (const listener of [...listeners]) listener(online)
    },
    pass: time.pass,
  }
  await current.sync.start()
  return device
}

interface Timer {
  readonly at: number
  readonly task: () => void
}

/** Timers that are run by the test. Those of a process that has died are gone. */
function createFakeTime() {
  const timers = new Set<Timer>()
  let now = 0
  const process = (): { clock: Clock; kill: () => void } => {
    const own = new Set<Timer>()
    const clock: Clock = {
      now: () => now,
      after: (delayMs, task) => {
        const timer = { at: now + delayMs, task }
        timers.add(timer)
        own.add(timer)
        return () => timers.delete(timer)
      },
    }
    return {
      clock,
      kill: () => {
        for (const timer of own) timers.delete(timer)
      },
    }
  }
  const pass = async (ms: number): Promise<void> => {
    const end = now + ms
    await settled()
    for (let next = earliest(timers, end); next !== undefined; next = earliest(timers, end)) {
      timers.delete(next)
      now = next.at
      next.task()
      await settled()
    }
    now = end
  }
  return { process, pass }
}

function earliest(timers: ReadonlySet<Timer>, end: number): Timer | undefined {
  return [...timers].filter(timer => timer.at <= end).sort((a, b) => a.at - b.at)[0]
}

/** Everything that needs no timer has happened then: promises go before the next turn. */
function settled(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, 0))
}
