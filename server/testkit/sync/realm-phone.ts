// A phone with an app over real Realm that speaks with a real server, and whose process may die at each transaction.

import { ProcessDied } from '../../templates/queue-testing/queue-under-test.ts'
import type { SyncedRealm } from '../../templates/realm/realm-types.ts'
import type { Bson } from '../../templates/realm/scalars.ts'
import type { ConflictPolicy } from '../../templates/sync/conflict-strategy.ts'
import type { PulledPage } from '../../templates/sync/pull.ts'
import type { Remote } from '../../templates/sync/remote.ts'
import type { RestRecord } from '../../templates/sync/rest-remote.ts'
import type { RealmObjectSchema } from '../oracle/realm.ts'
import { createRealmApp, type RealmApp, type RealmLayer, rowsOf, type WholeRealm, withSync } from './realm-app.ts'

/** People and their tasks, with a property of each kind. */
export const phoneSchema: readonly RealmObjectSchema[] = [
  ...withSync(
    [
      { name: 'Person', primaryKey: 'id', properties: { id: 'string', name: 'string' } },
      {
        name: 'Task',
        primaryKey: '_id',
        properties: {
          _id: 'objectId',
          title: 'string',
          done: { type: 'bool', default: false },
          count: 'int?',
          due: 'date?',
          price: 'decimal128?',
          ticket: 'uuid?',
          tags: 'string[]',
          place: 'Place',
          owner: 'Person',
        },
      },
    ],
    [{ name: 'Place', embedded: true, properties: { street: 'string', since: 'date?' } }],
  ),
]

export const classes = ['Person', 'Task']

export interface PhoneOptions {
  readonly layer: RealmLayer
  readonly realm: WholeRealm
  readonly bson: Bson
  readonly url: string
  readonly name: string
  /** How it reaches the server; by REST where nothing is said. */
  readonly remote?: (url: string) => Remote
  readonly policy?: ConflictPolicy
  /** How far the phone's clock is ahead of the true time. */
  readonly skewMs?: number
  /** Asked at each transaction: the process may die before it or after it. */
  readonly dies?: () => 'before' | 'after' | 'no'
}

export interface Phone {
  app(): RealmApp
  readonly realm: WholeRealm
  isOnline: boolean
  /** Kills the process, if it lives, and starts another one. */
  restart(): Promise<void>
  /** Runs once, as far as it comes; a process that dies meanwhile is started anew. */
  sync(): Promise<void>
  /** Does something with the app; false when the process died at it. */
  use(work: (app: RealmApp) => Promise<void>): Promise<boolean>
  stop(): Promise<void>
  /** The visible objects of a class as JSON, by key. */
  visible(name: string): Readonly<Record<string, unknown>>
  /** The operations, as `update Task`. */
  ops(): readonly string[]
}

let nextId = 0

const restRemote =
  (layer: RealmLayer) =>
  (url: string): Remote =>
    layer.createRestRemote({
      endpoint: url,
      pathOf: entity => entity,
      token: async () => null,
      parseRecord: (_entity, body) => body as RestRecord,
      parsePage: body => body as PulledPage,
      pageSize: 3,
    })

export async function startPhone(options: PhoneOptions): Promise<Phone> {
  const { layer, realm, bson, name } = options
  let time = 1_700_000_000_000
  let life = { isAlive: true }
  let app: RealmApp

  function inProcess(own: { isAlive: boolean }): SyncedRealm {
    return {
      schema: realm.schema,
      objects: one => realm.objects(one),
      objectForPrimaryKey: (one, key) => realm.objectForPrimaryKey(one, key),
      create: (one, values, mode) => (realm as SyncedRealm).create(one, values, mode),
      delete: rows => realm.delete(rows),
      write: work => {
        const end = own.isAlive ? (options.dies?.() ?? 'no') : 'before'
        if (end !== 'no') own.isAlive = false
        if (end === 'before') throw new ProcessDied()
        const result = realm.write(work)
        if (end === 'after') throw new ProcessDied()
        return result
      },
    }
  }

  function boot(): RealmApp {
    life = { isAlive: true }
    return createRealmApp({
      layer,
      realm: inProcess(life),
      bson,
      classes,
      userId: 'ann',
      remote: (options.remote ?? restRemote(layer))(options.url),
      auth: { userId: () => 'ann', refresh: async () => true },
      net: { isOnline: () => phone.isOnline, subscribe: () => () => undefined },
      // Time stands still during a run; timers are not needed, as the test says when to run.
      clock: { now: () => time + (options.skewMs ?? 0), after: () => () => undefined },
      onConflict: layer.createConflictStrategy(
        () => options.policy ?? { strategy: 'fieldMerge', deleteVsEdit: 'deleteWins' },
      ),
      policies: () => options.policy?.fields,
      payloads: { entities: { Person: anyPayload, Task: anyPayload } },
      schemaVersion: 1,
      newId: () => `${name}-op-${++nextId}`,
      random: () => 0.5,
    })
  }

  const start = async (): Promise<void> => {
    for (;;) {
      app = boot()
      const own = life
      // The first run begins with the start; it is waited for.
      await app.sync.start().catch(() => undefined)
      if (own.isAlive) await app.sync.syncNow()
      if (own.isAlive) return
    }
  }

  const phone: Phone = {
    app: () => app,
    realm,
    isOnline: false,
    restart: async () => {
      life.isAlive = false
      await app.sync.stop()
      await start()
    },
    sync: async () => {
      phone.isOnline = true
      time += 60 * 60 * 1000
      await app.sync.syncNow()
      if (!life.isAlive) await phone.restart()
      phone.isOnline = false
    },
    use: async work => {
      const own = life
      try {
        await work(app)
      } catch (error) {
        if (!(error instanceof ProcessDied)) throw error
      }
      if (own.isAlive) return true
      await phone.restart()
      return false
    },
    stop: async () => {
      life.isAlive = false
      await app.sync.stop()
    },
    visible: one =>
      Object.fromEntries(
        [...app.writes.objects(one)]
          .map(row => [app.serialisers.entityIdOf(one, row), app.serialisers.toJson(one, row)] as const)
          .sort(([a], [b]) => (a < b ? -1 : 1)),
      ),
    ops: () => rowsOf(realm, 'OutboxOp').map(row => `${row['state']} ${row['kind']} ${row['entity']}`),
  }
  await start()
  return phone
}

const anything = { safeParse: () => ({ success: true }) }
const anyPayload = { create: anything, update: anything }
