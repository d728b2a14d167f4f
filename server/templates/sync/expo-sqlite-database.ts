// expo-sqlite as the sync layer uses it.
import type { Sql, SqlDatabase, SqlValue } from './sqlite-store.ts'

interface ExpoConnection {
  getAllAsync<T>(statement: string, values: SqlValue[]): Promise<T[]>
}

/** What is needed of expo-sqlite's `SQLiteDatabase`. */
export interface ExpoDatabase<Tx extends ExpoConnection> extends ExpoConnection {
  withExclusiveTransactionAsync(task: (tx: Tx) => Promise<void>): Promise<void>
}

/** The transaction is an exclusive one: any write elsewhere in the app would join `withTransactionAsync`. */
export function expoSqliteDatabase<Tx extends ExpoConnection>(database: ExpoDatabase<Tx>): SqlDatabase<Tx> {
  const transaction = async <T>(work: (sql: Sql, tx: Tx) => Promise<T>): Promise<T> => {
    const outcome: { value?: T } = {}
    await database.withExclusiveTransactionAsync(async tx => {
      outcome.value = await work(over(tx), tx)
    })
    return outcome.value as T
  }
  return { ...over(database), transaction }
}

function over(connection: ExpoConnection): Sql {
  return { query: (statement, values) => connection.getAllAsync(statement, [...values]) }
}
