// One device in a quiet place: real WatermelonDB on a file, a sync that runs when the test says, no faults.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Database, Model } from '@nozbe/watermelondb'
import type { Sync, SyncOptions } from '../../../templates/watermelondb/create-sync.ts'
import type { PushRequest, SyncTransport } from '../../../templates/watermelondb/types.ts'
import { type Gate, openSample, setColumn } from './device.ts'
import type { RunningServer } from './http-servers.ts'
import type { WatermelonLayer } from './layer.ts'
import { sampleTables } from './tables.ts'

export interface Phone {
  readonly database: Database
  readonly sync: Sync
  /** What was sent, in order. */
  readonly pushed: PushRequest[]
  create(table: string, id: string, columns?: Columns): Promise<void>
  edit(table: string, id: string, columns: Columns): Promise<void>
  remove(table: string, id: string): Promise<void>
  /** The columns of a record; undefined when it is not there. */
  row(table: string, id: string): Promise<Record<string, unknown> | undefined>
  close(): void
}

export type Columns = Readonly<Record<string, string | number | boolean | null>>

export interface PhoneOptions extends Partial<Omit<SyncOptions, 'database' | 'tables' | 'transport'>> {
  readonly layer: WatermelonLayer
  readonly server: RunningServer
  readonly version?: 1 | 2
  readonly fetch?: typeof fetch
  readonly gate?: Gate
  /** A file of an earlier phone; a new one without it. */
  readonly file?: string
}

const folders: string[] = []

/** A place for a database; `removeFiles` clears it away. */
export function newFile(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'watermelon-phone-'))
  folders.push(folder)
  return path.join(folder, 'app')
}

export function removeFiles(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
}

export async function openPhone(options: PhoneOptions): Promise<Phone> {
  const { layer, server, version = 1, file = newFile(), fetch, gate, ...rest } = options
  const { database, close } = await openSample({ file, layer, version, ...(gate && { gate }) })
  const pushed: PushRequest[] = []
  const rests = layer.createRestTransport({ endpoint: server.endpoint, token: async () => '1', fetch })
  const transport: SyncTransport = {
    pull: rests.pull,
    push: (request, signal) => {
      pushed.push(request)
      return rests.push(request, signal)
    },
  }
  let keys = 0
  const sync = layer.createSync({
    database,
    userId: 'ann',
    tables: sampleTables(layer, version),
    transport,
    auth: { userId: () => 'ann', refresh: async () => false },
    net: { isOnline: () => true, subscribe: () => () => undefined },
    // Nothing runs by itself: a test runs the sync.
    clock: { now: () => 1000, after: () => () => undefined },
    strategyOf: () => 'fieldMerge',
    deleteVsEdit: 'deleteWins',
    hasConflictTable: true,
    keepAuditMs: 1000,
    migrationsEnabledAtVersion: 1,
    newKey: () => {
      keys += 1
      return `${file}-${keys}`
    },
    ...rest,
  })
  const find = (table: string, id: string): Promise<Model | undefined> =>
    database
      .get(table)
      .query()
      .fetch()
      .then((records: Model[]) => records.find(record => record.id === id))
  const fill = (record: Model, columns: Columns) => {
    for (const [column, value] of Object.entries(columns)) setColumn(record, column, value)
  }
  const change = (table: string, id: string, work: (record: Model) => Promise<unknown>) =>
    database.write(async () => {
      const record = await find(table, id)
      if (record === undefined) throw new Error(`There is no ${table} ${id}.`)
      await work(record)
    })
  return {
    database,
    sync,
    pushed,
    create: async (table, id, columns = {}) => {
      await database.write(() =>
        database.get(table).create((record: Model) => {
          record._raw.id = id
          fill(record, columns)
        }),
      )
    },
    edit: (table, id, columns) => change(table, id, record => record.update((one: Model) => fill(one, columns))),
    remove: (table, id) => change(table, id, record => record.markAsDeleted()),
    row: async (table, id) => {
      const record = await find(table, id)
      return record && { ...record._raw }
    },
    close,
  }
}
