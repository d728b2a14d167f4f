// op-sqlite as the sync layer uses it.

import type { SqlRow } from './sqlite-rows.ts'
import type { Sql, SqlDatabase, SqlValue } from './sqlite-store.ts'

interface OpConnection {
  execute(statement: string, values?: SqlValue[]): Promise<{ readonly rows: SqlRow[] }>
}

/** What is needed of op-sqlite's `DB`. */
export interface OpDatabase<Tx extends OpConnection> extends OpConnection {
  transaction(task: (tx: Tx) => Promise<void>): Promise<void>
}

/**
 * All of the app's queries share one connection, so a single write would join whatever transaction is open elsewhere and
 * be rolled back with it. Each write therefore waits for its turn in a transaction of its own.
 */
export function opSqliteDatabase<Tx extends OpConnection>(database: OpDatabase<Tx>): SqlDatabase<Tx> {
  const transaction = async <T>(work: (sql: Sql, tx: Tx) => Promise<T>): Promise<T> => {
    const outcome: { value?: T } = {}
    await database.transaction(async tx => {
      outcome.value = await work(opSql(tx), tx)
    })
    return outcome.value as T
  }
  return {
    transaction,
    query: (statement, values) =>
      /^\s*SELECT/i.test(statement)
        ? opSql(database).query(statement, values)
        : transaction(sql => sql.query(statement, values)),
  }
}

/** A connection of op-sqlite, or a transaction on it, as the sync layer asks it. */
export function opSql(connection: OpConnection): Sql {
  return { query: async (statement, values) => (await connection.execute(statement, [...values])).rows }
}
