// SQLite answers questions about SQL: in memory, without running what it is asked about.
import type {
  DatabaseShape,
  Failure,
  PlanAnswer,
  PlanQuestion,
  PrepareAnswer,
  PreparedStatement,
  PrepareQuestion,
  ReplayAnswer,
  ReplayQuestion,
  SqlAnswer,
  SqlError,
  SqlQuestion,
} from '../../core/sql/judge.ts'
import { type StatementSpan, splitStatements } from '../../core/sql/split-statements.ts'
import { type Connection, type EncodedSql, loadSqlite, type RawError, type Read, type Sqlite } from './connection.ts'
import { describeDatabase } from './describe-database.ts'
import { placeOfError } from './place-of-error.ts'
import { seedRows } from './seed-rows.ts'

/** So many databases are kept open, by the texts that made them. */
const mostOpen = 6
/** Thousands of steps that one question may take altogether: about a second. */
const ticksPerQuestion = 40_000
/** Rows that a statement of a schema is run to; what it gives is not looked at. */
const rowsRun = 500

/**
 * Loads SQLite out of the bytes of its `sqlite3.wasm`; rejects where WebAssembly is not to be had. What it gives answers
 * at once and never throws. Where SQLite itself breaks on a question (a text made to break it), the answer says nothing:
 * no statements, or a schema that failed as a whole; `onBroken` is told, and nothing is answered any more.
 *
 * An error "not authorized" comes from here, not from the app's SQLite: files are out of reach. "no such module" may be
 * a module that the app has.
 */
export async function createSqliteAnswers(
  wasm: Uint8Array,
  onBroken: (error: unknown) => void = () => {},
): Promise<(question: SqlQuestion) => SqlAnswer> {
  const sqlite = await loadSqlite(wasm)
  const made = createDatabases(sqlite)
  let isBroken = false
  return question => {
    if (isBroken) return nothingKnown(question)
    try {
      return answerQuestion(question, sqlite, made)
    } catch (error) {
      // SQLite in WebAssembly that was thrown out of in the middle cannot be trusted any more.
      isBroken = true
      onBroken(error)
      return nothingKnown(question)
    }
  }
}

function answerQuestion(question: SqlQuestion, sqlite: Sqlite, made: Databases): SqlAnswer {
  switch (question.kind) {
    case 'prepare':
      return prepareAll(made.of(question.schema), question)
    case 'schema': {
      const { connection, failures } = made.of(question.schema)
      return { ...describeDatabase(connection), failures }
    }
    case 'replay':
      return replay(sqlite.open(), question)
    case 'plan':
      return explain(made.of(question.schema).connection, question)
  }
}

/** The answer that nothing can be concluded from. */
function nothingKnown(question: SqlQuestion): SqlAnswer {
  const failure: Failure = { index: 0, start: 0, end: 0, error: { message: 'not authorized' } }
  const shape: DatabaseShape = { tables: [], indexes: [], triggers: [], failures: [failure] }
  switch (question.kind) {
    case 'prepare':
      return { statements: [] }
    case 'schema':
      return shape
    case 'replay':
      return { failure: undefined, shape, userVersion: 0 }
    case 'plan':
      return { rows: [], error: undefined }
  }
}

interface Made {
  readonly connection: Connection
  readonly failures: readonly Failure[]
  /** Views and triggers. */
  readonly elsewhere: ReadonlySet<string>
}

interface Databases {
  /** The database that the texts of `schema` make. */
  of(schema: readonly string[]): Made
}

function createDatabases(sqlite: Sqlite): Databases {
  const open = new Map<string, Made>()
  return {
    of(schema) {
      const key = JSON.stringify(schema)
      const known = open.get(key)
      if (known) {
        open.delete(key)
        open.set(key, known)
        known.connection.allow(ticksPerQuestion)
        return known
      }
      for (const [old, { connection }] of open) {
        if (open.size < mostOpen) break
        connection.close()
        open.delete(old)
      }
      const connection = sqlite.open()
      connection.allow(ticksPerQuestion)
      connection.set('quotedTexts', true)
      const failures = runAll(connection, schema, false)
      const made = { connection, failures, elsewhere: viewsAndTriggers(connection) }
      open.set(key, made)
      connection.allow(ticksPerQuestion)
      return made
    },
  }
}

