// A database whose process may die at each write: what was not committed is gone, and no call of a dead process ever ends.
import type { SqliteFile } from './memory-database.ts'

/** One process over a file. */
export interface Mortal {
  readonly expo: SqliteFile['expo']
  readonly op: SqliteFile['op']
  isAlive(): boolean
  /** Fulfilled when the process has died. */
  readonly death: Promise<void>
  /** Ends the process, and rolls back what it has not committed, as SQLite does when the file is opened again. */
  kill(): Promise<void>
}

/** `dies` is asked at each write and at each end of a transaction. */
export function mortalDatabase(file: SqliteFile, dies: () => boolean): Mortal {
  let isAlive = true
  let isOpen = false
  const dead = new AbortController()
  const death = new Promise<void>(resolve => dead.signal.addEventListener('abort', () => resolve()))
  const never = <T>(): Promise<T> => new Promise(() => undefined)
  const mayDie = (): boolean => {
    if (isAlive && dies()) {
      isAlive = false
      dead.abort()
    }
    return !isAlive
  }

  const getAllAsync = async <T>(sql: string, values: readonly unknown[] = []): Promise<T[]> => {
    if (!isAlive) return never()
    if (!/^\s*(?:SELECT|PRAGMA|EXPLAIN)/i.test(sql) && mayDie()) return never()
    return file.expo.getAllAsync<T>(sql, values)
  }

  async function transaction(task: () => Promise<void>): Promise<void> {
    if (!isAlive) return never()
    await file.expo.getAllAsync('BEGIN')
    isOpen = true
    try {
      await task()
    } catch (error) {
      if (!isAlive) return never()
      isOpen = false
      await file.expo.getAllAsync('ROLLBACK')
      throw error
    }
    if (mayDie()) return never()
    await file.expo.getAllAsync('COMMIT')
    isOpen = false
    // What was committed is there, and the process never hears of it.
    if (mayDie()) return never()
  }

  const execute = async (sql: string, values: readonly unknown[] = []) => ({
    rows: await getAllAsync<Record<string, unknown>>(sql, values),
  })
  return {
    expo: { getAllAsync, withExclusiveTransactionAsync: task => transaction(() => task({ getAllAsync })) },
    op: { execute, transaction: task => transaction(() => task({ execute })) },
    isAlive: () => isAlive,
    death,
    kill: async () => {
      isAlive = false
      dead.abort()
      if (isOpen) await file.expo.getAllAsync('ROLLBACK')
      isOpen = false
    },
  }
}
