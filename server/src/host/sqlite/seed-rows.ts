// Rows as users have them, so that a migration meets data: whatever a table demands, the rows are made to fit.
import { scanSql } from '../../core/sql/scan-sql.ts'
import type { Connection } from './connection.ts'

/**
 * Gives each ordinary table rows until it has `count`. Rows are equal where they may be. Where a table takes none
 * (a CHECK that no try satisfies), it stays as it is. Foreign keys hold: keys have the same values in all tables.
 */
export function seedRows(connection: Connection, count: number): void {
  const tables = connection
    .rows(
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
    )
    .map(([name]) => String(name))
  const needy = tables.filter(name => rowsIn(connection, name, count) < count)
  if (needy.length === 0) return
  connection.set('triggers', false)
  const [[foreignKeys = 0] = []] = connection.rows('PRAGMA foreign_keys')
  connection.set('foreignKeys', false)
  for (const name of needy) {
    const table = describe(connection, name)
    for (let row = 0; row < count && rowsIn(connection, name, count) < count; row++) addRow(connection, table, row)
  }
  connection.set('triggers', true)
  connection.set('foreignKeys', foreignKeys === 1)
}

interface SeedTable {
  readonly name: string
  readonly columns: readonly SeedColumn[]
  /** Values that stand in its declaration, which its CHECKs may demand. */
  readonly literals: readonly Value[]
}

interface SeedColumn {
  readonly name: string
  readonly isText: boolean
  readonly isBlob: boolean
  /** True for keys: of the table itself, of others, and for what must be unique. */
  readonly isKey: boolean
  /** True where it makes the primary key alone or with others. */
  readonly isPrimary: boolean
}

/** Written as SQL. */
type Value = string

/** High, so that rows the migrations themselves bring are not in their way. */
const firstKey = 7_700_001
/** How many rows are tried for one that fits. */
const mostTries = 40

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

const rowsIn = (connection: Connection, table: string, most: number): number =>
  connection.rows(`SELECT 1 FROM main.${quoted(table)} LIMIT ${most}`).length

function describe(connection: Connection, name: string): SeedTable {
  const keys = new Set(
    connection
      .rows(
        `SELECT i.name FROM pragma_index_list(?1) l JOIN pragma_index_info(l.name) i WHERE l."unique" AND i.name IS NOT NULL
         UNION SELECT "from" FROM pragma_foreign_key_list(?1)
         UNION SELECT f."to" FROM sqlite_schema s JOIN pragma_foreign_key_list(s.name) f
           WHERE s.type = 'table' AND lower(f."table") = lower(?1) AND f."to" IS NOT NULL`,
        name,
      )
      .map(([column]) => String(column).toLowerCase()),
  )
  const columns = connection.rows('SELECT name, type, pk FROM pragma_table_xinfo(?) WHERE hidden = 0', name).map(
    ([column, type, primaryKey]): SeedColumn => ({
      name: String(column),
      isText: /char|clob|text/i.test(String(type)) && !/int/i.test(String(type)),
      isBlob: /blob/i.test(String(type)),
      isKey: primaryKey !== 0 || keys.has(String(column).toLowerCase()),
      isPrimary: primaryKey !== 0,
    }),
  )
  const [[sql = ''] = []] = connection.rows("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?", name)
  return { name, columns, literals: literalsIn(String(sql)) }
}

/** What is written in a declaration, and numbers just beside it: `CHECK (x > 5)` takes no 5. */
function literalsIn(sql: string): Value[] {
  const found = new Set<Value>()
  for (const { kind, start, end } of scanSql(sql)) {
    const text = sql.slice(start, end)
    if (kind === 'string') found.add(text)
    const number = kind === 'number' ? Number(text.replaceAll('_', '')) : Number.NaN
    if (Number.isFinite(number)) for (const near of [number, number + 1, number - 1]) found.add(String(near))
  }
  return [...found]
}

/**
 * A text that is a number is also JSON and a date, so that functions which migrations use on it take it. What is not a
 * key is equal in all rows.
 */
function seedValue(column: SeedColumn, key: number): Value {
  const number = column.isKey ? key : 1
  if (column.isBlob) return `CAST('${number}' AS BLOB)`
  return column.isText ? `'${number}'` : String(number)
}

function addRow(connection: Connection, table: SeedTable, row: number): void {
  const second = new Set<string>(
    row > 0
      ? table.columns
          .filter(column => column.isPrimary)
          .slice(0, 1)
          .map(one => one.name)
      : [],
  )
  const forced = new Map<string, Value>()
  const untried = new Map<string, Value[]>()
  for (let tries = 0; tries < mostTries; tries++) {
    const values = table.columns.map(
      column => forced.get(column.name) ?? seedValue(column, firstKey + (second.has(column.name) ? row : 0)),
    )
    const names = table.columns.map(column => quoted(column.name)).join(', ')
    const problem = insert(
      connection,
      `INSERT INTO main.${quoted(table.name)} (${names}) VALUES (${values.join(', ')})`,
    )
    if (problem === undefined) return
    if (!adapt(problem, table, second, { forced, untried })) return
  }
}

/** Changes what the next try puts in, by what SQLite said about the last; false where there is nothing more to try. */
function adapt(
  problem: string,
  table: SeedTable,
  second: Set<string>,
  { forced, untried }: { forced: Map<string, Value>; untried: Map<string, Value[]> },
): boolean {
  const unique = /^UNIQUE constraint failed: (.+)$/s.exec(problem)?.[1]
  if (unique) {
    const named = table.columns.filter(({ name }) => unique.split(', ').some(one => one.endsWith(`.${name}`)))
    const free = (named.length > 0 ? named : table.columns).find(({ name }) => !second.has(name) && !forced.has(name))
    if (!free) return false
    second.add(free.name)
    return true
  }
  const check = /^CHECK constraint failed: (.+)$/s.exec(problem)?.[1]
  if (!check) return false
  const words = new Set(
    scanSql(check).map(({ start, end }) =>
      check
        .slice(start, end)
        .replace(/^["'`[]|["'`\]]$/g, '')
        .toLowerCase(),
    ),
  )
  const named = table.columns.filter(({ name }) => words.has(name.toLowerCase()))
  for (const { name } of named.length > 0 ? named : table.columns) {
    const values = untried.get(name) ?? [...(named.length > 0 ? literalsIn(check) : []), ...table.literals, 'NULL']
    const [next, ...rest] = values
    if (next === undefined) continue
    untried.set(name, rest)
    forced.set(name, next)
    return true
  }
  return false
}

/** What SQLite says against an INSERT; undefined where it is done. */
function insert(connection: Connection, sql: string): string | undefined {
  return connection.withText(sql, text => {
    const { statement, error } = connection.prepare(text, 0, 'own')
    if (error) return error.message
    const result = connection.run(statement, 1)
    connection.finalize(statement)
    return result.error?.message
  })
}
