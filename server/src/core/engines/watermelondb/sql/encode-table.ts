// The SQL that the library itself makes tables and columns with (`src/adapters/sqlite/encodeSchema`).

/** A column as far as SQLite sees it: WatermelonDB's columns have no type. */
export interface PlainColumn {
  readonly name: string
  readonly indexed: boolean
}

/** The statement that makes a table, and those that make its indexes. */
export function encodeTable(table: string, columns: readonly PlainColumn[]): string {
  const names = [...new Set(columns.map(column => column.name))]
  const listed = ['"id" primary key, "_changed", "_status"', ...names.map(quotedName)].join(', ')
  const indexes = [...columns.map(column => encodeIndex(table, column)), encodeIndex(table, status)].join('')
  return `create table ${quotedName(table)} (${listed});${indexes}`
}

/** The statements that add a column. What they fill it with is left out, as no name depends on it. */
export const encodeColumn = (table: string, column: PlainColumn): string =>
  `alter table ${quotedName(table)} add ${quotedName(column.name)};${encodeIndex(table, column)}`

/** The table that every database has besides those of its schema, and what makes it. */
export const localStorage = {
  name: 'local_storage',
  sql: 'create table "local_storage" ("key" varchar(16) primary key not null, "value" text not null);create index "local_storage_key_index" on "local_storage" ("key");',
  columns: ['key', 'value'],
} as const

/** A name in the quotes of SQL. */
export const quotedName = (name: string): string => `"${name.replaceAll('"', '""')}"`

const status: PlainColumn = { name: '_status', indexed: true }

const encodeIndex = (table: string, { name, indexed }: PlainColumn): string =>
  indexed
    ? `create index if not exists ${quotedName(`${table}_${name}`)} on ${quotedName(table)} (${quotedName(name)});`
    : ''
