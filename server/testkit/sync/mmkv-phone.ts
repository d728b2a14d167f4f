// A phone whose app keeps records in a store of its own and the outbox of a generated layer in MMKV, and that may be killed at any write.

import { createVirtualClock } from '../../templates/queue-testing/virtual-clock.ts'
import type { EntityRef, JsonObject } from '../../templates/sync/types.ts'
import { createPhone } from '../mmkv/emulator.ts'
import type { OpenApiServer } from './openapi-server.ts'
import type { AppSync, DeviceLayer } from './two-devices.ts'

type Rows = Map<string, Map<string, JsonObject>>

export interface MmkvPhone {
  /** The app's own store, which it may also write past the layer. */
  rows(entity: string): Map<string, JsonObject>
  isOnline: boolean
  /** True for an app that names none of its records. */
  hides: boolean
  /** How often all ids of an entity were read. */
  readonly scans: () => number
  /** The most operations that have waited at one time. */
  readonly mostWaiting: () => number
  /** Starts the app anew, as it is after it was killed. */
  boot(): Promise<AppSync>
  /** Lets the app be killed at the so-manieth write from now; undefined lets it live. */
  killAt(writes: number | undefined): void
  /** Starts the app as often as it is killed, and runs the sync until nothing is pending. Gives the sync that is left. */
  settle(): Promise<AppSync>
}

/** A phone and the server that it speaks with. */
export interface MmkvScene {
  readonly phone: MmkvPhone
  readonly server: OpenApiServer
}

interface Running {
  /** The number of its process. */
  readonly own: number
  readonly sync: AppSync
  pass(ms: number): Promise<void>
}

export function createMmkvPhone(layer: DeviceLayer, server: OpenApiServer): MmkvPhone {
  const phone = createPhone()
  const rows: Rows = new Map()
  let writesLeft: number | undefined
  let process = 0
  let made = 0
  let scanned = 0
  let most = 0
  let running: Running | undefined

  const of = (entity: string) => {
    const found = rows.get(entity) ?? new Map<string, JsonObject>()
    rows.set(entity, found)
    return found
  }
  /** A write of one process: nothing of it happens once the process has been killed. */
  const writing = (own: number, write: () => void): void => {
    if (own !== process) throw new Killed()
    if (writesLeft === 0) {
      process += 1
      writesLeft = undefined
      throw new Killed()
    }
    if (writesLeft !== undefined) writesLeft -= 1
    write()
  }

  async function boot(): Promise<AppSync> {
    process += 1
    const own = process
    phone.restart()
    const mmkv = phone.createMMKV({ id: 'outbox-ann' })
    const clock = createVirtualClock()
    const isAlive = () => own === process
    const sync = layer.createAppSync({
      storage: {
        getString: (key: string) => mmkv.getString(key),
        set: (key: string, value: string) => writing(own, () => mmkv.set(key, value)),
        remove: (key: string) => writing(own, () => mmkv.remove(key)),
        getAllKeys: () => mmkv.getAllKeys(),
      },
      records: {
        read: async ({ entity, entityId }: EntityRef) => of(entity).get(entityId) ?? null,
        write: async ({ entity, entityId }: EntityRef, values: JsonObject) =>
          writing(own, () => of(entity).set(entityId, { ...of(entity).get(entityId), ...values })),
        remove: async ({ entity, entityId }: EntityRef) => writing(own, () => of(entity).delete(entityId)),
        ids: async (entity: string) => {
          scanned += 1
          return device.hides ? [] : [...of(entity).keys()]
        },
      },
      userId: 'ann',
      remote: layer.createAppRemote({
        endpoint: server.url,
        token: async () => server.token(),
        pageSize: 3,
        fetch: (url: string, init: RequestInit) => (isAlive() ? fetch(url, init) : Promise.reject(new Killed())),
      }),
      auth: { userId: () => 'ann', refresh: async () => true },
      net: { isOnline: () => device.isOnline && isAlive(), subscribe: () => () => undefined },
      clock: {
        now: () => 1_750_000_000_000 + clock.now(),
        after: (delayMs: number, task: () => void) => {
          const timer = clock.set(delayMs, task)
          return () => clock.clear(timer)
        },
      },
      newId: () => {
        made += 1
        return `ann-${made}`
      },
      limits: { backoffBaseMs: 10, backoffCapMs: 1000 },
    })
    sync.status$.subscribe(() => {
      most = Math.max(most, sync.status$.get().counts.pending)
    })
    running = { own, sync, pass: ms => clock.runUntil(clock.now() + ms) }
    await sync.start()
    await sync.syncNow()
    return sync
  }

  const device: MmkvPhone = {
    rows: of,
    isOnline: true,
    hides: false,
    scans: () => scanned,
    mostWaiting: () => most,
    boot,
    killAt: writes => {
      writesLeft = writes
    },
    settle: async () => {
      for (let round = 0; round < 300; round++) {
        try {
          if (running?.own === process) await running.sync.syncNow()
          else await boot()
        } catch (error) {
          if (!(error instanceof Killed)) throw error
        }
        if (running?.own !== process) continue
        const { pending, inflight } = running.sync.status$.get().counts
        if (pending + inflight === 0) return running.sync
        await running.pass(2000)
      }
      const left = [...((await running?.sync.waiting()) ?? []), ...((await running?.sync.failed()) ?? [])]
      throw new Error(`There are still operations: ${JSON.stringify(left)}`)
    },
  }
  return device
}

/** What a write meets when the app is killed at it. */
export class Killed extends Error {}
