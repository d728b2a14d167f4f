// The generated sync layer as a queue under test, over each of its stores.

import { markersOf } from '../../templates/queue-testing/fault-server.ts'
import type { Payload } from '../../templates/queue-testing/queue-under-test.ts'
import type * as ConflictStrategy from '../../templates/sync/conflict-strategy.ts'
import type * as CreateSync from '../../templates/sync/create-sync.ts'
import type * as ExpoDatabase from '../../templates/sync/expo-sqlite-database.ts'
import type * as MmkvStore from '../../templates/sync/mmkv-store.ts'
import type * as OpDatabase from '../../templates/sync/op-sqlite-database.ts'
import type { OutboxStore } from '../../templates/sync/outbox-store.ts'
import type * as SqliteStore from '../../templates/sync/sqlite-store.ts'
import type * as TransportErrors from '../../templates/sync/transport-error.ts'
import type { JsonObject, OutboxOp } from '../../templates/sync/types.ts'
import { createPhone } from '../mmkv/emulator.ts'
import type { Environment, QueueFactory } from './run-schedule.ts'
import { type AppData, expoDevice, opDevice } from './sqlite-device.ts'
import { startSync, syncAround, userId } from './sync-around.ts'

/** The modules of the layer: as they are, or with a fault put in. */
export type SyncLayer = Pick<typeof CreateSync, 'createSync'> &
  Pick<typeof MmkvStore, 'createMmkvStore'> &
  Pick<typeof SqliteStore, 'createSqliteStore'> &
  Pick<typeof ExpoDatabase, 'expoSqliteDatabase'> &
  Pick<typeof OpDatabase, 'opSqliteDatabase'> &
  Pick<typeof ConflictStrategy, 'createConflictStrategy'> &
  Pick<typeof TransportErrors, 'TransportError'>

export const storeKinds = ['memory', 'mmkv', 'expo-sqlite', 'op-sqlite'] as const
export type StoreKind = (typeof storeKinds)[number]

/** Makes the layer's queue over a store of the given kind. */
export function layerQueue(layer: SyncLayer, kind: StoreKind): QueueFactory {
  return env => {
    const { store, app } = storeOf(layer, kind, env)
    const sync = layer.createSync({
      userId,
      store,
      transport: {
        send: async (op, signal) => {
          const { status, retryAfter } = await env.send({
            kind: op.kind,
            entity: op.entity,
            entityId: op.entityId,
            payload: op.payload as Payload,
            key: op.id,
            signal,
          })
          if (status >= 400) {
            const header = retryAfter === undefined ? null : String(retryAfter)
            throw new layer.TransportError(`The server answered ${status}.`, { status, retryAfter: header })
          }
          return {}
        },
        fetchRemote: async () => null,
      },
      ...syncAround(env, layer),
    })
    void startSync(env, sync)
    if (app) everyNowAndThen(env, app.changeOfMind)
    const payloads = (ops: readonly OutboxOp[]) => ops.map(op => op.payload as JsonObject as Payload)
    return {
      enqueue: op =>
        sync.enqueue(
          { kind: op.kind, entity: op.entity, entityId: op.entityId, payload: { ...op.payload } },
          app?.write(markersOf(op.payload)[0]!),
        ),
      ...(app ? { written: app.written } : {}),
      pending: async () => payloads(await sync.waiting()),
      dead: async () => payloads(await sync.failed()),
    }
  }
}

/** The app goes on with its own transactions while the sync works. */
function everyNowAndThen(env: Environment, task: () => Promise<void>): void {
  if (env.clock.now() > 6000) return
  env.clock.set(50 + env.rnd() * 100, () => void task().then(() => everyNowAndThen(env, task)))
}

interface StoreOnDevice {
  readonly store: OutboxStore<unknown>
  /** The data beside it, where one transaction can hold both. */
  readonly app?: AppData
}

function storeOf(layer: SyncLayer, kind: StoreKind, env: Environment): StoreOnDevice {
  const now = env.clock.now
  switch (kind) {
    case 'memory':
      return { store: anyTx(slowly(env, layer.createMmkvStore({ storage: mapStorage(env), now }))) }
    case 'mmkv':
      return { store: anyTx(layer.createMmkvStore({ storage: phoneStorage(env), now })) }
    case 'expo-sqlite': {
      const { database, app } = expoDevice(env)
      return {
        app,
        store: anyTx(layer.createSqliteStore({ database: layer.expoSqliteDatabase(database), userId, now })),
      }
    }
    case 'op-sqlite': {
      const { database, app } = opDevice(env)
      return { app, store: anyTx(layer.createSqliteStore({ database: layer.opSqliteDatabase(database), userId, now })) }
    }
  }
}

/** The simulator does not know the types of the stores' transactions; each store's own `AppData` does. */
function anyTx<Tx>(store: OutboxStore<Tx>): OutboxStore<unknown> {
  return store as OutboxStore<unknown>
}

/** A store that takes its time, so that calls overlap which overlap on a phone. */
function slowly(env: Environment, store: OutboxStore): OutboxStore {
  const slow =
    <Args extends unknown[], T>(call: (...args: Args) => Promise<T>) =>
    async (...args: Args): Promise<T> => {
      await env.pause()
      const result = await call(...args)
      await env.pause()
      return result
    }
  const slowStore: OutboxStore = {
    open: slow(store.open),
    transaction: work => work(slowStore),
    insert: slow(store.insert),
    commit: slow(store.commit),
    claim: slow(store.claim),
    nextAt: slow(store.nextAt),
    find: slow(store.find),
    inState: slow(store.inState),
    unfinished: slow(store.unfinished),
    dependants: slow(store.dependants),
    counts: slow(store.counts),
    audit: slow(store.audit),
    wipe: slow(store.wipe),
  }
  return slowStore
}

function mapStorage(env: Environment) {
  const map = env.durable('map', () => new Map<string, string>())
  return {
    getString: (key: string) => map.get(key),
    set: (key: string, value: string) => env.persist(() => map.set(key, value)),
    remove: (key: string) => env.persist(() => map.delete(key)),
    getAllKeys: () => [...map.keys()],
  }
}

/** The emulated MMKV, whose files outlive the process. */
function phoneStorage(env: Environment) {
  const phone = env.durable('phone', () => createPhone())
  phone.restart()
  const mmkv = phone.createMMKV({ id: `outbox-${userId}` })
  return {
    getString: (key: string) => mmkv.getString(key),
    set: (key: string, value: string) => env.persist(() => mmkv.set(key, value)),
    remove: (key: string) => env.persist(() => mmkv.remove(key)),
    getAllKeys: () => mmkv.getAllKeys(),
  }
}
