// The app's own tables as the sync reads and writes them: rows become JSON and JSON becomes rows.
import type { SqlRow } from './sqlite-rows.ts'
import type { Sql, SqlValue } from './sqlite-store.ts'
import type { EntityRef, JsonObject, JsonValue } from './types.ts'

/** How a column's value crosses the line: as it is, as a truth value that SQLite keeps as 0 or 1, or as JSON in a text. */
export type ColumnKind = 'plain' | 'boolean' | 'json'

/** A table whose rows are synced. */
export interface SyncedTable {
  readonly entity: string
  /** The column with the id, which the client makes. */
  readonly key: string
  /** The other columns. One that is not among them stays on the device. */
  readonly columns: Readonly<Record<string, ColumnKind>>
  /** Columns that hold the id of a record of another synced table. */
  readonly parents: Readonly<Record<string, string>>
}

/** The row with this id as a record; null when there is none. */
export async function readRow(sql: Sql, table: SyncedTable, id: string): Promise<JsonObject | null> {
  const names = Object.keys(table.columns)
  const columns = [table.key, ...names].map(quoted).join(', ')
  const [row] = await sql.query(`SELECT ${columns} FROM ${quoted(table.entity)} WHERE ${quoted(table.key)} = ?`, [id])
  if (row === undefined) return null
  return Object.fromEntries(names.map(name => [name, fromColumn(table, name, row)]))
}

/** True where the record has a row. */
export async function hasRow(sql: Sql, table: SyncedTable, id: string): Promise<boolean> {
  const found = await sql.query(`SELECT 1 FROM ${quoted(table.entity)} WHERE ${quoted(table.key)} = ?`, [id])
  return found.length > 0
}

/** Writes the given fields of a record: into its row, or into a new one. Unknown fields are passed over. */
export async function writeRow(sql: Sql, table: SyncedTable, id: string, values: JsonObject): Promise<void> {
  const names = Object.keys(values).filter(name => Object.hasOwn(table.columns, name))
  const data = names.map(name => toColumn(table, name, values[name]))
  if (!(await hasRow(sql, table, id))) return insert(sql, table, [table.key, ...names], [id, ...data])
  if (names.length === 0) return
  const sets = names.map(name => `${quoted(name)} = ?`).join(', ')
  await sql.query(`UPDATE ${quoted(table.entity)} SET ${sets} WHERE ${quoted(table.key)} = ?`, [...data, id])
}

/** Makes a row; it fails when there is one with this id. */
export async function insertRow(sql: Sql, table: SyncedTable, id: string, values: JsonObject): Promise<void> {
  const names = Object.keys(values).filter(name => Object.hasOwn(table.columns, name))
  return insert(sql, table, [table.key, ...names], [id, ...names.map(name => toColumn(table, name, values[name]))])
}

export async function deleteRow(sql: Sql, table: SyncedTable, id: string): Promise<void> {
  await sql.query(`DELETE FROM ${quoted(table.entity)} WHERE ${quoted(table.key)} = ?`, [id])
}

export async function wipeRows(sql: Sql, table: SyncedTable): Promise<void> {
  await sql.query(`DELETE FROM ${quoted(table.entity)}`, [])
}

/** True when some row has the value in the column. */
export async function hasRowWith(sql: Sql, table: SyncedTable, column: string, value: SqlValue): Promise<boolean> {
  const found = await sql.query(`SELECT 1 FROM ${quoted(table.entity)} WHERE ${quoted(column)} = ? LIMIT 1`, [value])
  return found.length > 0
}

/** Ids of rows that nothing is known of: the server has not told of them, and no operation tells it of them. */
export async function untoldIds(sql: Sql, table: SyncedTable, limit: number): Promise<readonly string[]> {
  const key = `t.${quoted(table.key)}`
  const rows = await sql.query(
    `SELECT ${key} AS id FROM ${quoted(table.entity)} t WHERE ${key} IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM sync_records r WHERE r.entity = ? AND r.entity_id = CAST(${key} AS TEXT))
      AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.entity = ? AND o.entity_id = CAST(${key} AS TEXT))
      LIMIT ?`,
    [table.entity, table.entity, limit],
  )
  return rows.map(row => String(row['id']))
}

/** The records that a record refers to. */
export function parentsOf(table: SyncedTable, values: JsonObject): readonly EntityRef[] {
  return Object.entries(table.parents).flatMap(([column, entity]) => {
    const entityId = values[column]
    return typeof entityId === 'string' ? [{ entity, entityId }] : []
  })
}

async function insert(
  sql: Sql,
  table: SyncedTable,
  names: readonly string[],
  data: readonly SqlValue[],
): Promise<void> {
  const columns = names.map(quoted).join(', ')
  await sql.query(`INSERT INTO ${quoted(table.entity)} (${columns}) VALUES (${names.map(() => '?').join(', ')})`, data)
}

function fromColumn(table: SyncedTable, name: string, row: SqlRow): JsonValue {
  const value = row[name]
  if (value === null || value === undefined) return null
  switch (table.columns[name]) {
    case 'boolean':
      return value === 1 || value === true
    case 'json':
      return parsed(String(value))
    default:
      return typeof value === 'number' ? value : String(value)
  }
}

/** A text that is no JSON, as an older release may have written it, is a text. */
function parsed(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue
  } catch {
    return text
  }
}

function toColumn(table: SyncedTable, name: string, value: JsonValue | undefined): SqlValue {
  if (value === null || value === undefined) return null
  if (table.columns[name] === 'json') return JSON.stringify(value)
  if (typeof value === 'boolean') return value ? 1 : 0
  return typeof value === 'object' ? JSON.stringify(value) : value
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
