// The native side of the SQLite packages, played by better-sqlite3: what their own JavaScript calls on a phone.
import { parametersInSql } from '../../../src/core/sql/parameters-in-sql.ts'
import { splitStatements } from '../../../src/core/sql/split-statements.ts'
import { requireOracle } from '../installed.ts'

/** What is used of better-sqlite3. */
export interface Connection {
  readonly inTransaction: boolean
  exec(sql: string): void
  close(): void
  prepare(sql: string): {
    readonly reader: boolean
    all(...values: unknown[]): unknown[]
    run(...values: unknown[]): { changes: number; lastInsertRowid: number | bigint }
  }
}

/** Opens a database file. A connection that finds it locked does not wait. */
export function connect(file: string): Connection {
  const Database = requireOracle('better-sqlite3')
  return new Database(file, { timeout: 0 })
}

/** Rows of a result and what was changed. */
export interface Outcome {
  readonly rows: readonly Record<string, unknown>[]
  readonly changes: number
}

/** Runs the first statement of a text, as a prepare without its tail does. What is not given is null. */
export function runFirst(connection: Connection, sql: string, given: readonly unknown[]): Outcome {
  const [first] = splitStatements(sql)
  if (!first) return { rows: [], changes: 0 }
  const text = sql.slice(first.start, first.end)
  const count = Math.max(0, ...parametersInSql(text).map(one => one.number))
  const values = Array.from({ length: count }, (_, index) => given[index] ?? null)
  const statement = connection.prepare(text)
  if (statement.reader) return { rows: statement.all(...values) as Record<string, unknown>[], changes: 0 }
  return { rows: [], changes: statement.run(...values).changes }
}

/** On a phone every asynchronous call goes to another thread: what was called first is done first. */
export const onOtherThread = <T>(work: () => T): Promise<T> =>
  new Promise((resolve, reject) => {
    setImmediate(() => {
      try {
        resolve(work())
      } catch (error) {
        reject(error)
      }
    })
  })
