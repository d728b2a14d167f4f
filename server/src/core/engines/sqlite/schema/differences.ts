// What one database has and another lacks. The order of columns does not count.
import type { ColumnShape, DatabaseShape, TableShape } from '../../../sql/judge.ts'
import { foldName, nameOf, scanSql } from '../../../sql/scan-sql.ts'

/** One thing in which `from` is not as `to`. */
export interface Difference {
  readonly kind: 'table' | 'column' | 'index' | 'trigger'
  /** `missing` in `from`, `extra` there, or `other` than in `to`. */
  readonly is: 'missing' | 'extra' | 'other'
  readonly table: string
  /** Of the column, the index or the trigger; of a table the name again. */
  readonly name: string
  /** For columns that are `other`: in what. */
  readonly what?: 'type' | 'NOT NULL' | 'default' | 'primary key'
}

/** By how much a comparison is told less than SQLite knows. */
export interface Compared {
  /** False where one side is not known to have the defaults, indexes and triggers that it has. */
  readonly details: boolean
}

/** All differences, in the order of `to`, then of `from`. */
export function differences(
  from: DatabaseShape,
  to: DatabaseShape,
  { details }: Compared = { details: true },
): readonly Difference[] {
  const found: Difference[] = []
  for (const table of to.tables) {
    if (table.kind === 'view') continue
    const other = tableNamed(from, table.name)
    if (!other) found.push({ kind: 'table', is: 'missing', table: table.name, name: table.name })
    else if (table.kind === 'table' && other.kind === 'table') found.push(...columnDifferences(other, table, details))
  }
  for (const table of from.tables)
    if (table.kind === 'table' && !tableNamed(to, table.name))
      found.push({ kind: 'table', is: 'extra', table: table.name, name: table.name })
  if (!details) return found
  found.push(...partDifferences('index', from.indexes, to.indexes))
  found.push(...partDifferences('trigger', from.triggers, to.triggers))
  return found
}

/** The table of a shape, by its name in any case. */
export const tableNamed = ({ tables }: DatabaseShape, name: string): TableShape | undefined =>
  tables.find(one => foldName(one.name) === foldName(name))

/** The column of a table, by its name in any case. */
export const columnNamed = ({ columns }: TableShape, name: string): ColumnShape | undefined =>
  columns.find(one => foldName(one.name) === foldName(name))

function* columnDifferences(from: TableShape, to: TableShape, details: boolean): Generator<Difference> {
  const table = to.name
  for (const column of to.columns) {
    const { name } = column
    const other = columnNamed(from, name)
    const what = other && difference(other, column, details)
    if (!other) yield { kind: 'column', is: 'missing', table, name }
    else if (what) yield { kind: 'column', is: 'other', table, name, what }
  }
  for (const { name } of from.columns) if (!columnNamed(to, name)) yield { kind: 'column', is: 'extra', table, name }
}

function difference(from: ColumnShape, to: ColumnShape, details: boolean): Difference['what'] {
  if (details && from.primaryKey !== to.primaryKey) return 'primary key'
  if (affinityOf(from.type) !== affinityOf(to.type)) return 'type'
  if (from.notNull !== to.notNull && to.primaryKey === 0) return 'NOT NULL'
  if (!details || plainDefault(from.default) === plainDefault(to.default)) return undefined
  // A column that may not be empty cannot be added to rows without one.
  return to.default === null && to.notNull ? undefined : 'default'
}

/**
 * The class of values that SQLite prefers for a declared type (`datatype3.html`). NUMERIC and INTEGER are told apart by a
 * CAST alone, so they are one here.
 */
export function affinityOf(type: string): 'number' | 'text' | 'blob' | 'real' {
  if (/int/i.test(type)) return 'number'
  if (/char|clob|text/i.test(type)) return 'text'
  if (type === '' || /blob/i.test(type)) return 'blob'
  return /real|floa|doub/i.test(type) ? 'real' : 'number'
}

/** A default without brackets and the case of words. */
function plainDefault(text: string | null): string | undefined {
  let plain = text?.trim()
  while (plain && /^\(.*\)$/s.test(plain)) plain = plain.slice(1, -1).trim()
  if (plain === undefined || /^null$/i.test(plain)) return undefined
  return /^'|^"/.test(plain) ? nameOf(plain) : plain.toLowerCase().replace(/\s+/g, ' ')
}

interface Part {
  readonly name: string
  readonly table: string
  readonly sql: string
}

function* partDifferences(
  kind: 'index' | 'trigger',
  from: readonly Part[],
  to: readonly Part[],
): Generator<Difference> {
  const named = (list: readonly Part[], name: string) => list.find(one => foldName(one.name) === foldName(name))
  for (const { name, table, sql } of to) {
    const other = named(from, name)
    if (!other) yield { kind, is: 'missing', table, name }
    else if (plainSql(other.sql) !== plainSql(sql)) yield { kind, is: 'other', table, name }
  }
  for (const { name, table } of from) if (!named(to, name)) yield { kind, is: 'extra', table, name }
}

/** The words of a statement, whatever their case, quotes and the blanks between them. */
const plainSql = (sql: string): string =>
  scanSql(sql)
    .map(({ kind, start, end }) => {
      const text = sql.slice(start, end)
      return kind === 'word' || kind === 'quoted' ? foldName(nameOf(text)) : text
    })
    .filter(text => text !== 'asc')
    .join(' ')
