// What the templates and their tests use of WatermelonDB, for their own check; the oracle compiles them against the package.

declare module '@nozbe/watermelondb' {
  import type { DirtyRaw, RawRecord } from '@nozbe/watermelondb/RawRecord'

  export interface ColumnSpec {
    name: string
    type: 'string' | 'number' | 'boolean'
    isOptional?: boolean
    isIndexed?: boolean
  }
  export interface TableSchema {
    name: string
    columns: { [column: string]: ColumnSpec }
    columnArray: ColumnSpec[]
  }
  export interface AppSchema {
    version: number
    tables: { [table: string]: TableSchema }
  }
  export function tableSchema(spec: { name: string; columns: ColumnSpec[] }): TableSchema
  export function appSchema(spec: { version: number; tables: TableSchema[] }): AppSchema

  export class Model {
    static table: string
    id: string
    _raw: RawRecord
    _getRaw(column: string): unknown
    _setRaw(column: string, value: unknown): void
    update(change: (record: this) => void): Promise<this>
    markAsDeleted(): Promise<void>
    prepareUpdate(change: (record: this) => void): this
    prepareMarkAsDeleted(): this
    prepareDestroyPermanently(): this
  }
  export interface Query {
    fetch(): Promise<Model[]>
    fetchCount(): Promise<number>
    unsafeFetchRaw(): Promise<{ [column: string]: unknown }[]>
  }
  export interface Collection {
    schema: TableSchema
    query(...clauses: object[]): Query
    create(fill: (record: Model) => void): Promise<Model>
    prepareCreateFromDirtyRaw(raw: DirtyRaw): Model
  }
  export class Database {
    constructor(options: { adapter: object; modelClasses: (typeof Model)[] | Model[] })
    adapter: {
      getDeletedRecords(table: string): Promise<string[]>
      destroyDeletedRecords(table: string, ids: string[]): Promise<void>
    }
    localStorage: {
      get<T>(key: string): Promise<T | undefined>
      set<T>(key: string, value: T): Promise<void>
      remove(key: string): Promise<void>
    }
    get(table: string): Collection
    batch(...records: (Model | Model[])[]): Promise<void>
    write<T>(work: (writer: object) => Promise<T>, description?: string): Promise<T>
    read<T>(work: (reader: object) => Promise<T>, description?: string): Promise<T>
    unsafeResetDatabase(): Promise<void>
    withChangesForTables(tables: string[]): {
      subscribe(listener: (changes: { record: Model }[] | null) => void): { unsubscribe(): void }
    }
  }
  export const Q: {
    where(column: string, value: unknown): object
    oneOf(values: string[]): object
    notEq(value: string): object
    lt(value: number): object
    sortBy(column: string): object
  }
}

declare module '@nozbe/watermelondb/RawRecord' {
  import type { TableSchema } from '@nozbe/watermelondb'

  export type DirtyRaw = { [column: string]: unknown }
  export type RawRecord = { id: string; _status: string; _changed: string }
  export function sanitizedRaw(raw: DirtyRaw, table: TableSchema): RawRecord
}

declare module '@nozbe/watermelondb/adapters/lokijs' {
  import type { AppSchema } from '@nozbe/watermelondb'
  import type { SchemaMigrations } from '@nozbe/watermelondb/Schema/migrations'

  interface LokiCollection {
    insert(rows: object[]): void
    find(): { [column: string]: unknown }[]
  }
  // biome-ignore lint/style/noDefaultExport: the package has one.
  export default class LokiJSAdapter {
    constructor(options: {
      schema: AppSchema
      migrations?: SchemaMigrations
      useWebWorker: boolean
      useIncrementalIndexedDB: boolean
      extraLokiOptions?: { autosave?: boolean }
      onSetUpError?: (error: Error) => void
      _testLokiAdapter?: object
    })
    get _driver(): {
      loki: {
        persistenceAdapter: object
        getCollection(table: string): LokiCollection
        saveDatabase(done: (error?: Error) => void): void
      }
    }
    getLocal(key: string, callback: (result: object) => void): void
  }
}

declare module '@nozbe/watermelondb/Schema/migrations' {
  import type { ColumnSpec, TableSchema } from '@nozbe/watermelondb'

  export type MigrationStep =
    | { type: 'create_table'; schema: TableSchema }
    | { type: 'add_columns'; table: string; columns: ColumnSpec[] }
    | { type: 'sql'; sql: string }
  export interface SchemaMigrations {
    sortedMigrations: { toVersion: number; steps: MigrationStep[] }[]
  }
  export function schemaMigrations(spec: { migrations: { toVersion: number; steps: object[] }[] }): SchemaMigrations
  export function addColumns(spec: { table: string; columns: object[] }): object
}

declare module '@nozbe/watermelondb/utils/common/logger' {
  const logger: { silence(): void }
  // biome-ignore lint/style/noDefaultExport: the package has one.
  export default logger
}

declare module '@nozbe/watermelondb/sync' {
  import type { Database } from '@nozbe/watermelondb'
  import type { DirtyRaw } from '@nozbe/watermelondb/RawRecord'

  export interface SyncLog {
    phase?: string
  }
  interface TableChangeSet {
    created: DirtyRaw[]
    updated: DirtyRaw[]
    deleted: string[]
  }
  interface Changes {
    [table: string]: TableChangeSet
  }
  interface Migration {
    from: number
    tables: string[]
    columns: { table: string; columns: string[] }[]
  }
  export function synchronize(options: {
    database: Database
    log?: SyncLog
    sendCreatedAsUpdated?: boolean
    migrationsEnabledAtVersion?: number
    pullChanges(request: {
      lastPulledAt?: number
      schemaVersion: number
      migration: Migration | null
    }): Promise<{ changes: Changes; timestamp: number }>
    pushChanges(request: {
      changes: Changes
      lastPulledAt: number
    }): Promise<{ experimentalRejectedIds?: { [table: string]: string[] } }>
    onDidPullChanges?(rest: object): Promise<void>
    conflictResolver?(table: string, local: DirtyRaw, remote: DirtyRaw, resolved: DirtyRaw): DirtyRaw
  }): Promise<void>
}
