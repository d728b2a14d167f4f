// How the gates of each store stand, from what tests are marked for and what runs of tests have brought.
import type { Gate, GateState, StoreGates } from '../../../../shared/gates.ts'
import { type GateName, gateNames } from './gates.ts'
import { shortLine } from './one-line.ts'
import { gateMark, type Mark } from './read-marks.ts'
import type { Outcome, TestRun } from './results.ts'

/** A store as its gates see it. */
export interface TestedStore {
  readonly engine: string
  readonly name: string
  readonly version: number | undefined
  /** Where its schema is. */
  readonly file: string
  /** The package that it is in. */
  readonly packageRoot: string
  readonly isVersioned: boolean
  readonly syncs: boolean
  /** All files that say what it holds, and those of its sync layer: tests that ran before one of them changed prove nothing. */
  readonly tested: readonly TimedFile[]
}

/** A file and when it was last changed, in whole milliseconds since 1970. */
export interface TimedFile {
  readonly file: string
  readonly changedAt: number
}

/** A test file that is marked for gates. */
export interface MarkedTest extends TimedFile {
  readonly packageRoot: string
  readonly marks: readonly Mark[]
}

/** The result file of one run, read: `outcomes` by the path of the test file. */
export interface ReadRun {
  /** When the run began; where that is not known, when its file was written. */
  readonly ranAt: number
  readonly outcomes: ReadonlyMap<string, Outcome>
}

/** When a run counts as made: never later than its file, which a copy may make younger than it is. */
export const ranAt = (run: TestRun, writtenAt: number): number => Math.min(run.startedAt ?? writtenAt, writtenAt)

/** Everything that is judged. `told` shortens a path for the report. */
export interface Judging {
  readonly stores: readonly TestedStore[]
  readonly tests: readonly MarkedTest[]
  readonly runs: readonly ReadRun[]
  readonly told: (file: string) => string
}

/** The gates of all stores, sorted by engine and name. */
export function judgeGates(judging: Judging): readonly StoreGates[] {
  const { stores, told } = judging
  return stores
    .map(store => ({
      engine: store.engine,
      name: store.name,
      version: store.version ?? null,
      file: told(store.file),
      gates: gateNames.map(gate => judgeGate(gate, store, judging)),
    }))
    .sort((a, b) => compare(a.engine, b.engine) || compare(a.name, b.name) || compare(a.file, b.file))
}

/** True when the gate concerns the store. */
export const concerns = (gate: GateName, store: Pick<TestedStore, 'isVersioned' | 'syncs'>): boolean =>
  gate === 'migrations' ? store.isVersioned : store.syncs

/** The test files that are marked for a gate of a store, by path; those that may mean several stores are `unclear`. */
export function testsFor(
  gate: GateName,
  store: TestedStore,
  { stores, tests }: Pick<Judging, 'stores' | 'tests'>,
): { readonly clear: readonly MarkedTest[]; readonly unclear: readonly MarkedTest[] } {
  const rivals = (test: MarkedTest) =>
    stores.filter(one => one !== store && one.packageRoot === test.packageRoot && concerns(gate, one))
  const isOwn = (test: MarkedTest) => test.packageRoot === store.packageRoot
  const marked = tests.filter(test => test.marks.some(mark => mark.gates.includes(gate)))
  const named = marked.filter(test => test.marks.some(mark => mark.gates.includes(gate) && mark.store === store.name))
  const nameless = marked.filter(
    test => isOwn(test) && test.marks.some(mark => mark.gates.includes(gate) && mark.store === undefined),
  )
  const byPath = (list: readonly MarkedTest[]) => [...new Set(list)].sort((a, b) => compare(a.file, b.file))
  return {
    clear: byPath([...named, ...nameless.filter(test => rivals(test).length === 0)]),
    unclear: byPath(nameless.filter(test => rivals(test).length > 0 && !named.includes(test))),
  }
}

function judgeGate(gate: GateName, store: TestedStore, judging: Judging): Gate {
  if (!concerns(gate, store))
    return { gate, state: gate === 'migrations' ? 'nothing to migrate' : 'does not sync', tests: [] }
  const { told } = judging
  const { clear, unclear } = testsFor(gate, store, judging)
  const [first] = unclear
  if (clear.length === 0)
    return {
      gate,
      state: 'missing',
      tests: [],
      message: first
        ? `${told(first.file)} does not say which store it tests: "${gateMark}: ${gate} for ${shortLine(store.name)}".`
        : `No test is marked with "${gateMark}: ${gate}".`,
    }
  const judged = clear.map(test => judgeTest(test, store, judging))
  const worst = worstFirst.map(state => judged.find(one => one.state === state)).find(one => one !== undefined)
  return {
    gate,
    state: worst?.state ?? 'passed',
    tests: clear.map(({ file }) => ({ file: told(file) })),
    ...(worst && { message: worst.message }),
  }
}

interface Judged {
  readonly state: GateState
  readonly message: string
}

/** Every marked test must have passed: the first of these that one of them is in tells of the gate. */
const worstFirst: readonly GateState[] = ['failed', 'outdated', 'not run']

function judgeTest(test: MarkedTest, store: TestedStore, { runs, told }: Judging): Judged {
  const name = told(test.file)
  const telling = runs.filter(run => run.outcomes.has(test.file))
  if (runs.length === 0) return { state: 'not run', message: 'There are no results of a test run.' }
  if (telling.length === 0) return { state: 'not run', message: `The results do not tell of ${name}.` }
  const newest = [test, ...store.tested].reduce((a, b) => (b.changedAt > a.changedAt ? b : a))
  const current = telling.filter(run => run.ranAt >= newest.changedAt)
  if (current.length === 0)
    return { state: 'outdated', message: `${told(newest.file)} was changed after the tests of ${name} ran.` }
  const outcomes = current.flatMap(run => run.outcomes.get(test.file) ?? [])
  const sum = (of: 'passed' | 'failed') => outcomes.reduce((total, outcome) => total + outcome[of], 0)
  if (sum('failed') > 0) return { state: 'failed', message: failureIn(name, sum('failed'), outcomes) }
  if (sum('passed') === 0) return { state: 'not run', message: `All tests in ${name} were skipped.` }
  return { state: 'passed', message: '' }
}

function failureIn(name: string, failed: number, outcomes: readonly Outcome[]): string {
  const title = outcomes.find(outcome => outcome.failed > 0)?.failure
  const count = failed === 1 ? '1 test failed' : `${failed} tests failed`
  return `${count} in ${name}${title ? `: ${shortLine(title)}` : ''}.`
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
