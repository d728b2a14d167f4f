// The SQL of a call as SQLite takes it.
import type { PreparedStatement } from '../../../sql/judge.ts'
import { type ParsedStatement, parseSql } from '../../../sql/parse-sql.ts'
import { type SqlWorld, worldOf } from '../../../sql/sql-world.ts'
import type { Place } from '../../../text/span.ts'
import type { SqlCall, SqlInCode, SqliteStore } from '../types.ts'

/** A statement that SQLite was asked about. */
export interface JudgedStatement {
  readonly parsed: ParsedStatement
  readonly prepared: PreparedStatement
}

/** The text of a call, where all of its letters are known. */
export function wholeText({ sql }: SqlCall): string | undefined {
  return sql && !sql.parts.some(part => part.isHole) ? sql.text : undefined
}

/** True for what makes or changes the schema: it is judged as a step of it, and not against what comes of it. */
export const isDefinition = (sql: string): boolean => /^\s*(?:create|alter|drop)\b/i.test(sql)

/** What SQLite says of each statement; undefined while it has not answered, or where the text is not known. */
export function judged(
  { sql: call, scope }: SqlInCode,
  schema: readonly string[],
): readonly JudgedStatement[] | undefined {
  const text = wholeText(call)
  if (text === undefined || text.trim() === '') return undefined
  const answer = scope.judge.ask({ kind: 'prepare', schema, sql: text, quotedTexts: true })
  if (!answer) return undefined
  const parsed = parseSql(text)
  return answer.statements.flatMap(prepared => {
    const own = parsed.find(one => one.start === prepared.start)
    return own ? [{ parsed: own, prepared }] : []
  })
}

/** A database whose every name is known. */
export interface KnownDatabase {
  readonly store: SqliteStore
  readonly schema: readonly string[]
  readonly world: SqlWorld
  /** Tables of modules that SQLite was not built with here: they may be there on the device. In lower case. */
  readonly opaque: ReadonlySet<string>
}

/**
 * The database of a call, where names in it can be judged by the schema as it is now: not in a migration, which speaks of
 * the schema as it was, and not where tables are made at run time or attached.
 */
export function databaseOf(call: SqlCall): KnownDatabase | undefined {
  const { store } = call
  const { schema, shape } = store ?? {}
  if (!store || !schema || !shape || schema.length === 0 || isInMigration(store, call)) return undefined
  const opaque = new Set<string>()
  for (const { index, start, end, error } of shape.failures) {
    const made = /^create\s+virtual\s+table\s+(?:if\s+not\s+exists\s+)?["'`[]?([\w$]+)/i.exec(
      schema[index]?.slice(start, end) ?? '',
    )
    // What fails for another reason is a finding of its own, and what it would have made is not known.
    if (!made || !/no such module/.test(error.message)) {
      if (!/already exists/.test(error.message)) return undefined
    } else opaque.add(made[1]!.toLowerCase())
  }
  return { store, schema, world: worldOf(shape), opaque }
}

/** True for what runs in a step of the versions, or where the database is made: it speaks of tables as they were then. */
export function isInMigration({ ladder, schemaTexts }: SqliteStore, call: SqlCall): boolean {
  if (schemaTexts.some(text => text.call === call)) return true
  const isIn = (place: Place | undefined) =>
    place !== undefined &&
    place.file === call.at.file &&
    place.span.start <= call.at.span.start &&
    call.at.span.end <= place.span.end
  return ladder !== undefined && [ladder.at, ladder.fresh?.at, ...ladder.steps.map(step => step.body)].some(isIn)
}
