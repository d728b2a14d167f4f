// Judges the names in SQL against the tables that there are.
import { closest } from '../../../text/similar.ts'
import { implicitColumns } from '../schema/find-column.ts'
import type { SqlNames } from './sql-names.ts'
import type { SqlToken } from './sql-tokens.ts'

/** A name that stands for nothing. */
export interface WrongName {
  readonly token: SqlToken
  /** The end of a sentence that begins with "This SQL …". */
  readonly problem: string
  readonly meant: string | undefined
}

/** What is known of a database. Names of columns are in lower case. */
export interface SqlWorld {
  /** The columns that a table may have; undefined for a table that is not there or not known completely. */
  columns(table: string): ReadonlySet<string> | undefined
  /** The table that is meant by a name that certainly is no table; undefined for every name that may be one. */
  meantTable(name: string): string | undefined
}

/** The first name that stands for nothing; a table before a column. */
export function wrongName(names: SqlNames, world: SqlWorld): WrongName | undefined {
  for (const token of names.tables) {
    const meant = world.meantTable(token.text)
    if (meant !== undefined) return { token, problem: `names table "${token.text}", which does not exist`, meant }
  }
  for (const { table, column } of names.columns) {
    const columns = world.columns(table)
    const name = column.text.toLowerCase()
    if (!columns || columns.has(name) || implicitColumns.has(name) || rowIds.has(name)) continue
    const meant = closest(name, columns)
    return { token: column, problem: `names column "${column.text}", which table "${table}" does not have`, meant }
  }
  return undefined
}

/** SQLite's own names of the row number. */
const rowIds: ReadonlySet<string> = new Set(['rowid', 'oid', '_rowid_'])

/**
 * The table that `name` was most likely meant to be; undefined where none is close. A name that only adds a word to a
 * table's name, such as `posts_fts`, is another table that nobody but the code that made it knows.
 */
export function meantTable(name: string, tables: readonly string[]): string | undefined {
  if (/^sqlite_|^pragma_|fts|temp|tmp|backup|old|new/i.test(name)) return undefined
  const same = name.toLowerCase()
  if (same === 'local_storage' || tables.some(table => table.toLowerCase() === same)) return undefined
  const meant = closest(name, tables)
  return meant !== undefined && Math.abs(meant.length - name.length) <= 2 ? meant : undefined
}
