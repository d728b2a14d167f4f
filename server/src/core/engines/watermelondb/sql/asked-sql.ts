// The whole of the SQL that the library sends where code gives a part of it.
import { nameOf, scanSql } from '../../../sql/scan-sql.ts'
import { quotedName } from './encode-table.ts'
import type { SqlInQuery } from './sql-in-code.ts'

/** Statements, and where in them the text of the code stands. */
export interface AskedSql {
  readonly text: string
  readonly offset: number
  /** False where the condition may be about other tables, so that a name without one may be theirs. */
  readonly isWhole: boolean
}

/**
 * Statements as they are; a condition behind `where`, as `src/adapters/sqlite/encodeQuery` puts it, on the tables of its
 * query or, where those are not known, on those that stand before a dot in it and that `isTable` knows.
 */
export function askedSql(
  { kind, tables }: Pick<SqlInQuery, 'kind' | 'tables'>,
  text: string,
  isTable: (name: string) => boolean,
): AskedSql {
  if (kind === 'statements') return { text, offset: 0, isWhole: true }
  const from = (tables ?? qualifiers(text).filter(isTable)).map(quotedName).join(', ')
  const before = `select 1 ${from ? `from ${from} ` : ''}where `
  return { text: `${before}${text} and 1`, offset: before.length, isWhole: tables !== undefined }
}

/** The names that stand before a dot. */
function qualifiers(sql: string): readonly string[] {
  const tokens = scanSql(sql)
  const found = tokens.flatMap((token, index) => {
    const next = tokens[index + 1]
    const isName = token.kind === 'word' || token.kind === 'quoted'
    return isName && next && sql.slice(next.start, next.end) === '.' ? [nameOf(sql.slice(token.start, token.end))] : []
  })
  return [...new Set(found)]
}
