// Where the measured queues keep their operations: a SQLite file as a phone has one, or a map in memory.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

interface Statement {
  readonly reader: boolean
  all(...values: unknown[]): unknown[]
  run(...values: unknown[]): unknown
}

interface Database {
  prepare(sql: string): Statement
  close(): void
}

type Query = <T>(sql: string, values?: readonly unknown[]) => Promise<T[]>

/** A file of SQLite that survives the loss of power at each commit: a write-ahead log that is synced in full. */
export interface SqliteFile {
  readonly query: Query
  /** The part of expo-sqlite's database that a generated layer uses. */
  readonly expo: {
    readonly getAllAsync: Query
    withExclusiveTransactionAsync(task: (tx: { readonly getAllAsync: Query }) => Promise<void>): Promise<void>
  }
  close(): void
}

/** `packages` is the folder of the installed better-sqlite3. */
export function openSqlite(file: string, packages: string): SqliteFile {
  const Constructor = createRequire(join(packages, 'package.json'))('better-sqlite3') as new (path: string) => Database
  const database = new Constructor(file)
  const statements = new Map<string, Statement>()
  const run = (sql: string, values: readonly unknown[]): unknown[] => {
    const statement = statements.get(sql) ?? database.prepare(sql)
    statements.set(sql, statement)
    if (statement.reader) return statement.all(...values)
    statement.run(...values)
    return []
  }
  run('PRAGMA journal_mode = WAL', [])
  run('PRAGMA synchronous = FULL', [])
  const query: Query = async <T>(sql: string, values: readonly unknown[] = []) => run(sql, values) as T[]
  const inTransaction = async (task: () => Promise<void>): Promise<void> => {
    run('BEGIN EXCLUSIVE', [])
    try {
      await task()
      run('COMMIT', [])
    } catch (error) {
      run('ROLLBACK', [])
      throw error
    }
  }
  return {
    query,
    expo: {
      getAllAsync: query,
      withExclusiveTransactionAsync: task => inTransaction(() => task({ getAllAsync: query })),
    },
    close: () => database.close(),
  }
}

/** A map that is read from a file and written to it outside of what is measured, so that another process can go on. */
export interface KeptMap {
  readonly map: Map<string, string>
  save(): void
}

export function openMap(file: string): KeptMap {
  const entries = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as [string, string][]) : []
  const map = new Map(entries)
  return { map, save: () => writeFileSync(file, JSON.stringify([...map])) }
}
