// A ladder in the making.
import type { Numbered } from '../../../catalog/catalog.ts'
import { contains, type Place } from '../../../text/span.ts'
import type { Ladder, LadderStep, SchemaText, SqlCall, SqliteStore, VersionWrite } from '../types.ts'
import { type LadderWorld, runsInTransaction } from './code-inside.ts'
import { numberWritten, versionWritten } from './version-calls.ts'

/** A step with all its SQL. */
export interface StepDraft {
  readonly step: LadderStep
  readonly calls: readonly SqlCall[]
  /** The version that its own SQL writes. */
  readonly stamp: Numbered | undefined
}

/** A ladder whose writes are not told yet. */
export interface LadderDraft {
  readonly shape: Ladder['shape']
  readonly steps: readonly StepDraft[]
  readonly target: Numbered | undefined
  readonly fn: number | undefined
  readonly at: Place
  readonly fresh:
    | { readonly calls: readonly SqlCall[]; readonly stamp: Numbered | undefined; readonly at: Place }
    | undefined
  readonly complete: boolean
  /** Where a loop runs the steps of a list. */
  readonly loop?: Place
}

/** The texts of calls, as those of a step. */
export const textsOf = (calls: readonly SqlCall[], version: number | undefined): readonly SchemaText[] =>
  calls.flatMap(call => (call.sql ? [{ call, sql: call.sql, version }] : []))

/** Where the version is written. */
export function writesOf(
  world: LadderWorld,
  store: SqliteStore,
  calls: readonly SqlCall[],
  draft: LadderDraft,
): readonly VersionWrite[] {
  return calls.flatMap(call => {
    if (!versionWritten(call)) return []
    const { file, span } = { file: call.at.file, span: call.call.value.at }
    const own = draft.steps.find(
      ({ step, calls: inside }) => inside.includes(call) || (step.body.file === file && contains(step.body.span, span)),
    )
    return [
      {
        call,
        value: numberWritten(world, call),
        step: own?.step,
        inTransaction: runsInTransaction(world, store, file, span, [call], calls),
      },
    ]
  })
}
