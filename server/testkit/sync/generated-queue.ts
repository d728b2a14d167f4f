// A generated layer as a queue under test: its own API over the app's own table, with the simulated network below it.

import { type LoadOp, type Payload, StorageFault } from '../../templates/queue-testing/queue-under-test.ts'
import type * as CreateSync from '../../templates/sync/create-sync.ts'
import type { OutboxStorage } from '../../templates/sync/mmkv-store.ts'
import type { Remote } from '../../templates/sync/remote.ts'
import type * as TransportErrors from '../../templates/sync/transport-error.ts'
import type { JsonObject, OutboxOp } from '../../templates/sync/types.ts'
import { createPhone } from '../mmkv/emulator.ts'
import type { Environment, QueueFactory } from './run-schedule.ts'
import { expoDevice, opDevice } from './sqlite-device.ts'

/** What the simulator uses of a generated layer whose schema has `posts` with the columns of `postColumns`. */
export interface GeneratedLayer {
  createAppSync(options: Record<string, unknown>): CreateSync.Sync<unknown> & {
    create(entity: 'posts', values: JsonObject, id: string): Promise<string>
    update(entity: 'posts', id: string, values: JsonObject): Promise<void>
  }
  readonly TransportError: typeof TransportErrors.TransportError
}

export type GeneratedKind = 'expo-sqlite' | 'op-sqlite' | 'mmkv'

/** A column for each operation of the load, and one that marks what the server refuses. */
export const postsTable = `CREATE TABLE IF NOT EXISTS posts (
  id TEXT PRIMARY KEY NOT NULL,
${Array.from({ length: 12 }, (_, index) => `  m${index} INTEGER,`).join('\n')}
  poison BOOLEAN
)`

const userId = 'u1'

/** Makes the layer's queue over an emulated device. */
export function generatedQueue(layer: GeneratedLayer, kind: GeneratedKind): QueueFactory {
  return env => {
    const device = deviceOf(kind, env)
    const sync = layer.createAppSync({
      ...device.options,
      userId,
      remote: remoteOf(layer, env),
      auth: { userId: () => userId, refresh: () => env.refresh() },
      net: { isOnline: env.isOnline, subscribe: env.onNet },
      clock: {
        now: env.clock.now,
        after: (delayMs: number, task: () => void) => {
          const timer = env.clock.set(delayMs, task)
          return () => env.clock.clear(timer)
        },
      },
      newId: () => `op-${Math.floor(env.rnd() * 2 ** 48)}`,
      random: env.rnd,
    })
    void start(env, device.prepare, sync)
    return {
      enqueue: op => edit(sync, device, op),
      pending: async () => payloads(await sync.waiting()),
      dead: async () => payloads(await sync.failed()),
    }
  }
}

async function edit(sync: ReturnType<GeneratedLayer['createAppSync']>, device: Device, op: LoadOp): Promise<void> {
  const { kind, entityId } = op
  const payload: JsonObject = { ...op.payload }
  try {
    if (kind === 'create') await sync.create('posts', payload, entityId)
    else if (kind === 'update') await sync.update('posts', entityId, payload)
    // The marker of the load must be in the request, which `remove` has no place for.
    else await sync.enqueue({ kind, entity: 'posts', entityId, payload }, device.remove(entityId))
  } catch (error) {
    // An earlier operation was refused by the storage, or the making of the table: the row is not there, or is there still.
    if (error instanceof Error && /^There is no posts|UNIQUE|no such table: posts/.test(error.message))
      throw new StorageFault(error.message)
    throw error
  }
}

function remoteOf(layer: GeneratedLayer, env: Environment): Remote {
  return {
    send: async (op, signal) => {
      const payload = payloadOf(op)
      const { kind, entity, entityId, id: key } = op
      const { status, retryAfter } = await env.send({ kind, entity, entityId, payload, key, signal })
      if (status < 400) return { version: '1' }
      const header = retryAfter === undefined ? null : String(retryAfter)
      throw new layer.TransportError(`The server answered ${status}.`, { status, retryAfter: header })
    },
    fetchRemote: async () => ({ values: {}, version: '1', stamp: null }),
    fetchPage: async () => ({ changes: {}, checkpoint: '1', hasMore: false }),
  }
}

const payloads = (ops: readonly OutboxOp[]): Payload[] => ops.map(payloadOf)

/** Without the columns that are empty. */
const payloadOf = (op: OutboxOp): Payload =>
  Object.fromEntries(Object.entries(op.payload).filter(([, value]) => value !== null)) as Payload

interface Device {
  readonly options: Readonly<Record<string, unknown>>
  prepare(): Promise<unknown>
  /** Removes the row, in the transaction of the operation where there is one. */
  remove(id: string): (tx: unknown) => Promise<void>
}

const deletion = 'DELETE FROM posts WHERE id = ?'

function deviceOf(kind: GeneratedKind, env: Environment): Device {
  switch (kind) {
    case 'expo-sqlite': {
      const { database } = expoDevice(env)
      return {
        options: { database },
        prepare: () => database.getAllAsync(postsTable, []),
        remove: id => async tx => void (await (tx as typeof database).getAllAsync(deletion, [id])),
      }
    }
    case 'op-sqlite': {
      const { database } = opDevice(env)
      return {
        options: { database },
        prepare: () => database.execute(postsTable),
        remove: id => async tx => void (await (tx as typeof database).execute(deletion, [id])),
      }
    }
    case 'mmkv': {
      const rows = env.durable('rows', () => new Map<string, JsonObject>())
      const records = {
        read: async ({ entityId }: { entityId: string }) => rows.get(entityId) ?? null,
        write: async ({ entityId }: { entityId: string }, values: JsonObject) =>
          env.persist(() => rows.set(entityId, { ...rows.get(entityId), ...values })),
        remove: async ({ entityId }: { entityId: string }) => env.persist(() => rows.delete(entityId)),
        ids: async () => [...rows.keys()],
      }
      return {
        options: { storage: phoneStorage(env), records },
        prepare: async () => undefined,
        remove: id => () => records.remove({ entityId: id }),
      }
    }
  }
}

/** The emulated MMKV, whose files outlive the process. */
function phoneStorage(env: Environment): OutboxStorage {
  const phone = env.durable('phone', () => createPhone())
  phone.restart()
  const mmkv = phone.createMMKV({ id: `outbox-${userId}` })
  return {
    getString: key => mmkv.getString(key),
    set: (key, value) => env.persist(() => mmkv.set(key, value)),
    remove: key => env.persist(() => mmkv.remove(key)),
    getAllKeys: () => mmkv.getAllKeys(),
  }
}

/** Starts as an app does: when the storage cannot be opened, it tries again. */
async function start(
  env: Environment,
  prepare: () => Promise<unknown>,
  sync: { start(): Promise<void> },
): Promise<void> {
  try {
    await prepare()
    await sync.start()
  } catch {
    env.clock.set(100, () => void start(env, prepare, sync))
  }
}
