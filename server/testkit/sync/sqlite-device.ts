// Real SQLite behind the surfaces of expo-sqlite and op-sqlite, on a device whose process may die at each write.

import { ProcessDied, StorageFault } from '../../templates/queue-testing/queue-under-test.ts'
import { requireOracle } from '../oracle/installed.ts'
import type { Environment } from './run-schedule.ts'

interface Statement {
  readonly reader: boolean
  readonly readonly: boolean
  all(...values: unknown[]): unknown[]
  run(...values: unknown[]): unknown
}

interface Database {
  readonly inTransaction: boolean
  prepare(sql: string): Statement
  close(): void
}

interface DatabaseFile {
  readonly database: Database
  readonly statements: Map<string, Statement>
}

/** What the simulated app does with its database beside the outbox. */
export interface AppData {
  /** Changes the app's own data in the transaction of `enqueue`. */
  readonly write: (marker: number) => (tx: unknown) => Promise<void>
  /** Numbers of the operations whose data is stored. */
  readonly written: () => Promise<number[]>
  /** Begins a transaction of the app's own, takes its time, and rolls it back. */
  readonly changeOfMind: () => Promise<void>
}

const insertData = 'INSERT INTO app_data VALUES (?)'
const selectData = 'SELECT marker FROM app_data'

interface Row {
  readonly marker: number
}

/** A connection that gives rows, whose calls never end once the process is dead. */
interface Connection {
  all(sql: string, values: readonly unknown[]): Promise<unknown[]>
}

/** The part of expo-sqlite's database that the layer uses, with its exclusive transactions. */
export function expoDevice(env: Environment) {
  const file = openFile(env)
  let isExclusive = false
  const inside = connection(env, file, () => isExclusive)
  const outside = connection(env, file, () => !isExclusive)
  const surface = ({ all }: Connection) => ({
    getAllAsync: async <T>(sql: string, values: readonly unknown[]) => (await all(sql, values)) as T[],
  })
  type Connected = ReturnType<typeof surface>
  const database = {
    ...surface(outside),
    withExclusiveTransactionAsync: async (task: (tx: Connected) => Promise<void>) => {
      if (isExclusive) env.refuse()
      isExclusive = true
      try {
        await transaction(env, file, () => task(surface(inside)))
      } finally {
        isExclusive = false
      }
    },
  }
  const app: AppData = {
    write: marker => async tx => void (await (tx as Connected).getAllAsync(insertData, [marker])),
    written: async () => (await database.getAllAsync<Row>(selectData, [])).map(row => row.marker),
    changeOfMind: () =>
      rolledBack(env, work =>
        database.withExclusiveTransactionAsync(tx => work(() => tx.getAllAsync(insertData, [-1]))),
      ),
  }
  return { database, app }
}

/** The part of op-sqlite's database that the layer uses: one connection, and transactions that wait for each other. */
export function opDevice(env: Environment) {
  const file = openFile(env)
  const { all } = connection(env, file, () => true)
  const execute = async (sql: string, values: readonly unknown[] = []) => ({
    rows: (await all(sql, values)) as Record<string, unknown>[],
  })
  let tail: Promise<unknown> = Promise.resolve()
  type Connected = { readonly execute: typeof execute }
  const database = {
    execute,
    transaction: (task: (tx: Connected) => Promise<void>): Promise<void> => {
      const run = tail.then(() => transaction(env, file, () => task({ execute })))
      tail = run.catch(() => undefined)
      return run
    },
  }
  const app: AppData = {
    write: marker => async tx => void (await (tx as Connected).execute(insertData, [marker])),
    written: async () => (await execute(selectData)).rows.map(row => Number(row['marker'])),
    changeOfMind: () => rolledBack(env, work => database.transaction(tx => work(() => tx.execute(insertData, [-1])))),
  }
  return { database, app }
}

/** Runs a transaction that fails after a while. */
async function rolledBack(
  env: Environment,
  begin: (work: (write: () => Promise<unknown>) => Promise<void>) => Promise<void>,
): Promise<void> {
  const work = async (write: () => Promise<unknown>) => {
    await write()
    await env.pause()
    throw new StorageFault('the app has changed its mind')
  }
  await begin(work).catch(() => undefined)
}

function openFile(env: Environment): DatabaseFile {
  const file = env.durable<DatabaseFile>(
    'database',
    () => {
      const Constructor = requireOracle('better-sqlite3') as new (path: string) => Database
      const database = new Constructor(':memory:')
      database.prepare('CREATE TABLE app_data (marker INTEGER)').run()
      return { database, statements: new Map() }
    },
    one => one.database.close(),
  )
  // What SQLite does when it finds the journal of a transaction that the process has not ended.
  if (file.database.inTransaction) statementOf(file, 'ROLLBACK').run()
  return file
}

function connection(env: Environment, file: DatabaseFile, isFree: () => boolean): Connection {
  return {
    all: async (sql, values) => {
      if (!env.isAlive()) return never()
      await env.pause()
      if (!isFree()) env.refuse()
      const statement = statementOf(file, sql)
      if (statement.readonly && statement.reader) return statement.all(...values)
      if (statement.readonly) {
        // A PRAGMA of the connection: nothing is written to the disk.
        statement.run(...values)
        return []
      }
      let rows: unknown[] = []
      const isDone = survives(env, () => {
        if (statement.reader) rows = statement.all(...values)
        else statement.run(...values)
      })
      return isDone ? rows : never()
    },
  }
}

async function transaction(env: Environment, file: DatabaseFile, task: () => Promise<void>): Promise<void> {
  if (!env.isAlive()) return never()
  statementOf(file, 'BEGIN EXCLUSIVE').run()
  try {
    await task()
    if (!survives(env, () => statementOf(file, 'COMMIT').run())) return never()
  } catch (error) {
    statementOf(file, 'ROLLBACK').run()
    throw error
  }
}

/** Runs a write; false when the process has died at it. */
function survives(env: Environment, write: () => void): boolean {
  try {
    env.persist(write)
    return true
  } catch (error) {
    if (error instanceof ProcessDied) return false
    throw error
  }
}

function statementOf(file: DatabaseFile, sql: string): Statement {
  const known = file.statements.get(sql)
  if (known) return known
  const statement = file.database.prepare(sql)
  file.statements.set(sql, statement)
  return statement
}

function never<T>(): Promise<T> {
  return new Promise(() => undefined)
}
