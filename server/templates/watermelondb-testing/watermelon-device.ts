// A device in memory for tests: the real WatermelonDB, which can be offline, be started anew, and let time pass without waiting.
import { type AppSchema, Model, Q } from '@nozbe/watermelondb'
import LokiJSAdapter from '@nozbe/watermelondb/adapters/lokijs'
import { schemaMigrations } from '@nozbe/watermelondb/Schema/migrations'
import type { Clock, JsonObject } from '../sync/types.ts'
import type { Sync, SyncOptions } from '../watermelondb/create-sync.ts'
import { type SyncedTables, toWire } from '../watermelondb/synced-tables.ts'
import type { Row, SyncTransport } from '../watermelondb/types.ts'
import type { FakeServer } from './changes-server.ts'
import { createFakeTime } from './fake-time.ts'
import { WatchedDatabase } from './watched-database.ts'

/** What of the app the device runs. */
export interface TestedApp {
  readonly schema: AppSchema
  /** All tables of the schema. */
  readonly tableNames: readonly string[]
  readonly tables: SyncedTables
  createSync(
    around: Pick<SyncOptions, 'database' | 'userId' | 'auth' | 'net' | 'random'> & {
      readonly clock: Clock
      readonly remote: SyncTransport
      readonly newId: () => string
    },
  ): Sync
}

export interface FakeDevice {
  readonly sync: Sync
  isOnline: boolean
  /** Who is signed in. */
  userId: string | null
  create(table: string, row: Row): Promise<void>
  edit(table: string, id: string, columns: Readonly<Record<string, Row[string]>>): Promise<void>
  remove(table: string, id: string): Promise<void>
  /** The record as it would be sent; null when it is not there. */
  record(table: string, id: string): Promise<JsonObject | null>
  count(table: string): Promise<number>
  /** How many records wait to be sent, after a look at the database. */
  unsynced(): Promise<number>
  /** The process dies, and the app is started again. */
  restart(): Promise<void>
  setOnline(online: boolean): void
  /** Lets time pass, in milliseconds. */
  pass(ms: number): Promise<void>
}

export async function createFakeDevice(server: FakeServer, app: TestedApp): Promise<FakeDevice> {
  const listeners = new Set<(online: boolean) => void>()
  const database = openDatabase(app)
  const time = createFakeTime(() => database.isNextDue)
  let lastId = 0
  let current = boot()

  function boot() {
    const { clock, kill } = time.process()
    let isAlive = true
    const alive = async <T>(answer: Promise<T>): Promise<T> => {
      const given = await answer
      return isAlive ? given : new Promise<never>(() => undefined)
    }
    const sync = app.createSync({
      database,
      userId: 'ann',
      auth: { userId: () => (device ? device.userId : 'ann'), refresh: async () => true },
      net: {
        isOnline: () => device?.isOnline ?? true,
        subscribe: listener => {
          listeners.add(listener)
          return () => listeners.delete(listener)
        },
      },
      clock,
      remote: {
        pull: (request, signal) => alive(server.remote.pull(request, signal)),
        push: (request, signal) => alive(server.remote.push(request, signal)),
      },
      newId: () => {
        lastId += 1
        return `set-${lastId}`
      },
      random: () => 0.5,
    })
    return {
      sync,
      kill: () => {
        isAlive = false
        sync.stop()
        kill()
      },
    }
  }

  const find = async (table: string, id: string): Promise<Model | undefined> =>
    (await database.get(table).query(Q.where('id', id)).fetch())[0]
  const change = (table: string, id: string, work: (record: Model) => Promise<unknown>) =>
    database.write(async () => {
      const record = await find(table, id)
      if (record === undefined) throw new Error(`There is no ${table} ${id}.`)
      await work(record)
    })
  const fill = (record: Model, columns: Readonly<Record<string, Row[string]>>) => {
    for (const [name, value] of Object.entries(columns)) record._setRaw(name, value)
  }

  const device: FakeDevice = {
    get sync() {
      return current.sync
    },
    isOnline: true,
    userId: 'ann',
    create: async (table, { id, ...columns }) => {
      await database.write(() =>
        database.get(table).create(record => {
          record._raw.id = id
          fill(record, columns)
        }),
      )
    },
    edit: (table, id, columns) => change(table, id, record => record.update(one => fill(one, columns))),
    remove: (table, id) => change(table, id, record => record.markAsDeleted()),
    record: async (table, id) => {
      const record = await find(table, id)
      const synced = app.tables[table]
      return record && synced ? toWire({ ...record._raw }, synced) : null
    },
    count: table => database.get(table).query().fetchCount(),
    unsynced: async () => {
      const counts = await Promise.all(
        Object.keys(app.tables).map(async table => {
          const edited = await database
            .get(table)
            .query(Q.where('_status', Q.notEq('synced')))
            .fetchCount()
          return edited + (await database.adapter.getDeletedRecords(table)).length
        }),
      )
      return counts.reduce((sum, count) => sum + count, 0)
    },
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

/** The app's tables in memory. Models of their own, as the app's need a compiler for decorators. */
function openDatabase({ schema, tableNames }: TestedApp): WatchedDatabase {
  // The database is always a new one, so no step is run: the sync only wants to see that there are migrations.
  const versions = Array.from({ length: schema.version - 1 }, (_, index) => index + 2)
  const migrations = schemaMigrations({ migrations: versions.map(toVersion => ({ toVersion, steps: [] })) })
  const adapter = new LokiJSAdapter({
    schema,
    migrations,
    useWebWorker: false,
    useIncrementalIndexedDB: true,
    extraLokiOptions: { autosave: false },
  })
  const modelOf = (table: string) =>
    class extends Model {
      static override table = table
    }
  return new WatchedDatabase({ adapter, modelClasses: tableNames.map(modelOf) })
}
