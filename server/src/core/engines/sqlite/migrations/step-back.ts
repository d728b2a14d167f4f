// Takes away from definitions what later statements add.
import { foldName, nameOf } from '../../../sql/scan-sql.ts'
import { isWord } from '../../../sql/split-statements.ts'
import { createdTables } from '../schema/create-table.ts'
import { definitionsIn } from '../schema/schema-texts.ts'

/** `CREATE TABLE` without some of its columns, which are given by folded names. The text itself where all would go. */
export function withoutColumns(sql: string, gone: ReadonlySet<string>): string {
  const [table] = createdTables(sql)
  const columns = table?.columns ?? []
  const kept = columns.filter(column => !gone.has(foldName(column.name.text)))
  if (kept.length === columns.length || kept.length === 0) return sql
  const first = columns[0]!
  const last = columns.at(-1)!
  return sql.slice(0, first.start) + kept.map(one => sql.slice(one.start, one.end)).join(', ') + sql.slice(last.end)
}

/** The folded names of the indexes, triggers and views that the statements of a text make. */
export const createdParts = (sql: string): readonly string[] =>
  definitionsIn(sql)
    .filter(one => one.kind === 'other')
    .flatMap(({ statement: { tokens } }) => {
      const at = tokens.findIndex(token => ['index', 'trigger', 'view'].some(word => isWord(sql, token, word)))
      const name = tokens[isWord(sql, tokens[at + 1], 'if') ? at + 4 : at + 1]
      return name ? [foldName(nameOf(sql.slice(name.start, name.end)))] : []
    })
