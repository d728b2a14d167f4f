// Replays a new step before it is offered: on rows, on devices of every kind, and against the database of new installs.
import type { DatabaseShape, ReplayAnswer, SqlJudge } from '../../../sql/judge.ts'
import { differences } from '../schema/differences.ts'
import { definitionsIn } from '../schema/schema-texts.ts'
import type { SqliteStore } from '../types.ts'
import { catchUp } from './catch-up.ts'
import { type DeviceRuns, type Run, runsFromRelease, runsFromStart, runsOfNew, wholeFresh } from './runs.ts'

/** What a new step must do, replayed; or why there is none. Undefined while SQLite has not answered. */
export type Proved =
  | { readonly statements: readonly string[]; readonly notes: readonly string[] }
  | { readonly problem: string }

/** True where foreign keys may be enforced while a migration runs. */
export const mayEnforce = ({ calls }: SqliteStore): boolean =>
  calls.some(({ sql }) => !sql || /\bforeign_keys\s*(?:=|\()\s*(?!0|off|false|no)/i.test(sql.text))

/** The statements that give devices what the code makes for new installs, and they lack. */
export function missingStatements(store: SqliteStore): Proved | undefined {
  const { judge } = store.scope
  const fresh = runsOfNew(store)
  if (!fresh)
    return { problem: `Some of the SQL of "${store.name}" cannot be read, so nothing tells what phones lack.` }
  const made = replay(judge, fresh)
  if (!made) return undefined
  if (made.failure) return { problem: `New installs fail already: ${made.failure.error.message}.` }
  // The steps tell of defaults and indexes, which a snapshot does not.
  const kinds = [ladderRuns(store), runsFromRelease(store)].filter(one => one !== undefined)
  const [first] = kinds
  if (!first)
    return {
      problem:
        'No released schema is known, so nothing tells what phones lack. Take a schema snapshot at each release.',
    }
  for (const device of kinds) {
    const old = replay(judge, device.runs)
    if (!old) return undefined
    if (old.failure)
      return { problem: `A step that is there already fails: ${old.failure.error.message}. Mend it first.` }
    const details = device.from !== 'release'
    const found = catchUp(old.shape, made.shape, { isEnforced: mayEnforce(store), details })
    if ('problem' in found || found.statements.length > 0)
      return 'problem' in found ? found : proved(store, device, found, { shape: made.shape, details })
  }
  return { problem: 'Nothing is missing: phones that update get all that new installs have.' }
}

/** A ladder by itself tells what devices have where new installs are made in another way. */
const ladderRuns = (store: SqliteStore): DeviceRuns | undefined =>
  store.ladder?.fresh ? runsFromStart(store) : undefined

/** The statements where they do what they should; a problem where they fail on rows or for new installs. */
function proved(
  store: SqliteStore,
  { runs }: DeviceRuns,
  found: { readonly statements: readonly string[]; readonly notes: readonly string[] },
  wanted: { readonly shape: DatabaseShape; readonly details: boolean },
): Proved | undefined {
  const answer = replay(store.scope.judge, withStep(runs, found.statements))
  if (!answer) return undefined
  if (answer.failure) return { problem: `The step would fail on phones with data: ${answer.failure.error.message}.` }
  const left = differences(answer.shape, wanted.shape, { details: wanted.details }).filter(one => one.is !== 'extra')
  if (left.length > 0)
    return { problem: `No statement gives phones what new installs have of "${left[0]!.table}": make it anew by hand.` }
  return newInstallsStay(store, found)
}

/** The same where the step does no harm to new installs. */
export function newInstallsStay<T extends { readonly statements: readonly string[] }>(
  store: SqliteStore,
  found: T,
): T | { readonly problem: string } | undefined {
  // Where a branch of their own makes new databases, they are stamped with the new version and skip the step.
  if (wholeFresh(store)) return found
  const fresh = runsOfNew(store)
  const answer = fresh && replay(store.scope.judge, withStep(fresh, found.statements))
  if (!answer) return undefined
  return answer.failure
    ? {
        problem: `New installs run all steps, so the step would fail there: ${answer.failure.error.message}. What is new belongs into the step alone.`,
      }
    : found
}

/** What the database of a device is after it ran all this. Undefined while SQLite has not answered. */
export const replay = (judge: SqlJudge, runs: readonly Run[]): ReplayAnswer | undefined =>
  judge.ask({ kind: 'replay', steps: runs.map(run => run.texts), rows: 2, foreignKeys: false })

/** The runs with another step, before what runs whatever the version is. */
export function withStep(runs: readonly Run[], statements: readonly string[]): readonly Run[] {
  const last = runs.at(-1)
  const own: Run = { texts: statements, sources: [], step: undefined }
  const isBase = last !== undefined && last.step === undefined && last.sources.length > 0 && runs.length > 1
  // What comes last and makes indexes may need what the step adds; what makes tables may be needed by the step.
  const isFirst = isBase && !last.texts.some(sql => definitionsIn(sql).some(one => one.kind === 'table'))
  return isFirst ? [...runs.slice(0, -1), own, last] : [...runs, own]
}
