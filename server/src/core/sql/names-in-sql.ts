// The names in statements: where they stand and what they certainly stand for. What is not certain is left out.

import { nameStatement } from './name-statement.ts'
import { parseSql, type SqlTree } from './parse-sql.ts'
import type { SqlName } from './sql-name.ts'
import { type SqlTable, type SqlWorld, sqlWorld } from './sql-world.ts'

/**
 * The names of all statements in `sql`, in the order of the text. A statement with a mistake gives none. Tables that one
 * statement makes are known in those behind it.
 */
export function namesInSql(sql: string, world: SqlWorld): readonly SqlName[] {
  const made = new Map<string, SqlTable>()
  const names: SqlName[] = []
  for (const { start, tree } of parseSql(sql)) {
    if (!tree) continue
    const known = made.size > 0 ? withMade(world, sqlWorld(made.values())) : world
    names.push(...nameStatement(tree, { sql, offset: start, world: known }))
    const table = madeBy(tree)
    if (table && !world.table(table.name)) made.set(table.name, table)
  }
  return names.sort((a, b) => a.start - b.start || a.end - b.end)
}

/** Asks a world for no table but the one that is wanted, as each that is asked for may be a dependency. */
const withMade = (world: SqlWorld, made: SqlWorld): SqlWorld => ({
  get tables() {
    return [...made.tables, ...world.tables]
  },
  table: name => world.table(name) ?? made.table(name),
})

/** The table that a statement makes. */
function madeBy(tree: SqlTree): SqlTable | undefined {
  if (tree.type === 'CreateTableStmt') {
    const { body } = tree
    const columns = body.type === 'ColumnsAndConstraintsCreateTableBody' ? body.columns : undefined
    return { name: tree.tblName.objName.text, columns: columns?.map(column => column.colName.text) }
  }
  if (tree.type === 'CreateViewStmt') {
    return { name: tree.viewName.objName.text, columns: tree.columns?.map(column => column.colName.text) }
  }
  return tree.type === 'CreateVirtualTableStmt' ? { name: tree.tblName.objName.text, columns: undefined } : undefined
}
