// Replays the steps of a ladder on rows, and tells what SQLite refuses.
import type { Failure, ReplayAnswer } from '../../../sql/judge.ts'
import type { Place } from '../../../text/span.ts'
import { type AlteredTable, alteredTables } from '../schema/create-table.ts'
import { definitionsIn } from '../schema/schema-texts.ts'
import type { LadderStep, SchemaText, SqliteStore } from '../types.ts'
import { foreignKeysFirst } from './foreign-keys-first.ts'
import { type DeviceRuns, type Run, runsFromStart } from './runs.ts'

/** A statement of a step that fails. */
export interface FailingStep {
  readonly step: LadderStep
  readonly text: SchemaText
  /** The statement in the text. */
  readonly start: number
  readonly end: number
  /** The column that it would add, where it would. */
  readonly altered: AlteredTable | undefined
  readonly message: string
  /** Where the mistake is written. */
  readonly at: Place
  /** True where it fails on tables that hold rows alone. */
  readonly isOnRows: boolean
}

/** What SQLite says of the app's own modules and functions, and of files, says nothing of the app. */
const ofJudge =
  /^not authorized|no such (?:module|function|collation|tokenizer)|unable to|too many|too big|interrupted|out of memory|malformed|disk|vtable|transaction|unknown tokenizer|parse error in/i

/** What may be wrong with what is not known, and not with the step. */
const ofUnknown = /no such |duplicate column name|already exists|already another table|has no column named/i

/** The first statement that fails; undefined where none does, or while SQLite has not answered. */
export function failingStep(store: SqliteStore): FailingStep | undefined {
  const device = runsFromStart(store)
  if (!device) return undefined
  const answer = replayed(store, device.runs, 2)
  const failed = answer?.failure
  if (!failed || ofJudge.test(failed.error.message)) return undefined
  if (ofUnknown.test(failed.error.message) && !isAllKnown(store, device)) return undefined
  const run = device.runs[failed.step]
  const text = run?.sources[failed.index]
  if (!run?.step || !text) return undefined
  const empty = replayed(store, device.runs, 0)
  if (!empty) return undefined
  const isOnRows = empty.failure?.step !== failed.step || empty.failure.start !== failed.start
  const { start, end, error } = failed
  // Whether rows that are copied or changed fit is a matter of what they hold.
  if (isOnRows && definitionsIn(text.sql.text.slice(start, end)).length === 0) return undefined
  const altered = alteredTables(text.sql.text).find(one => one.start === start)
  const at = placeOf(text, failed, altered)
  return at && { step: run.step, text, start, end, altered, message: error.message, at, isOnRows }
}

const replayed = (store: SqliteStore, runs: readonly Run[], rows: 0 | 2): ReplayAnswer | undefined =>
  store.scope.judge.ask({
    kind: 'replay',
    steps: runs.map(run => run.texts),
    rows,
    foreignKeys: foreignKeysFirst(store),
  })

/** What new installs run is all there is. */
const isAllKnown = (store: SqliteStore, { from }: DeviceRuns): boolean =>
  from === 'nothing' && store.schema !== undefined

/** The column that is added, the letters that SQLite points at, or the statement. */
function placeOf({ sql, call }: SchemaText, { start, end, error }: Failure, altered: AlteredTable | undefined): Place {
  const column = altered?.added
  const isOfColumn = column !== undefined && /cannot add|duplicate column/i.test(error.message)
  const own = isOfColumn ? sql.source(column.start, column.end) : undefined
  const token = error.at === undefined ? undefined : wordAt(sql.text, error.at, end)
  return own ?? (token && sql.source(token.start, token.end)) ?? sql.source(start, end) ?? call.at
}

function wordAt(
  text: string,
  start: number,
  end: number,
): { readonly start: number; readonly end: number } | undefined {
  const word = /^(?:[\w$]+|\S)/.exec(text.slice(start, end))?.[0]
  return word ? { start, end: start + word.length } : undefined
}
