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
  /** Where its rows, or those that it refers to, have numbers in the place of ids. */
  readonly numbers?: RowNumbers
}

/** Between the numbers that SQLite gives to rows, which mean nothing elsewhere, and the ids of their records. */
export interface RowNumbers {
  /** True for an entity whose rows have numbers. */
  has(entity: string): boolean
  /** In SQL: the id of the record whose row has the number that `number` stands for. */
  idOf(entity: string, number: string): string
  /** In SQL: the number of the row of the record whose id `id` stands for. */
  numberOf(entity: string, id: string): string
  /** Keeps the number of a row under the id of its record. */
  keep(sql: Sql, entity: string, id: string, number: SqlValue): Promise<void>
  /** The id of the record of a row; it is made where there is none yet. Null where there is no such row. */
  name(sql: Sql, entity: string, number: SqlValue): Promise<string | null>
}

/** The row with this id as a record; null when there is none. Rows that it refers to have ids then. */
export async function readRow(sql: Sql, table: SyncedTable, id: string): Promise<JsonObject | null> {
  await nameParents(sql, table, id)
  const names = Object.keys(table.columns)
  const columns = [quoted(table.key), ...names.map(name => shown(table, name))].join(', ')
  const [row] = await sql.query(`SELECT ${columns} FROM ${quoted(table.entity)} WHERE ${keyIs(table)}`, [id])
  if (row === undefined) return null
  return Object.fromEntries(names.map(name => [name, fromColumn(table, name, row)]))
}

/** True where the record has a row. */
export async function hasRow(sql: Sql, table: SyncedTable, id: string): Promise<boolean> {
  const found = await sql.query(`SELECT 1 FROM ${quoted(table.entity)} WHERE ${keyIs(table)}`, [id])
  return found.length > 0
}

/** In SQL: true where the record whose id `id` stands for has a row. */
export function hasRowOf({ entity, key, numbers }: SyncedTable, id: string): string {
  const value = numbers?.has(entity) ? numbers.numberOf(entity, id) : id
  return `EXISTS (SELECT 1 FROM ${quoted(entity)} t WHERE t.${quoted(key)} = ${value})`
}

/**
 * Writes the given fields of a record: into its row, or into a new one, and then it gives true. Unknown fields are passed
 * over.
 */
export async function writeRow(sql: Sql, table: SyncedTable, id: string, values: JsonObject): Promise<boolean> {
  const names = Object.keys(values).filter(name => Object.hasOwn(table.columns, name))
  const data = names.map(name => toColumn(table, name, values[name]))
  if (!(await hasRow(sql, table, id))) {
    await insert(sql, table, id, names, data)
    return true
  }
  if (names.length === 0) return false
  const sets = names.map(name => `${quoted(name)} = ${bound(table, table.parents[name])}`).join(', ')
  await sql.query(`UPDATE ${quoted(table.entity)} SET ${sets} WHERE ${keyIs(table)}`, [...data, id])
  return false
}

/** Makes a row; it fails when there is one with this id. */
export async function insertRow(sql: Sql, table: SyncedTable, id: string, values: JsonObject): Promise<void> {
  const names = Object.keys(values).filter(name => Object.hasOwn(table.columns, name))
  const data = names.map(name => toColumn(table, name, values[name]))
  return insert(sql, table, id, names, data)
}

export async function deleteRow(sql: Sql, table: SyncedTable, id: string): Promise<void> {
  await sql.query(`DELETE FROM ${quoted(table.entity)} WHERE ${keyIs(table)}`, [id])
}

export async function wipeRows(sql: Sql, table: SyncedTable): Promise<void> {
  await sql.query(`DELETE FROM ${quoted(table.entity)}`, [])
}

/** True when some row refers to the record by the column. */
export async function hasRowWith(sql: Sql, table: SyncedTable, column: string, id: string): Promise<boolean> {
  const test = `${quoted(column)} = ${bound(table, table.parents[column])}`
  const found = await sql.query(`SELECT 1 FROM ${quoted(table.entity)} WHERE ${test} LIMIT 1`, [id])
  return found.length > 0
}

