// Mends a step that fails: a default for the column, or the table made anew.
import type { Fix, FixContext } from '../../../rules/rule.ts'
import { styleOf } from '../../../write/style.ts'
import { columnNamed, tableNamed } from '../schema/differences.ts'
import type { SqliteStore } from '../types.ts'
import { sqlLiteral } from './call-pattern.ts'
import type { FailingStep } from './failing-step.ts'
import { mayEnforce } from './prove.ts'
import { rebuildTable } from './rebuild-table.ts'
import { runsFromStart } from './runs.ts'
import { zeroOf } from './zero-of.ts'

/** The fixes that SQLite takes, the plainest first. */
export function mendStep(store: SqliteStore, failing: FailingStep, context: FixContext): readonly Fix[] {
  return [withDefault(store, failing, context), withRebuild(store, failing, context)].filter(one => one !== undefined)
}

/** `DEFAULT 0` behind a column that may not be empty. */
function withDefault(store: SqliteStore, failing: FailingStep, context: FixContext): Fix | undefined {
  const { text, altered, message } = failing
  const column = altered?.added
  if (!column || !/NOT NULL column with default value NULL/i.test(message)) return undefined
  const definition = text.sql.text.slice(column.start, column.end)
  const zero = zeroOf(column.type?.text ?? '')
  const plain = definition.replace(/\s+default\s+null\b/i, '')
  const changed = `${plain} DEFAULT ${zero}`
  const sql = text.sql.text.slice(0, column.start) + changed + text.sql.text.slice(column.end)
  if (!works(store, failing, sql)) return undefined
  const edit = rewritten(failing, column.start, column.end, changed, sql, context)
  return edit && { title: `Add DEFAULT ${zero}`, safe: false, edits: [edit] }
}

/** The table as the statement would have it, made anew. */
function withRebuild(store: SqliteStore, failing: FailingStep, context: FixContext): Fix | undefined {
  const { text, altered, step, start, end } = failing
  const column = altered?.added
  if (!column || text.call.method.runs !== 'all' || !/^cannot add/i.test(failing.message)) return undefined
  const device = runsFromStart(store)
  const index = device?.runs.findIndex(run => run.step === step) ?? -1
  if (!device || index < 0) return undefined
  const at = device.runs[index]!.sources.indexOf(text)
  const before = [
    ...device.runs.slice(0, index).map(run => run.texts),
    [...device.runs[index]!.texts.slice(0, at), text.sql.text.slice(0, start)],
  ]
  const answer = store.scope.judge.ask({ kind: 'replay', steps: before, rows: 2, foreignKeys: false })
  const old = answer && tableNamed(answer.shape, altered.table.text)
  if (!answer || !old || columnNamed(old, column.name.text) || mayEnforce(store)) return undefined
  const definition = text.sql.text.slice(column.start, column.end)
  const made = store.scope.judge.ask({ kind: 'schema', schema: [withColumnIn(old.sql, definition)] })
  const to = made && tableNamed(made, old.name)
  const statements = to && rebuildTable(old, to, { ...answer.shape, tables: answer.shape.tables })
  if (!statements) return undefined
  const plain = statements.map(one => one.trim()).join(';\n')
  const sql = text.sql.text.slice(0, start) + plain + text.sql.text.slice(end)
  if (!works(store, failing, sql)) return undefined
  const edit = rewritten(failing, start, end, plain, sql, context)
  return edit && { title: `Make "${old.name}" anew with the column`, safe: false, edits: [edit] }
}

const withColumnIn = (sql: string, definition: string): string => {
  const end = sql.lastIndexOf(')')
  return `${sql.slice(0, end)}, ${definition}${sql.slice(end)}`
}

/** True where all steps up to the mended one go through. */
function works(store: SqliteStore, { text, step }: FailingStep, sql: string): boolean {
  const runs = runsFromStart(store)?.runs ?? []
  const index = runs.findIndex(run => run.step === step)
  const steps = runs.slice(0, index + 1).map(run => run.texts.map((one, i) => (run.sources[i] === text ? sql : one)))
  const answer = store.scope.judge.ask({ kind: 'replay', steps, rows: 2, foreignKeys: false })
  return answer !== undefined && answer.failure === undefined
}

/** The edit of the letters; of the whole literal where its quotes are in the way. */
function rewritten(
  { text: { sql } }: FailingStep,
  start: number,
  end: number,
  by: string,
  whole: string,
  context: FixContext,
) {
  const place = sql.place(start, end)
  const part = sql.parts.find(one => one.literal && one.start <= start && end <= one.end)
  const source = part?.literal && context.text(part.literal.file)
  if (!place || !part?.literal || source === undefined) return undefined
  // A file of SQL has no quotes around it.
  const quote = part.literal.file.endsWith('.sql') ? '' : source[part.literal.span.start]!
  if (quote === '') return { file: place.file, start: place.span.start, end: place.span.end, text: by }
  const isPlain = !by.includes(quote) && !/[\\\n]|\$\{/.test(by)
  if (isPlain || (quote === '`' && !/[`\\]|\$\{/.test(by)))
    return { file: place.file, start: place.span.start, end: place.span.end, text: by }
  // A text that is put together of several parts cannot be written as one.
  if (sql.parts.length !== 1) return undefined
  const { file, span } = part.literal
  return { file, start: span.start, end: span.end, text: sqlLiteral([whole.trim()], styleOf(source)) }
}
