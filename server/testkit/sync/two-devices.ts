// Two devices of one user with real SQLite or an emulated MMKV, each with a generated layer, and a real server between them.

import { createVirtualClock } from '../../templates/queue-testing/virtual-clock.ts'
import type * as CreateSync from '../../templates/sync/create-sync.ts'
import type { Remote } from '../../templates/sync/remote.ts'
import type { EntityRef, JsonObject } from '../../templates/sync/types.ts'
import { createPhone } from '../mmkv/emulator.ts'
import { memoryDatabase } from './memory-database.ts'
import { type Mortal, mortalDatabase } from './mortal-database.ts'
import type { OpenApiServer } from './openapi-server.ts'

/** What the tests use of a generated layer. */
export interface DeviceLayer {
  createAppSync(options: Record<string, unknown>): AppSync
  createAppRemote(options: Record<string, unknown>): Remote
}

export type AppSync = CreateSync.Sync<unknown> & {
  create(entity: string, values: JsonObject, key?: Key): Promise<Key>
  update(entity: string, key: Key, values: JsonObject): Promise<void>
  remove(entity: string, key: Key): Promise<void>
  signOut(): Promise<void>
  /** Of layers whose logout removes records. */
  isAllSent?(): Promise<boolean>
}

/** A text that the app has made, or the number of a row. */
export type Key = string | number

export interface Device {
  /** That of the process that lives. */
  readonly sync: AppSync
  isOnline: boolean
  /** The rows of a table, by id. */
  rows(table: string): Promise<readonly Readonly<Record<string, unknown>>[]>
  /** Runs a statement past the layer, as an app does that has code of its own. Only where the app's records are in SQLite. */
  query(sql: string, values?: readonly unknown[]): Promise<readonly Readonly<Record<string, unknown>>[]>
  /** Does something with the app. False when its process has died at it; another one is there then. */
  use(work: (sync: AppSync) => Promise<unknown>): Promise<boolean>
  /** Runs the sync until nothing is pending, letting the time of waits pass. */
  settle(): Promise<void>
  close(): Promise<void>
}

/** By whose interface the layer meets its storage. */
export type DeviceKind = 'expo' | 'op' | 'mmkv'

export interface DeviceOptions {
  readonly name: string
  readonly kind: DeviceKind
  readonly server: OpenApiServer
  readonly tables: readonly string[]
  /** How far the device's clock is wrong, in milliseconds. */
  readonly skewMs?: number
  /** Asked at each write to the disk: the process may die at it. */
  readonly dies?: () => boolean
}

/** A device that has just been signed in on. */
export async function createDevice(layer: DeviceLayer, options: DeviceOptions): Promise<Device> {
  const { name, server, skewMs = 0, dies = () => false } = options
  const storage = options.kind === 'mmkv' ? mmkvStorage() : await sqliteStorage(options.kind, options.tables, dies)
  const clock = createVirtualClock()
  const listeners = new Set<(online: boolean) => void>()
  let token = server.token()
  let made = 0
  // Timers stand still while a device works, and its clock does not: two edits never have one time.
  let looks = 0
  const now = () => 1_750_000_000_000 + skewMs + clock.now() + looks++

  function boot() {
    const process = storage.boot()
    const sync = layer.createAppSync({
      ...process.given,
      userId: 'ann',
      remote: layer.createAppRemote({ endpoint: server.url, token: async () => token, pageSize: 3 }),
      auth: {
        userId: () => 'ann',
        refresh: async () => {
          token = server.token()
          return true
        },
      },
      net: {
        isOnline: () => device.isOnline,
        subscribe: (listener: (online: boolean) => void) => {
          listeners.add(listener)
          return () => listeners.delete(listener)
        },
      },
      clock: {
        now,
        after: (delayMs: number, task: () => void) => {
          const timer = clock.set(delayMs, () => process.isAlive() && task())
          return () => clock.clear(timer)
        },
      },
      newId: () => {
        made += 1
        return `${name}-${made}`
      },
      limits: { backoffBaseMs: 10, backoffCapMs: 1000 },
    })
    return { ...process, sync }
  }

  async function restart(): Promise<void> {
    await living.kill()
    listeners.clear()
    living = boot()
    await device.use(begin)
  }

  const begin = async (sync: AppSync) => {
    await sync.start()
    await sync.syncNow()
  }

  const device: Device = {
    get sync() {
      return living.sync
    },
    isOnline: true,
    rows: storage.rows,
    query: storage.query,
    use: async work => {
      const own = living
      await Promise.race([work(own.sync), own.death])
      if (own.isAlive()) return true
      await restart()
      return false
    },
    settle: async () => {
      for (let round = 0; round < 50; round++) {
        await device.use(sync => sync.syncNow())
        const { pending, inflight, conflict, dead } = living.sync.status$.get().counts
        if (pending + inflight === 0) return
        // What is behind a conflict or a dead create waits for a person.
        if (round > 5 && conflict + dead > 0) return
        await clock.runUntil(clock.now() + 2000)
      }
      throw new Error(`${name} still has operations: ${JSON.stringify(living.sync.status$.get())}`)
    },
    close: async () => {
      await living.sync.stop()
      await living.sync.syncNow()
      storage.close()
    },
  }
  let living = boot()
  await device.use(begin)
  return device
}

interface Storage extends Pick<Device, 'rows' | 'query'> {
  /** A process; `given` is what its layer is made with. */
  boot(): Pick<Mortal, 'isAlive' | 'death' | 'kill'> & { readonly given: Readonly<Record<string, unknown>> }
  close(): void
}

/** A file whose foreign keys are enforced. */
async function sqliteStorage(kind: 'expo' | 'op', tables: readonly string[], dies: () => boolean): Promise<Storage> {
  const file = memoryDatabase()
  for (const table of [...tables, 'PRAGMA foreign_keys = ON']) await file.expo.getAllAsync(table)
  return {
    boot: () => {
      const process = mortalDatabase(file, dies)
      return { ...process, given: { database: process[kind] } }
    },
    query: file.expo.getAllAsync,
    rows: table => file.expo.getAllAsync(`SELECT * FROM "${table}" ORDER BY id`),
    close: file.close,
  }
}

/** An outbox in MMKV, for records that the app keeps in a store without foreign keys. */
function mmkvStorage(): Storage {
  const mmkv = createPhone().createMMKV({ id: 'outbox-ann' })
  const records = new Map<string, Map<string, JsonObject>>()
  const of = (entity: string) => {
    const found = records.get(entity) ?? new Map<string, JsonObject>()
    records.set(entity, found)
    return found
  }
  return {
    boot: () => ({
      given: {
        storage: mmkv,
        records: {
          ids: async (entity: string) => [...of(entity).keys()],
          read: async ({ entity, entityId }: EntityRef) => of(entity).get(entityId) ?? null,
          write: async ({ entity, entityId }: EntityRef, values: JsonObject) =>
            void of(entity).set(entityId, { ...of(entity).get(entityId), ...values }),
          remove: async ({ entity, entityId }: EntityRef) => void of(entity).delete(entityId),
        },
      },
      isAlive: () => true,
      death: new Promise(() => undefined),
      kill: async () => undefined,
    }),
    query: () => Promise.reject(new Error('These records are in no database.')),
    rows: async table =>
      [...of(table)].map(([id, values]) => ({ id, ...values })).sort((one, other) => (one.id < other.id ? -1 : 1)),
    close: () => undefined,
  }
}
