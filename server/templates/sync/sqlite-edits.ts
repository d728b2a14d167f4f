// The app's edits of its own rows, each in the transaction that stores the operations for the server.
import { createsOf, isTold, stamped } from './sqlite-adoption.ts'
import type { Sql } from './sqlite-store.ts'
import { deleteRow, insertRow, parentsOf, readRow, type SyncedTable, writeRow } from './sqlite-tables.ts'
import type { Gather, NewOperation } from './types.ts'

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

/**
 * Gives, for an edit, what changes the app's row and gathers the operations: the edit, behind the records that it refers
 * to where the server was never told of them. The edit of such a record itself is sent as the whole record.
 */
export function createSqliteEdits<Tx>(options: SqliteEditsOptions<Tx>): (edit: NewOperation) => Gather<Tx> {
  const { tables } = options

  async function gathered(sql: Sql, edit: NewOperation): Promise<readonly NewOperation[]> {
    const { entity, entityId: id, kind, payload } = edit
    const table = tables.find(one => one.entity === entity)
    if (table === undefined) throw new Error(`${entity} is not synced.`)
    const base = await readRow(sql, table, id)
    const about = { ...edit, base, baseVersion: await versionOf(sql, entity, id) }
    if (kind === 'create') {
      await insertRow(sql, table, id, payload)
      // As it was stored: with the defaults of its columns.
      const stored = (await readRow(sql, table, id)) ?? payload
      const dependsOn = parentsOf(table, stored)
      return [...(await createsOf(sql, tables, dependsOn)), { ...about, payload: stored, dependsOn }]
    }
    if (base === null) throw new RecordMissingError(entity, id)
    const isKnown = await isTold(sql, edit)
    if (kind === 'delete') {
      await deleteRow(sql, table, id)
      return isKnown ? [about] : []
    }
    await writeRow(sql, table, id, payload)
    if (!isKnown) return createsOf(sql, tables, [edit])
    const dependsOn = parentsOf(table, payload)
    return [...(await createsOf(sql, tables, dependsOn)), { ...about, dependsOn }]
  }

  return edit => async tx => {
    const sql = options.sqlOf(tx)
    return stamped(sql, options, await gathered(sql, edit))
  }
}

async function versionOf(sql: Sql, entity: string, id: string): Promise<string | null> {
  const [row] = await sql.query('SELECT version FROM sync_records WHERE entity = ? AND entity_id = ?', [entity, id])
  return row === undefined || row['version'] === null ? null : String(row['version'])
}
