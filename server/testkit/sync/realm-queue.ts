// The layer over Realm as a queue under test: each operation of the load is a change of an object.

import { markersOf } from '../../templates/queue-testing/fault-server.ts'
import {
  type Environment,
  type LoadOp,
  type Payload,
  ProcessDied,
  type QueueFactory,
  StorageFault,
} from '../../templates/queue-testing/queue-under-test.ts'
import type { RealmTx } from '../../templates/realm/realm-store.ts'
import type { SyncedRealm } from '../../templates/realm/realm-types.ts'
import type { Bson } from '../../templates/realm/scalars.ts'
import type { OutboxRows, OutboxStore } from '../../templates/sync/outbox-store.ts'
import type { LocalWrite, NewOperation, OutboxOp, Written } from '../../templates/sync/types.ts'
import type { RealmObjectSchema } from '../oracle/realm.ts'
import { createRealmApp, type RealmApp, type RealmLayer, rowsOf, type WholeRealm, withSync } from './realm-app.ts'
import { startSync, syncAround, userId } from './sync-around.ts'

const markers = Array.from({ length: 12 }, (_, index) => [`m${index}`, 'int?'])

/** The schema of the simulated app: what is synced, and a log beside it that tells which changes were stored. */
export const simulatedSchema: readonly RealmObjectSchema[] = withSync(
  [
    {
      name: 'posts',
      primaryKey: 'id',
      properties: { id: 'string', poison: 'bool?', ...Object.fromEntries(markers) },
    },
  ],
  [{ name: 'app_data', properties: { marker: 'int' } }],
)

/** Makes the queue over a realm that outlives the process; its calls are paused, so that they overlap as on a phone. */
export function realmQueue(layer: RealmLayer, whole: WholeRealm, bson: Bson): QueueFactory {
  return env => {
    // What Realm does with a transaction that the process has not ended.
    if (whole.isInTransaction) whole.cancelTransaction()
    const { app, change } = appOn(env, layer, onDevice(env, whole), bson)
    void startSync(env, app.sync)
    everyNowAndThen(env, whole)
    const payloads = (ops: readonly OutboxOp[]) => ops.map(payloadOf)
    let tail: Promise<unknown> = Promise.resolve()
    return {
      // An app waits for a change before it makes the next one of the same object.
      enqueue: op => {
        const done = tail.then(() => change(op))
        tail = done.catch(() => undefined)
        return done
      },
      written: async () => rowsOf(whole, 'app_data').map(row => Number(row['marker'])),
      pending: async () => payloads(await app.sync.waiting()),
      dead: async () => payloads(await app.sync.failed()),
    }
  }
}

/** What is wrong with the marks of the objects, given the operations that the outbox holds at the end. */
export function wrongMarks(realm: WholeRealm): string[] {
  const logged = rowsOf(realm, 'app_data').map(row => Number(row['marker']))
  const problems = logged.length === new Set(logged).size ? [] : ['a change was stored twice']
  for (const row of rowsOf(realm, 'posts')) {
    const ops = rowsOf(realm, 'OutboxOp').filter(op => op['entityId'] === row['id'])
    const fields = new Set(ops.flatMap(op => Object.keys(JSON.parse(String(op['payload'])) as object)))
    const dirty = [...(row['_dirtyFields'] as Iterable<string>)]
    if (dirty.sort().join() !== [...fields].sort().join()) problems.push(`${row['id']} is dirty in ${dirty.join()}`)
    if (row['_deletedAt'] !== null && ops.length === 0) problems.push(`${row['id']} is deleted and still there`)
    if (ops.length === 0 && row['_version'] === null) problems.push(`${row['id']} has no version`)
  }
  return problems
}

