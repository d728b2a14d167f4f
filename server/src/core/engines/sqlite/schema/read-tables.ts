// The tables of a database: what SQLite says of them, at the places where they are written.

import type { WrittenText } from '../../../catalog/written-text.ts'
import type { ColumnShape, DatabaseShape, TableShape } from '../../../sql/judge.ts'
import { foldName } from '../../../sql/scan-sql.ts'
import type { Place } from '../../../text/span.ts'
import type { Column, SchemaText, Table } from '../types.ts'
import { alteredTables, type ColumnInText, type CreatedTable, createdTables, type NameInText } from './create-table.ts'

interface Written {
  readonly text: SchemaText
  readonly created: CreatedTable
}

/** The tables and views of a shape, in the order of the shape. `at` is where those stand that are written nowhere. */
export function readTables(shape: DatabaseShape, texts: readonly SchemaText[], at: Place): readonly Table[] {
  const written = new Map<string, Written>()
  const added = new Map<string, { readonly text: SchemaText; readonly column: ColumnInText }>()
  for (const text of texts) {
    const { text: sql } = text.sql
    for (const created of createdTables(sql)) {
      const key = foldName(created.name.text)
      if (!written.has(key)) written.set(key, { text, created })
    }
    for (const { table, added: column } of alteredTables(sql))
      if (column) added.set(`${foldName(table.text)} ${foldName(column.name.text)}`, { text, column })
  }
  return shape.tables
    .filter(one => !/^sqlite_/i.test(one.name))
    .map(table => readTable(table, written.get(foldName(table.name)), added, at))
}

function readTable(
  table: TableShape,
  written: Written | undefined,
  added: ReadonlyMap<string, { readonly text: SchemaText; readonly column: ColumnInText }>,
  fallback: Place,
): Table {
  const { sql } = written?.text ?? {}
  const nameAt = written && sql ? placeOfName(sql, written.created.name) : undefined
  const whole = written && sql?.source(written.created.start, written.created.end)
  const at = whole ?? nameAt ?? written?.text.call.at ?? fallback
  return {
    name: { text: table.name, at: nameAt ?? at },
    nameAt,
    at,
    definedBy: written?.text,
    shape: table,
    complete: table.kind !== 'virtual',
    fields: table.columns.map(column => {
      const own = written?.created.columns.find(one => foldName(one.name.text) === foldName(column.name))
      const later = own ? undefined : added.get(`${foldName(table.name)} ${foldName(column.name)}`)
      const found = own && sql ? { column: own, sql } : later && { column: later.column, sql: later.text.sql }
      return readColumn(table, column, found, at)
    }),
  }
}

function readColumn(
  table: TableShape,
  shape: ColumnShape,
  found: { readonly column: ColumnInText; readonly sql: WrittenText } | undefined,
  fallback: Place,
): Column {
  const nameAt = found && placeOfName(found.sql, found.column.name)
  const at = found?.sql.source(found.column.start, found.column.end) ?? nameAt ?? fallback
  const typeAt = found?.column.type && found.sql.source(found.column.type.start, found.column.type.end)
  return {
    name: { text: shape.name, at: nameAt ?? at },
    type: shape.type === '' ? undefined : { text: shape.type, at: typeAt ?? at },
    optional: !shape.notNull && shape.primaryKey === 0,
    indexed: shape.primaryKey > 0 || table.indexed.some(one => foldName(one) === foldName(shape.name)),
    ...(shape.primaryKey > 0 && { isPrimary: true }),
    at,
    shape,
  }
}

/** The letters of a name, between its quotes where it has some. */
export function placeOfName(sql: WrittenText, { text, start, end }: NameInText): Place | undefined {
  const isQuoted = end - start === text.length + 2
  return isQuoted ? sql.place(start + 1, end - 1) : sql.place(start, end)
}
