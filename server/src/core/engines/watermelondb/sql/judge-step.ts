// Asks SQLite about the SQL of migration steps, on the tables as they were at that version, with rows in them.
import type { SqlJudge } from '../../../sql/judge.ts'
import { type ParsedStatement, parseSql } from '../../../sql/parse-sql.ts'
import { isCertain } from '../../../sql/refusals.ts'
import { foldName } from '../../../sql/scan-sql.ts'
import { worldOf } from '../../../sql/sql-world.ts'
import { closest } from '../../../text/similar.ts'
import { type MadeBefore, madeBefore } from '../migrations/made-before.ts'
import type { Migration, Step, WatermelonStore } from '../types.ts'
import { readSql, readStatement } from './read-sql.ts'
import { firstSyntaxProblem, meantTable, missingTable, refusalProblem, type SqlProblem } from './sql-problem.ts'
import { tablesInSql } from './tables-in-sql.ts'

/** A step with static SQL. */
export interface SqlStep {
  readonly store: WatermelonStore
  readonly migration: Migration
  readonly step: Step & { readonly kind: 'sql' }
  readonly text: string
}

/** What is wrong with the SQL of a step; undefined also while SQLite has not answered. */
export function stepProblem(sql: SqlStep, judge: SqlJudge): SqlProblem | undefined {
  const { store, migration, step, text } = sql
  const unreadable = firstSyntaxProblem(text, judge)
  if (unreadable) return unreadable
  const tables = tablesInSql(text)
  const migrations = store.migrationsRead
  if (!migrations || tables.length === 0) return undefined
  const released = store.baseline?.snapshots.filter(one => one.version < (migration.toVersion ?? 0)).at(-1)
  const before = madeBefore(migrations, released, step, migration, tables)
  const known = withoutUnknown(text, parseSql(text), before)
  if (known.trim() === '') return undefined
  return replayProblem({ before: before.sql, text: known, rows: 2, known: () => everyTable(store) }, judge)
}

/** SQL that is run on tables that are known. */
interface Replay {
  /** What has made them. */
  readonly before: readonly string[]
  readonly text: string
  readonly rows: 0 | 2
  /** The names of all tables that there may be. */
  known(): readonly string[]
}

/** What SQLite refuses when the text is run, whatever rows there are. */
export function replayProblem({ before, text, rows, known }: Replay, judge: SqlJudge): SqlProblem | undefined {
  const replayed = judge.ask({ kind: 'replay', steps: [before, [text]], rows, foreignKeys: false })
  const { failure } = replayed ?? {}
  if (!replayed || !failure || failure.step !== 1) return undefined
  const { error } = failure
  const missing = missingTable(error.message)
  if (missing !== undefined) {
    const meant = meantTable(missing, known())
    return meant === undefined ? undefined : refusalProblem(text, failure, error, () => meant)
  }
  if (!isCertain(error.message) && !isAboutShape(error.message)) return undefined
  const world = worldOf(replayed.shape)
  const columns = tablesInSql(text).flatMap(table => world.table(table)?.columns ?? [])
  return refusalProblem(text, failure, error, name => (columns.includes(name) ? undefined : closest(name, columns)))
}

/** What SQLite refuses because of the tables, whatever rows there are in them. */
const isAboutShape = (message: string): boolean =>
  /^duplicate column name: |^(?:table|index|view) .+ already exists$|^there is already (?:another|a) (?:table|index)|^Cannot add a |^cannot drop /s.test(
    message,
  )

/** The text with blanks where a statement speaks of a table that is not known completely. */
function withoutUnknown(text: string, parsed: readonly ParsedStatement[], before: MadeBefore): string {
  const unknown = new Set<string>()
  const made = new Set<string>()
  let known = text
  for (const statement of parsed) {
    const { start, end } = statement
    const own = text.slice(start, end)
    const read = readStatement(statement, text)
    const isMade = read?.kind === 'create-table' && !read.ifNotExists ? foldName(read.table) : undefined
    const isUnknown = tablesInSql(own).some(name => {
      const key = foldName(name)
      return key !== isMade && (unknown.has(key) || (!made.has(key) && !before.isKnown(name)))
    })
    if (isMade !== undefined) (isUnknown ? unknown : made).add(isMade)
    if (isUnknown) {
      if (read?.kind === 'rename-table') unknown.add(foldName(read.to))
      if (read?.kind === 'create-table') unknown.add(foldName(read.table))
      known = known.slice(0, start) + ' '.repeat(end - start) + known.slice(end)
    } else if (read?.kind === 'rename-table') made.add(foldName(read.to))
  }
  return known
}

/** The names of all tables that there ever were, also of those that SQL makes. */
function everyTable(store: WatermelonStore): readonly string[] {
  const steps = (store.migrationsRead?.list ?? []).flatMap(one => one.steps)
  const made = steps.flatMap((step): readonly string[] => {
    if (step.kind === 'create') return [step.table.name.text]
    if (step.kind !== 'sql') return []
    const text = step.sql?.text ?? step.outline ?? ''
    return (readSql(text) ?? []).flatMap(one =>
      one.kind === 'create-table' ? [one.table] : one.kind === 'rename-table' ? [one.to] : [],
    )
  })
  const released = store.baseline?.snapshots.flatMap(one => one.entities.map(entity => entity.name)) ?? []
  return [...store.tableNames(), ...made, ...released]
}
