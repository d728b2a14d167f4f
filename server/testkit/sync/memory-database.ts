// Real SQLite in memory behind the surfaces of expo-sqlite and op-sqlite, without faults.
import { createSqliteStore } from '../../templates/sync/sqlite-store.ts'
import { requireOracle } from '../oracle/installed.ts'

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

export interface SqliteFile {
  readonly expo: {
    readonly getAllAsync: Query
    withExclusiveTransactionAsync(task: (tx: { readonly getAllAsync: Query }) => Promise<void>): Promise<void>
  }
  readonly op: {
    execute(sql: string, values?: readonly unknown[]): Promise<{ rows: Record<string, unknown>[] }>
    transaction(task: (tx: Pick<SqliteFile['op'], 'execute'>) => Promise<void>): Promise<void>
  }
  /** SQLite's plan of the statement by which a store claims the next operation. */
  planOfClaim(): Promise<string>
  close(): void
}

export function memoryDatabase(): SqliteFile {
  const Constructor = requireOracle('better-sqlite3') as new (path: string) => Database
  const database = new Constructor(':memory:')
  const getAllAsync: Query = async <T>(sql: string, values: readonly unknown[] = []) => {
    const statement = database.prepare(sql)
    if (statement.reader) return statement.all(...values) as T[]
    statement.run(...values)
    return []
  }
  const inTransaction = async (task: () => Promise<void>) => {
    database.prepare('BEGIN').run()
    try {
      await task()
      database.prepare('COMMIT').run()
    } catch (error) {
      database.prepare('ROLLBACK').run()
      throw error
    }
  }
  const execute = async (sql: string, values: readonly unknown[] = []) => ({
    rows: await getAllAsync<Record<string, unknown>>(sql, values),
  })
  return {
    expo: { getAllAsync, withExclusiveTransactionAsync: task => inTransaction(() => task({ getAllAsync })) },
    op: { execute, transaction: task => inTransaction(() => task({ execute })) },
    planOfClaim: () => planOfClaim(database),
    close: () => database.close(),
  }
}

/** The statement is caught on its way to the database, so that it is the one that the store really runs. */
async function planOfClaim(database: Database): Promise<string> {
  let plan = ''
  const query = async (sql: string, values: readonly unknown[]) => {
    const statement = database.prepare(sql)
    if (/RETURNING/.test(sql)) {
      const rows = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values) as { detail: string }[]
      plan = rows.map(row => row.detail).join('\n')
    }
    if (!statement.reader) statement.run(...values)
    return []
  }
  const store = createSqliteStore({
    database: { query, transaction: () => Promise.reject<never>(new Error('not needed')) },
    userId: 'ann',
    now: () => 0,
  })
  await store.open()
  await store.claim(0)
  return plan
}