function appOn(env: Environment, layer: RealmLayer, realm: SyncedRealm, bson: Bson) {
  const app: RealmApp = createRealmApp({
    layer: { ...layer, createRealmStore: options => slowly(env, layer.createRealmStore(options)) },
    realm,
    bson,
    classes: ['posts'],
    pulls: false,
    userId,
    remote: {
      send: async (op, signal) => {
        const { kind, entity, entityId, id: key } = op
        const request = { kind, entity, entityId, payload: payloadOf(op), key, signal }
        const { status, retryAfter } = await env.send(request)
        if (status < 400) return { version: key }
        const header = retryAfter === undefined ? null : String(retryAfter)
        throw new layer.TransportError(`The server answered ${status}.`, { status, retryAfter: header })
      },
      fetchRemote: async () => null,
      fetchPage: async () => ({ changes: {}, checkpoint: '', hasMore: false }),
    },
    ...syncAround(env, layer),
    enqueue: (operation, write) => enqueue(operation, write),
  })
  let current: LoadOp | undefined
  /** A delete has no payload of its own: here it carries its marker. */
  const enqueue = (operation: NewOperation, write: LocalWrite<RealmTx>) => {
    const payload = operation.kind === 'delete' ? { ...current?.payload } : operation.payload
    const marker = markersOf(current?.payload ?? {})[0]
    const both = async (tx: RealmTx): Promise<Written> => {
      tx(one => one.create('app_data', { marker }))
      return (await write(tx)) ?? {}
    }
    return app.sync.enqueue({ ...operation, payload }, both)
  }
  const change = async (op: LoadOp) => {
    const isThere = [...app.writes.objects('posts')].some(row => row['id'] === op.entityId)
    // An earlier change was refused by the storage, so a user could not make this one.
    if (isThere === (op.kind === 'create')) throw new StorageFault('nothing to change')
    current = op
    if (op.kind === 'delete') await app.writes.delete('posts', op.entityId)
    else await app.writes[op.kind]('posts', op.entityId, { ...op.payload })
  }
  return { app, change }
}

/** The fields that have a value: the others carry no marker. */
function payloadOf({ payload }: OutboxOp): Payload {
  return Object.fromEntries(Object.entries(payload).filter(([, value]) => value !== null)) as Payload
}

/** The app holds transactions of its own open for a while, and takes them back. */
function everyNowAndThen(env: Environment, realm: WholeRealm): void {
  if (env.clock.now() > 6000) return
  env.clock.set(50 + env.rnd() * 100, async () => {
    if (!realm.isInTransaction) {
      realm.beginTransaction()
      realm.create('app_data', { marker: -1 })
      await env.pause()
      realm.cancelTransaction()
    }
    everyNowAndThen(env, realm)
  })
}

/** The realm in one process: each transaction is a step at which the process may die. */
function onDevice(env: Environment, realm: WholeRealm): SyncedRealm {
  return {
    schema: realm.schema,
    objects: name => realm.objects(name),
    objectForPrimaryKey: (name, key) => realm.objectForPrimaryKey(name, key),
    create: (name, values, mode) => (realm as SyncedRealm).create(name, values, mode),
    delete: rows => realm.delete(rows),
    write: <T>(work: () => T): T => {
      if (!env.isAlive()) throw new ProcessDied()
      if (realm.isInTransaction) env.refuse()
      const outcome: { value?: T } = {}
      env.persist(() => {
        outcome.value = realm.write(work)
      })
      return outcome.value as T
    },
  }
}

/** A store that takes its time, so that calls overlap which overlap on a phone. */
function slowly(env: Environment, store: OutboxStore<RealmTx>): OutboxStore<RealmTx> {
  const slow =
    <Args extends unknown[], T>(call: (...args: Args) => Promise<T>) =>
    async (...args: Args): Promise<T> => {
      await env.pause()
      const result = await call(...args)
      await env.pause()
      return result
    }
  const slowRows = (rows: OutboxRows): OutboxRows => ({
    insert: slow(rows.insert),
    commit: slow(rows.commit),
    claim: slow(rows.claim),
    nextAt: slow(rows.nextAt),
    find: slow(rows.find),
    inState: slow(rows.inState),
    unfinished: slow(rows.unfinished),
    dependants: slow(rows.dependants),
    counts: slow(rows.counts),
  })
  return {
    ...slowRows(store),
    open: slow(store.open),
    transaction: work => store.transaction((rows, tx) => work(slowRows(rows), tx)),
    audit: slow(store.audit),
    wipe: slow(store.wipe),
  }
}
