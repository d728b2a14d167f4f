// The library as an app's modules see it: the real one, with adapters that open the file of the job and tell what happened.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Job } from '../types.ts'

export interface ColumnSchema {
  readonly name: string
  readonly type: string
  readonly isOptional?: boolean
}

export interface TableSchema {
  readonly name: string
  readonly columnArray: readonly ColumnSchema[]
}

export interface Schema {
  readonly version: number
  readonly tables: Readonly<Record<string, TableSchema>>
}

export interface MigrationStep {
  readonly type: string
  readonly table?: string
  readonly schema?: { readonly name: string }
  readonly columns?: readonly ColumnSchema[]
}

export interface Migrations {
  readonly minVersion: number
  readonly sortedMigrations: readonly { readonly steps: readonly MigrationStep[] }[]
}

export interface Adapter {
  readonly schema: Schema
  readonly migrations?: Migrations
  /** SQLite only. */
  readonly initializingPromise?: Promise<void>
  getLocal(key: string, done: (result: { error?: Error }) => void): void
}

export type Raw = Record<string, string | number | boolean | null>

export interface ModelClass {
  readonly name: string
  readonly table: string
  readonly associations?: object
}

export interface LibraryModel {
  readonly id: string
  update(change?: (record: object) => void): Promise<unknown>
}

export interface Collection {
  readonly modelClass: ModelClass
  create(fill?: (record: object) => void): Promise<LibraryModel>
  query(...clauses: readonly object[]): { fetch(): Promise<LibraryModel[]> }
}

export interface LibraryDatabase {
  readonly adapter: {
    batch(operations: readonly (readonly [string, string, Raw])[]): Promise<void>
    query(query: object): Promise<readonly Raw[]>
  }
  readonly schema: Schema
  readonly collections: { readonly map: Readonly<Record<string, Collection | null>> }
  get(table: string): Collection
  write<T>(work: () => Promise<T>): Promise<T>
}

interface Connections {
  readonly default: { connections: Record<string, { driver: { database: { instance: { close(): void } } } }> }
}

/** One release of the library, prepared for one job. */
export interface Library {
  /** Loads a package, or a file of the library, as the app would; unknown packages give undefined. */
  require(specifier: string): unknown
  /** Adapters that the app has made so far. */
  readonly adapters: readonly Adapter[]
  /** What adapters gave to `onSetUpError`, or rejected with. */
  readonly setUpErrors: readonly unknown[]
  /** A database without models over an adapter. */
  databaseOf(adapter: Adapter): LibraryDatabase
  /** Closes what is open, so that the file can be opened again. */
  close(): void
}

const name = '@nozbe/watermelondb'

/** Prepares the release that the job asks for. */
export function openLibrary(job: Job, oracleFolder: string): Library {
  const load = createRequire(join(oracleFolder, 'package.json'))
  const installed = job.version === undefined || job.version === '0.28' ? name : `watermelondb-${job.version}`
  const own = (path: string) => load(path.replace(name, installed)) as { default: unknown }
  const adapters: Adapter[] = []
  const setUpErrors: unknown[] = []

  /** Gives every adapter a file of its own: the first gets the job's. */
  const fileOfNext = () => (adapters.length === 0 ? job.dbFile : job.dbFile.replace(/\.db$/, `-${adapters.length}.db`))
  const watching = (options: Options | undefined) => ({
    onSetUpError: (error: unknown) => {
      setUpErrors.push(error)
      options?.onSetUpError?.(error)
    },
  })
  const wrap = (base: AdapterClass, extra: (options: Options | undefined) => object): AdapterClass =>
    class extends base {
      constructor(options?: Options) {
        super({ ...options, ...extra(options), ...watching(options) })
        const adapter = this as unknown as Adapter
        adapters.push(adapter)
        // A failed migration rejects this promise whether anyone waits for it or not; the run asks for it later.
        adapter.initializingPromise?.catch(() => undefined)
      }
    }
  const sqlite = () =>
    wrap(own(`${name}/adapters/sqlite`).default as AdapterClass, () => ({ dbName: fileOfNext(), jsi: false }))
  const loki = () =>
    wrap(own(`${name}/adapters/lokijs`).default as AdapterClass, options => ({
      extraLokiOptions: { ...options?.extraLokiOptions, autosave: false },
    }))
  const cache = new Map<string, unknown>()
  const once = (key: string, make: () => unknown) => {
    if (!cache.has(key)) cache.set(key, make())
    return cache.get(key)
  }

  return {
    require: specifier => {
      if (/\/adapters\/sqlite(\/index)?$/.test(specifier))
        return once('sqlite', () => ({ __esModule: true, default: sqlite() }))
      if (/\/adapters\/lokijs(\/index)?$/.test(specifier))
        return once('loki', () => ({ __esModule: true, default: loki() }))
      if (specifier === name || specifier.startsWith(`${name}/`)) return own(specifier)
      return undefined
    },
    adapters,
    setUpErrors,
    databaseOf: adapter => new (own(name) as unknown as DatabaseModule).Database({ adapter, modelClasses: [] }),
    close: () => {
      const bridge = own(`${name}/adapters/sqlite/sqlite-node/DatabaseBridge`) as Connections
      for (const connection of Object.values(bridge.default.connections)) connection.driver.database.instance.close()
      bridge.default.connections = {}
    },
  }
}

interface DatabaseModule {
  readonly Database: new (options: { adapter: Adapter; modelClasses: readonly ModelClass[] }) => LibraryDatabase
}

interface Options {
  readonly onSetUpError?: (error: unknown) => void
  readonly extraLokiOptions?: object
}

type AdapterClass = new (options?: Options) => object
