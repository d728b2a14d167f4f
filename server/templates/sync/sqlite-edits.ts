// The app's edits of its own rows, each in the transaction that stores the operation for the server.
import { readHlc, writeHlc } from './sqlite-hlc.ts'
import type { Sql } from './sqlite-store.ts'
import { deleteRow, insertRow, parentsOf, readRow, type SyncedTable, writeRow } from './sqlite-tables.ts'
import type { LocalWrite, NewOperation } from './types.ts'

export interface SqliteEditsOptions<Tx> {
  readonly userId: string
  readonly now: () => number
  readonly tables: readonly SyncedTable[]
  readonly sqlOf: (tx: Tx) => Sql
}

/** Thrown by an edit of a record that is not there. */
export class RecordMissingError extends Error {
  constructor(entity: string, id: string) {
    super(`There is no ${entity} ${id}.`)
    this.name = 'RecordMissingError'
  }
}

/** Gives, for an operation, the change of the app's row that belongs to it. */
export function createSqliteEdits<Tx>(options: SqliteEditsOptions<Tx>): (operation: NewOperation) => LocalWrite<Tx> {
  const { userId, now } = options
  return operation => async tx => {
    const { entity, entityId: id, kind, payload } = operation
    const sql = options.sqlOf(tx)
    const table = options.tables.find(one => one.entity === entity)
    if (table === undefined) throw new Error(`${entity} is not synced.`)
    const base = await readRow(sql, table, id)
    const about = { base, baseVersion: await versionOf(sql, entity, id), stamp: await tick(sql, userId, now) }
    if (kind === 'create') {
      await insertRow(sql, table, id, payload)
      // As it was stored: with the defaults of its columns.
      const stored = (await readRow(sql, table, id)) ?? payload
      return { ...about, payload: stored, dependsOn: parentsOf(table, stored) }
    }
    if (base === null) throw new RecordMissingError(entity, id)
    if (kind === 'delete') await deleteRow(sql, table, id)
    else await writeRow(sql, table, id, payload)
    return { ...about, dependsOn: kind === 'delete' ? [] : parentsOf(table, payload) }
  }
}

async function versionOf(sql: Sql, entity: string, id: string): Promise<string | null> {
  const [row] = await sql.query('SELECT version FROM sync_records WHERE entity = ? AND entity_id = ?', [entity, id])
  return row === undefined || row['version'] === null ? null : String(row['version'])
}

async function tick(sql: Sql, userId: string, now: () => number): Promise<string> {
  const stamp = (await readHlc(sql, userId, now)).tick()
  await writeHlc(sql, userId, stamp, now())
  return stamp
}
