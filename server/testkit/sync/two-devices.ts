// Two devices of one user with real SQLite, each with a generated layer, and a real server between them.
import type * as CreateSync from '../../templates/sync/create-sync.ts'
import type { Remote } from '../../templates/sync/remote.ts'
import type { JsonObject } from '../../templates/sync/types.ts'
import { memoryDatabase, type SqliteFile } from './memory-database.ts'
import type { OpenApiServer } from './openapi-server.ts'
import { createVirtualClock } from './virtual-clock.ts'

/** What the tests use of a generated layer. */
export interface DeviceLayer {
  createAppSync(options: Record<string, unknown>): AppSync
  createAppRemote(options: Record<string, unknown>): Remote
}

export type AppSync = CreateSync.Sync<unknown> & {
  create(entity: string, values: JsonObject, id?: string): Promise<string>
  update(entity: string, id: string, values: JsonObject): Promise<void>
  remove(entity: string, id: string): Promise<void>
  signOut(): Promise<void>
}

export interface Device {
  readonly sync: AppSync
  isOnline: boolean
  /** The rows of a table, by id. */
  rows(table: string): Promise<readonly Readonly<Record<string, unknown>>[]>
  /** Runs the sync until nothing is pending, letting the time of waits pass. */
  settle(): Promise<void>
  close(): Promise<void>
}

export interface DeviceOptions {
  readonly name: string
  readonly kind: 'expo' | 'op'
  readonly server: OpenApiServer
  readonly tables: readonly string[]
  /** How far the device's clock is wrong, in milliseconds. */
  readonly skewMs?: number
}

/** A device that has just been signed in on. */
export async function createDevice(layer: DeviceLayer, options: DeviceOptions): Promise<Device> {
  const { name, server, tables, skewMs = 0 } = options
  const file: SqliteFile = memoryDatabase()
  for (const table of [...tables, 'PRAGMA foreign_keys = ON']) await file.expo.getAllAsync(table)
  const clock = createVirtualClock()
  const listeners = new Set<(online: boolean) => void>()
  let token = server.token()
  let made = 0
  // Timers stand still while a device works, and its clock does not: two edits never have one time.
  let looks = 0
  const now = () => 1_750_000_000_000 + skewMs + clock.now() + looks++
  const sync = layer.createAppSync({
    database: file[options.kind],
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
        const timer = clock.set(delayMs, task)
        return () => clock.clear(timer)
      },
    },
    newId: () => {
      made += 1
      return `${name}-${made}`
    },
    limits: { backoffBaseMs: 10, backoffCapMs: 1000 },
  })
  const device: Device = {
    sync,
    isOnline: true,
    rows: table => file.expo.getAllAsync(`SELECT * FROM "${table}" ORDER BY id`),
    settle: async () => {
      for (let round = 0; round < 50; round++) {
        await sync.syncNow()
        const { pending, inflight, conflict, dead } = sync.status$.get().counts
        if (pending + inflight === 0) return
        // What is behind a conflict or a dead create waits for a person.
        if (round > 5 && conflict + dead > 0) return
        await clock.runUntil(clock.now() + 2000)
      }
      throw new Error(`${name} still has operations: ${JSON.stringify(sync.status$.get())}`)
    },
    close: async () => {
      await sync.stop()
      await sync.syncNow()
      file.close()
    },
  }
  await sync.start()
  await sync.syncNow()
  return device
}