/** Keys of rows that nothing is known of: the server has not told of them, and no operation tells it of them. */
export async function untoldKeys(sql: Sql, table: SyncedTable, limit: number): Promise<readonly SqlValue[]> {
  const { entity, numbers } = table
  const key = `t.${quoted(table.key)}`
  const id = numbers?.has(entity) ? numbers.idOf(entity, key) : `CAST(${key} AS TEXT)`
  const rows = await sql.query(
    `SELECT ${key} AS key FROM ${quoted(entity)} t WHERE ${key} IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM sync_records r WHERE r.entity = ? AND r.entity_id = ${id})
      AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.entity = ? AND o.entity_id = ${id})
      LIMIT ?`,
    [entity, entity, limit],
  )
  return rows.map(row => row['key'] as SqlValue)
}

/** The id of the record of a row; null where there is no such row and its id is not its key. */
export async function idOfRow(sql: Sql, { entity, numbers }: SyncedTable, key: SqlValue): Promise<string | null> {
  return numbers?.has(entity) ? numbers.name(sql, entity, key) : String(key)
}

/** The key of the row of a record; null where it has none. */
export async function keyOfRecord(sql: Sql, table: SyncedTable, id: string): Promise<string | number | null> {
  const [row] = await sql.query(
    `SELECT ${quoted(table.key)} AS key FROM ${quoted(table.entity)} WHERE ${keyIs(table)}`,
    [id],
  )
  return row === undefined ? null : (row['key'] as string | number)
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
  id: string,
  names: readonly string[],
  data: readonly SqlValue[],
): Promise<void> {
  const { entity, numbers } = table
  const values = names.map(name => bound(table, table.parents[name]))
  const columns = names.map(quoted)
  if (!numbers?.has(entity)) {
    const all = [quoted(table.key), ...columns].join(', ')
    await sql.query(`INSERT INTO ${quoted(entity)} (${all}) VALUES (${['?', ...values].join(', ')})`, [id, ...data])
    return
  }
  const what = names.length === 0 ? 'DEFAULT VALUES' : `(${columns.join(', ')}) VALUES (${values.join(', ')})`
  const [row] = await sql.query(`INSERT INTO ${quoted(entity)} ${what} RETURNING ${quoted(table.key)} AS key`, data)
  await numbers.keep(sql, entity, id, row?.['key'] as SqlValue)
}

/** Rows that the row refers to get ids where they have none: until now nobody had to be told of them. */
async function nameParents(sql: Sql, table: SyncedTable, id: string): Promise<void> {
  const { numbers } = table
  for (const [column, entity] of Object.entries(table.parents)) {
    if (!numbers?.has(entity)) continue
    const [row] = await sql.query(
      `SELECT ${quoted(column)} AS number FROM ${quoted(table.entity)} WHERE ${keyIs(table)}`,
      [id],
    )
    const number = row?.['number'] as SqlValue | undefined
    if (number !== undefined && number !== null) await numbers.name(sql, entity, number)
  }
}

const keyIs = (table: SyncedTable): string => `${quoted(table.key)} = ${bound(table, table.entity)}`

/** What stands for a value that is bound: the id of a record with a numbered row becomes its number. */
function bound({ numbers }: SyncedTable, entity: string | undefined): string {
  return entity !== undefined && numbers?.has(entity) ? numbers.numberOf(entity, '?') : '?'
}

/** A column as it is read: the number of a row becomes the id of its record. */
function shown({ entity, parents, numbers }: SyncedTable, name: string): string {
  const parent = parents[name]
  if (parent === undefined || !numbers?.has(parent)) return quoted(name)
  return `${numbers.idOf(parent, `${quoted(entity)}.${quoted(name)}`)} AS ${quoted(name)}`
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

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
