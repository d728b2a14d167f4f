// Looks a column up, where there is no doubt which one it is.
import type { Column, Table } from '../types.ts'

/** Columns that every table has without naming them. */
export const implicitColumns: ReadonlySet<string> = new Set(['id', '_status', '_changed'])

/** The only column of that name; undefined where there is none, several, or where its keys cannot all be read. */
export function clearColumn(table: Table | undefined, name: string | undefined): Column | undefined {
  const found = name === undefined ? undefined : table?.columns.get(name)
  if (!found || found.unclear) return undefined
  return table?.fields.every(field => field === found || field.name.text !== name) ? found : undefined
}

/** True when the table certainly has no such column. */
export const lacksColumn = (table: Table | undefined, name: string): boolean =>
  table?.complete === true && !table.columns.has(name) && !implicitColumns.has(name)
