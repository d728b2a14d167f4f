// Which tables SQL speaks of, whether or not they exist.
import { namesInSql } from '../../../sql/names-in-sql.ts'
import { foldName } from '../../../sql/scan-sql.ts'

/** The names of tables in statements that can be parsed, each once, as it is written first. Those that `WITH` defines are none. */
export function tablesInSql(sql: string): readonly string[] {
  const found = new Map<string, string>()
  const add = (name: string) => {
    if (!found.has(foldName(name))) found.set(foldName(name), name)
  }
  const names = namesInSql(sql, {
    tables: [],
    table: name => {
      add(name)
      return undefined
    },
  })
  for (const { kind, name } of names) if (kind === 'table') add(name)
  return [...found.values()]
}
