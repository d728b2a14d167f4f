// What SQLite finds wrong with SQL, as far as it is certain that a phone finds the same.
import type { SqlError, SqlJudge } from '../../../sql/judge.ts'
import { type ParsedStatement, parseSql } from '../../../sql/parse-sql.ts'
import { isSyntax, refusedName } from '../../../sql/refusals.ts'
import { nameOf, scanSql } from '../../../sql/scan-sql.ts'
import { closest } from '../../../text/similar.ts'

/** One mistake. */
export interface SqlProblem {
  /** Where it stands in the SQL. */
  readonly start: number
  readonly end: number
  /** A sentence without its end: `SQLite refuses this: no such column: titel`. */
  readonly words: string
  readonly advice: string
  /** The name to put there, where one is likely. */
  readonly meant?: string
}

/** A statement that SQLite cannot read; undefined where only one of SQLite and the parser says so. */
export function syntaxProblem(
  { start, end, mistake }: ParsedStatement,
  error: SqlError | undefined,
): SqlProblem | undefined {
  if (!mistake || !error || !isSyntax(error.message)) return undefined
  const at = mistake.start < mistake.end ? { start: mistake.start, end: mistake.end } : { start, end }
  const [hint] = mistake.hints
  const words = error.message === 'incomplete input' ? 'it stops too early' : error.message
  return {
    ...at,
    words: `SQLite cannot read this SQL (${words})`,
    advice: hint ? sentence(hint.message) : 'Correct it.',
  }
}

/** The first statement of a text that SQLite cannot read, as far as it has answered; it is asked where the parser finds one. */
export function firstSyntaxProblem(text: string, judge: SqlJudge): SqlProblem | undefined {
  const parsed = parseSql(text)
  if (parsed.every(statement => !statement.mistake)) return undefined
  const answer = judge.ask({ kind: 'prepare', schema: [], sql: text, quotedTexts: true })
  for (const statement of parsed) {
    const { error } = answer?.statements.find(({ start }) => start === statement.start) ?? {}
    const problem = syntaxProblem(statement, error)
    if (problem) return problem
  }
  return undefined
}

/** What a refusal says of names or counts. `meant` tells which name may have been meant by one that does not exist. */
export function refusalProblem(
  sql: string,
  { start, end }: Pick<ParsedStatement, 'start' | 'end'>,
  error: SqlError,
  meant: (name: string) => string | undefined,
): SqlProblem {
  const refused = refusedName(error.message)
  const found = error.at === undefined ? undefined : tokenAt(sql, error.at, refused?.name)
  const likely = refused && meant(refused.name)
  const words = error.message.replace(/ - should this be a string literal in single-quotes\?$/, '')
  const written = found && sql.slice(found.start, found.end)
  const isNamed = refused !== undefined && written !== undefined && nameOf(written) === refused.name
  const at = found && isNamed && written !== refused.name ? { start: found.start + 1, end: found.end - 1 } : found
  return {
    ...(at ?? { start, end }),
    words: `SQLite refuses this: ${words}`,
    advice: likely === undefined ? 'Correct it.' : `Did you mean "${likely}"?`,
    ...(likely !== undefined && isNamed && { meant: likely }),
  }
}

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

/** The table that a refusal says is not there; undefined for other refusals, and where another database is asked for it. */
export const missingTable = (message: string): string | undefined => /^no such table: ([^.]+)$/s.exec(message)?.[1]

interface Stretch {
  readonly start: number
  readonly end: number
}

/** The token at an offset: the column where its table stands before it, and a row of values as a whole. */
function tokenAt(sql: string, offset: number, name: string | undefined): Stretch | undefined {
  const tokens = scanSql(sql)
  let index = tokens.findIndex(one => one.start <= offset && offset < one.end)
  const written = (at: number) => (tokens[at] ? sql.slice(tokens[at].start, tokens[at].end) : '')
  const isName = () => name === undefined || nameOf(written(index)) === name
  if (!isName()) while (written(index + 1) === '.') index += 2
  const token = tokens[index]
  if (!token || written(index) !== '(') return token
  let depth = 0
  for (const one of tokens.slice(index)) {
    if (sql[one.start] === '(') depth++
    if (sql[one.start] === ')' && --depth === 0) return { start: token.start, end: one.end }
  }
  return token
}

const sentence = (hint: string): string => {
  const words = hint.charAt(0).toUpperCase() + hint.slice(1)
  return /[.!?]$/.test(words) ? words : `${words}.`
}