function prepareAll({ connection, elsewhere }: Made, { sql, quotedTexts }: PrepareQuestion): PrepareAnswer {
  connection.set('quotedTexts', quotedTexts)
  const statements: PreparedStatement[] = []
  connection.withText(sql, text => {
    for (const span of splitStatements(sql)) {
      const { statement, error, reads } = connection.prepare(text, text.toByte(span.start), 'judge')
      if (error?.kind === 'stopped') continue
      statements.push({
        start: span.start,
        end: span.end,
        error: error && toError(error, sql, text, span),
        parameters: statement ? connection.parameters(statement) : [],
        columns: statement ? connection.columns(statement) : [],
        reads: readsOf(reads, elsewhere, sql.slice(span.start, span.end)),
        isReadonly: statement !== 0 && connection.isReadonly(statement),
      })
      connection.finalize(statement)
    }
  })
  return { statements }
}

function explain(connection: Connection, { sql }: PlanQuestion): PlanAnswer {
  const first = splitStatements(sql)[0]
  if (!first) return { rows: [], error: undefined }
  const prefix = 'EXPLAIN QUERY PLAN '
  const statement = prefix + sql.slice(first.start, first.end)
  const [span] = splitStatements(statement)
  connection.set('quotedTexts', true)
  return connection.withText(statement, text => {
    const { statement: compiled, error } = connection.prepare(text, 0, 'judge')
    connection.finalize(compiled)
    if (error && span) {
      const { message, at } = toError(error, statement, text, span)
      const moved = at === undefined ? undefined : Math.max(0, at - prefix.length) + first.start
      return { rows: [], error: moved === undefined ? { message } : { message, at: moved } }
    }
    const rows = connection.rows(statement)
    return {
      rows: rows.map(([id, parent, , detail]) => ({ id: Number(id), parent: Number(parent), detail: String(detail) })),
      error: undefined,
    }
  })
}

function replay(connection: Connection, { steps, rows, foreignKeys }: ReplayQuestion): ReplayAnswer {
  try {
    connection.allow(ticksPerQuestion)
    connection.set('quotedTexts', true)
    connection.set('foreignKeys', foreignKeys)
    let failure: ReplayAnswer['failure']
    for (const [step, texts] of steps.entries()) {
      if (rows > 0) seedRows(connection, rows)
      const [failed] = runAll(connection, texts, true)
      if (!failed) continue
      failure = { ...failed, step }
      break
    }
    connection.allow(ticksPerQuestion)
    const userVersion = Number(connection.rows('PRAGMA user_version')[0]?.[0] ?? 0)
    return { failure, shape: { ...describeDatabase(connection), failures: failure ? [failure] : [] }, userVersion }
  } finally {
    connection.close()
  }
}

/**
 * Runs texts of statements. Gives those that failed: only the first where `stopsAtFirst` says so. What fails when it is
 * run with parameters says nothing, as nobody knows what would be bound.
 */
function runAll(connection: Connection, texts: readonly string[], stopsAtFirst: boolean): Failure[] {
  const failures: Failure[] = []
  for (const [index, sql] of texts.entries()) {
    connection.withText(sql, text => {
      for (const span of splitStatements(sql)) {
        if (stopsAtFirst && failures.length > 0) return
        const { statement, error } = connection.prepare(text, text.toByte(span.start), 'run')
        const failed = error ?? (statement ? connection.run(statement, rowsRun).error : undefined)
        const isKnown = failed && failed.kind !== 'stopped' && (failed === error || !isBound(connection, statement))
        connection.finalize(statement)
        if (!isKnown) continue
        failures.push({ index, start: span.start, end: span.end, error: toError(failed, sql, text, span) })
      }
    })
  }
  return failures
}

const isBound = (connection: Connection, statement: number): boolean => connection.parameters(statement).length > 0

function toError(error: RawError, sql: string, text: EncodedSql, span: StatementSpan): SqlError {
  const { message, byte } = error
  const told = byte < 0 ? undefined : text.toUtf16(text.toByte(span.start) + byte)
  const at = told !== undefined && told <= span.after ? told : placeOfError(message, sql, span)
  return at === undefined ? { message } : { message, at }
}

/**
 * What is read and written in the statement itself: views and triggers read on their own account, and SQLite looks into
 * its own tables for most of what it does.
 */
function readsOf(
  reads: readonly Read[],
  elsewhere: ReadonlySet<string>,
  statement: string,
): PreparedStatement['reads'] {
  const found = new Map<string, PreparedStatement['reads'][number]>()
  const isOfSqlite = (table: string) => /^sqlite_/i.test(table) && !/sqlite_/i.test(statement)
  for (const { table, column, within } of reads)
    if (!elsewhere.has(within) && !isOfSqlite(table)) found.set(JSON.stringify([table, column]), { table, column })
  return [...found.values()]
}

/** The names of views and triggers. */
const viewsAndTriggers = (connection: Connection): ReadonlySet<string> =>
  new Set(
    connection.rows("SELECT name FROM sqlite_schema WHERE type IN ('view', 'trigger')").map(([name]) => String(name)),
  )
