// Asks SQLite about the SQL of queries, on the tables that it names and on no others.
import type { SqlJudge } from '../../../sql/judge.ts'
import { parametersInSql } from '../../../sql/parameters-in-sql.ts'
import { parseSql } from '../../../sql/parse-sql.ts'
import { isCertain } from '../../../sql/refusals.ts'
import { scanSql } from '../../../sql/scan-sql.ts'
import { splitStatements } from '../../../sql/split-statements.ts'
import { closest } from '../../../text/similar.ts'
import { inEvery } from '../queries/candidate-tables.ts'
import type { WatermelonStore } from '../types.ts'
import { type AskedSql, askedSql } from './asked-sql.ts'
import { type KnownTable, knownTable } from './known-tables.ts'
import type { SqlInQuery } from './sql-in-code.ts'
import { meantTable, missingTable, refusalProblem, type SqlProblem, syntaxProblem } from './sql-problem.ts'
import { tablesInSql } from './tables-in-sql.ts'

/** A database with what it has of the tables that some SQL names. */
interface Asked {
  readonly store: WatermelonStore
  readonly tables: readonly KnownTable[]
  /** Names of no table of it. */
  readonly missing: readonly string[]
  /** True where it may have other tables, or other columns, than those that are known. */
  readonly isOpen: boolean
}

/** What is wrong with the SQL of a query in every database that it may be run in; `unknown` while SQLite has not answered. */
export function queryProblem(query: SqlInQuery, text: string, judge: SqlJudge): SqlProblem | 'unknown' | undefined {
  const semicolon = query.kind === 'condition' && scanSql(text).find(({ start }) => text[start] === ';')
  if (semicolon)
    return {
      start: semicolon.start,
      end: semicolon.end,
      words: 'This semicolon ends the query that the condition is a part of',
      advice: 'Take it away.',
    }
  const asked = askedSql(query, text, name => query.stores.some(store => knownTable(store, name) !== undefined))
  const names = tablesInSql(asked.text)
  const all = query.stores.map(store => openOf(store, names))
  const having = all.filter(one => one.missing.length === 0)
  // A database that lacks a table can only be meant where none has it.
  const meant = having.length > 0 ? having : all
  const isOpen = all.length === 0 || all.some(one => one.isOpen)
  const parsed = parseSql(asked.text)
  // Only what cannot be read is wrong then, and the parser has seen that first.
  if (isOpen && parsed.every(statement => !statement.mistake)) return undefined
  const schemas = isOpen ? [[]] : meant.map(one => one.tables.map(table => table.sql))
  const answers = schemas.map(schema => judge.ask({ kind: 'prepare', schema, sql: asked.text, quotedTexts: true }))
  if (answers.some(answer => answer === undefined)) return 'unknown'
  const found = inEvery(answers, answer => {
    const one = isOpen ? undefined : meant[answers.indexOf(answer)]
    for (const { start, error } of answer!.statements) {
      const statement = parsed.find(other => other.start === start)
      if (!statement || !error) continue
      const problem =
        syntaxProblem(statement, error) ?? (one && statement.tree && refusal(asked, statement, error, one))
      if (problem) return problem
    }
    return undefined
  })
  return found && withinText(found, asked, text)
}

/** What of the values of a query does not fit its parameters: no adapter runs it then. */
export function parameterProblem(text: string, values: number): string | undefined {
  if (splitStatements(text).length !== 1) return undefined
  const count = Math.max(0, ...parametersInSql(text).map(one => one.number))
  if (count === values) return undefined
  const parameters = `${count} parameter${count === 1 ? '' : 's'}`
  return `This SQL has ${parameters} and is given ${values} value${values === 1 ? '' : 's'}`
}

function openOf(store: WatermelonStore, names: readonly string[]): Asked {
  const tables = names.flatMap(name => knownTable(store, name) ?? [])
  const missing = names.filter(name => !knownTable(store, name))
  const isOpen = tables.some(table => !table.isSure) || (missing.length > 0 && (!store.complete || store.unsafeSql))
  return { store, tables, missing, isOpen }
}

function refusal(
  { text, isWhole }: AskedSql,
  statement: { readonly start: number; readonly end: number },
  error: { readonly message: string; readonly at?: number },
  { store, tables }: Asked,
): SqlProblem | undefined {
  if (!isCertain(error.message)) return undefined
  if (error.message.startsWith('no such table: ')) {
    const name = missingTable(error.message)
    const meant = name === undefined ? undefined : meantTable(name, store.tableNames())
    return meant === undefined ? undefined : refusalProblem(text, statement, error, () => meant)
  }
  if (!isWhole) {
    // A name without a table may be one of a table that is joined.
    const qualifier = /^no such column: ([^.\s]+)\.[^.\s]+$/.exec(error.message)?.[1]
    if (qualifier === undefined || !knownTable(store, qualifier)) return undefined
  }
  const columns = new Set(tables.flatMap(table => table.columns))
  return refusalProblem(text, statement, error, name => (columns.has(name) ? undefined : closest(name, columns)))
}

/** The same for the text that the code has; its whole where the mistake shows behind it. */
function withinText(problem: SqlProblem, { offset }: AskedSql, text: string): SqlProblem | undefined {
  const start = problem.start - offset
  const end = problem.end - offset
  if (start >= 0 && end <= text.length) return { ...problem, start, end }
  if (end <= 0) return undefined
  const { meant, ...rest } = problem
  return { ...rest, start: 0, end: text.length }
}
