// Makes a table anew where `ALTER TABLE` cannot change it: a new one, its rows, and its name (`lang_altertable.html`).
import type { DatabaseShape, TableShape } from '../../../sql/judge.ts'
import { foldName } from '../../../sql/scan-sql.ts'
import { createdTables } from '../schema/create-table.ts'
import { columnNamed } from '../schema/differences.ts'
import { plainName } from './plain-name.ts'
import { zeroOf } from './zero-of.ts'

/** The statements by which the table `from` becomes `to`; undefined where its definition cannot be read. */
export function rebuildTable(from: TableShape, to: TableShape, shape: DatabaseShape): readonly string[] | undefined {
  const [created] = createdTables(to.sql)
  if (!created) return undefined
  const taken = new Set(shape.tables.map(table => foldName(table.name)))
  let temporary = `${to.name}_new`
  for (let i = 2; taken.has(foldName(temporary)); i++) temporary = `${to.name}_new${i}`
  const columns = to.columns.filter(column => !column.isGenerated)
  const values = columns.map(({ name, notNull, default: text, type, primaryKey }) => {
    const old = columnNamed(from, name)
    const instead = text ?? (notNull ? zeroOf(type) : 'NULL')
    if (!old) return instead
    const isFilled = old.notNull || !notNull || primaryKey > 0
    return isFilled ? plainName(old.name) : `coalesce(${plainName(old.name)}, ${instead})`
  })
  const own = [...shape.indexes, ...shape.triggers].filter(part => foldName(part.table) === foldName(to.name))
  const { start, end } = created.name
  return [
    to.sql.slice(0, start) + plainName(temporary) + to.sql.slice(end),
    `INSERT INTO ${plainName(temporary)} (${columns.map(one => plainName(one.name)).join(', ')})
  SELECT ${values.join(', ')} FROM ${plainName(from.name)}`,
    `DROP TABLE ${plainName(from.name)}`,
    `ALTER TABLE ${plainName(temporary)} RENAME TO ${plainName(to.name)}`,
    ...own.map(part => part.sql),
  ]
}
