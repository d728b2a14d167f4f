// What a database has: its tables and views with their columns and keys, its indexes and triggers.
import type { ColumnShape, DatabaseShape, ForeignKeyShape, TableShape } from '../../core/sql/judge.ts'
import type { Connection } from './connection.ts'

/** The shape of what is open in `connection`. Tables that SQLite or a virtual table keeps for itself are left out. */
export function describeDatabase(connection: Connection): Omit<DatabaseShape, 'failures'> {
  const texts = (sql: string, ...values: string[]) => connection.rows(sql, ...values).map(row => row.map(String))
  const tables = texts(
    `SELECT s.name, l.type, s.sql
     FROM (SELECT 'main' AS db, name, sql, type, rowid AS place FROM sqlite_schema
           UNION ALL SELECT 'temp', name, sql, type, rowid FROM sqlite_temp_schema) s
     JOIN pragma_table_list l ON l.schema = s.db AND l.name = s.name
     WHERE s.type IN ('table', 'view') AND l.type IN ('table', 'view', 'virtual') AND s.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
     ORDER BY s.db, s.place`,
  )
  return {
    tables: tables.map(([name, kind, sql]) => tableNamed(connection, name!, kind as TableShape['kind'], sql!)),
    indexes: partsOf(texts, 'index'),
    triggers: partsOf(texts, 'trigger'),
  }
}

function partsOf(texts: (sql: string, ...values: string[]) => string[][], type: 'index' | 'trigger') {
  return texts(
    'SELECT name, tbl_name, sql FROM sqlite_schema WHERE type = ? AND sql IS NOT NULL ORDER BY rowid',
    type,
  ).map(([name, table, sql]) => ({ name: name!, table: table!, sql: sql! }))
}

function tableNamed(connection: Connection, name: string, kind: TableShape['kind'], sql: string): TableShape {
  const columns = columnsOf(connection, name)
  return {
    name,
    kind,
    columns,
    foreignKeys: foreignKeysOf(connection, name),
    indexed: indexedIn(connection, name),
    sql,
  }
}

function columnsOf(connection: Connection, table: string): ColumnShape[] {
  const rows = connection.rows(
    'SELECT name, type, "notnull", dflt_value, pk, hidden FROM pragma_table_xinfo(?) WHERE hidden <> 1 ORDER BY cid',
    table,
  )
  return rows.map(([name, type, notNull, text, primaryKey, hidden]) => ({
    name: String(name),
    type: String(type ?? ''),
    notNull: notNull === 1,
    default: text === null || text === undefined ? null : String(text),
    primaryKey: Number(primaryKey),
    isGenerated: hidden === 2 || hidden === 3,
  }))
}

function foreignKeysOf(connection: Connection, table: string): ForeignKeyShape[] {
  const rows = connection.rows(
    'SELECT id, "table", "from", "to" FROM pragma_foreign_key_list(?) ORDER BY id DESC, seq',
    table,
  )
  const keys = new Map<number, { columns: string[]; table: string; to: string[] }>()
  for (const [id, target, from, to] of rows) {
    const key = keys.get(Number(id)) ?? { columns: [], table: String(target), to: [] }
    keys.set(Number(id), key)
    key.columns.push(String(from))
    if (to !== null && to !== undefined) key.to.push(String(to))
  }
  return [...keys.values()].map(({ columns, table, to }) => ({ columns, table, ...(to.length > 0 && { to }) }))
}

function indexedIn(connection: Connection, table: string): string[] {
  const rows = connection.rows(
    `SELECT DISTINCT i.name FROM pragma_index_list(?1) l JOIN pragma_index_info(l.name) i
     WHERE i.seqno = 0 AND i.name IS NOT NULL
     UNION SELECT name FROM pragma_table_info(?1) WHERE pk = 1 AND 1 = (SELECT max(pk) FROM pragma_table_info(?1))`,
    table,
  )
  return rows.map(([name]) => String(name))
}
