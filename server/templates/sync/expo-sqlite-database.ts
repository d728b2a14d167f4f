// expo-sqlite as the sync layer uses it.
import { createMutex } from './mutex.ts'
import type { Sql, SqlDatabase, SqlValue } from './sqlite-store.ts'

interface ExpoConnection {
  getAllAsync<T>(statement: string, values: SqlValue[]): Promise<T[]>
}

/** What is needed of expo-sqlite's `SQLiteDatabase`. */
export interface ExpoDatabase<Tx extends ExpoConnection> extends ExpoConnection {
  withExclusiveTransactionAsync(task: (tx: Tx) => Promise<void>): Promise<void>
}

/**
 * The transaction is an exclusive one: any write elsewhere in the app would join `withTransactionAsync`. It locks the
 * file, so everything that the sync asks of the database waits for its turn; share one such object.
 */
export function expoSqliteDatabase<Tx extends ExpoConnection>(database: ExpoDatabase<Tx>): SqlDatabase<Tx> {
  const alone = createMutex()
  const { query } = expoSql(database)
  return {
    query: (statement, values) => alone(() => query(statement, values)),
    transaction: <T>(work: (sql: Sql, tx: Tx) => Promise<T>): Promise<T> =>
      alone(async () => {
        const outcome: { value?: T } = {}
        await database.withExclusiveTransactionAsync(async tx => {
          outcome.value = await work(expoSql(tx), tx)
        })
        return outcome.value as T
      }),
  }
}

/** A connection of expo-sqlite, or a transaction on it, as the sync layer asks it. */
export function expoSql(connection: ExpoConnection): Sql {
  return { query: (statement, values) => connection.getAllAsync(statement, [...values]) }
}
