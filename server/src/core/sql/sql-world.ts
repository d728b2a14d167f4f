// The tables that a statement can speak of.
import type { DatabaseShape } from './judge.ts'
import { foldName } from './scan-sql.ts'

/** A table or a view. */
export interface SqlTable {
  /** As it is declared. */
  readonly name: string
  /** Undefined where they are not known, as with virtual tables of an unknown module. */
  readonly columns: readonly string[] | undefined
  /** Names that can be read and are no columns of it in the schema: `rank` of a full-text table. */
  readonly hidden?: readonly string[]
}

/** The known tables of a database. */
export interface SqlWorld {
  readonly tables: readonly SqlTable[]
  /** The table of that name; the case of ASCII letters does not matter. */
  table(name: string): SqlTable | undefined
}

/** A world of these tables. */
export function sqlWorld(tables: Iterable<SqlTable>): SqlWorld {
  const all = [...tables]
  const byName = new Map(all.map(table => [foldName(table.name), table]))
  return { tables: all, table: name => byName.get(foldName(name)) }
}

/** The world of a database as SQLite describes it. Views that cannot be read have unknown columns. */
export function worldOf(shape: DatabaseShape): SqlWorld {
  return sqlWorld(
    shape.tables.map(({ name, kind, columns }) => ({
      name,
      columns: columns.length > 0 ? columns.map(column => column.name) : undefined,
      ...(kind === 'virtual' && { hidden: [name, 'rank'] }),
    })),
  )
}
