// What is wrong with a chain of steps, whatever its SQL says.
import type { Numbered } from '../../../catalog/catalog.ts'
import type { Scope } from '../../../catalog/scope.ts'
import type { SetFact } from '../../../facts/file-facts.ts'
import type { Related } from '../../../rules/rule.ts'
import { contains, type Place, sameSpan } from '../../../text/span.ts'
import type { Ladder, LadderStep, SqliteStore } from '../types.ts'
import { runnerSkips } from './runner-skips.ts'
import { readsVersion, versionWritten } from './version-calls.ts'
import { readTest, type VersionTest } from './version-tests.ts'

/** One fault, and what mends it: a number to be written instead, or a variable to be set at the end of a branch. */
export interface LadderFault {
  readonly at: Place
  readonly message: string
  readonly related: readonly Related[]
  readonly mend?:
    | { readonly kind: 'number'; readonly number: Numbered; readonly to: number }
    | { readonly kind: 'advance'; readonly step: LadderStep; readonly variable: string }
}

/** The faults of the ladder of a database. */
export function* ladderFaults(store: SqliteStore): Generator<LadderFault> {
  const { ladder, scope } = store
  if (!ladder || ladder.steps.length === 0) return
  const tested = ladder.steps.map(step => ({ step, test: testOf(scope, step) }))
  yield* duplicates(scope, ladder, tested)
  if (ladder.shape !== 'list' && ladder.shape !== 'if-below') {
    yield* stops(store, ladder, tested)
    yield* holes(ladder, tested)
  }
  yield* zeros(store, ladder)
  yield* lowTargets(ladder)
  yield* neverWritten(store, ladder)
}

interface Tested {
  readonly step: LadderStep
  readonly test: VersionTest | undefined
}

/** The test of a step, read again. */
function testOf(scope: Scope, { at, body }: LadderStep): VersionTest | undefined {
  for (const fact of scope.usage(at.file)?.tests ?? []) {
    if (!sameSpan(fact.test.at, at.span)) continue
    const test = readTest(scope, at.file, fact)
    // All cases of a switch ask the same.
    if (test && sameSpan(test.body, body.span)) return test
  }
  return undefined
}

/** Two steps for one version. */
function* duplicates(scope: Scope, { shape, steps }: Ladder, tested: readonly Tested[]): Generator<LadderFault> {
  const top = Math.max(...steps.map(step => step.version.value))
  for (const [index, step] of steps.entries()) {
    const first = steps.findIndex(one => one.version.value === step.version.value)
    if (first === index || first < 0) continue
    const { test } = tested[first] ?? {}
    // Tests for versions below one are all true until the variable is advanced.
    if (shape !== 'list' && !(test && setAfter(scope, steps[first]!, test))) continue
    const { value } = step.version
    const at = shape === 'list' ? step.version.at : step.at
    const isLast = index === steps.length - 1 && shape === 'list' && value === top
    yield {
      at,
      message:
        shape === 'list'
          ? `Two steps lead to version ${value}: phones that are at ${value} since the first of them never run this one. Give it a version of its own.`
          : `Another step has led on from here already, so this one never runs: the version is not the one that is asked for any more.`,
      related: [{ at: steps[first]!.at, message: `The first step to version ${value}` }],
      ...(isLast && { mend: { kind: 'number', number: step.version, to: value + 1 } }),
    }
  }
}

const setAfter = (scope: Scope, step: LadderStep, test: VersionTest): SetFact | undefined =>
  scope
    .usage(step.body.file)
    ?.sets?.find(
      one => one.target.kind === 'name' && one.target.name === test.variable && contains(step.body.span, one.at),
    )

/** A step that does not advance the variable which the next one asks. */
function* stops(store: SqliteStore, ladder: Ladder, tested: readonly Tested[]): Generator<LadderFault> {
  const { scope } = store
  if (tested.every(one => one.step.advances) || isRepeated(store, ladder, tested)) return
  for (const [index, { step, test }] of tested.entries()) {
    if (step.advances || !test) continue
    const next = tested
      .slice(index + 1)
      .find(one => one.test?.kind === 'equal' && one.test.number.value === step.version.value)
    if (!next?.test || next.test.variable !== test.variable || next.step.at.file !== step.at.file) continue
    const { value } = step.version
    yield {
      at: placeOf(step, test),
      message: `Nothing sets "${test.variable}" to ${value} in this step, so the next one does not run: an update over several versions stops after one, and what the later steps add is missing. ${test.isCase ? 'Let the case lead into the next one.' : `Set it at the end of the step.`}`,
      related: [{ at: placeOf(next.step, next.test), message: `The step to version ${next.step.version.value}` }],
      ...(!test.isCase &&
        isAssignable(scope, step, test) && { mend: { kind: 'advance', step, variable: test.variable } }),
    }
  }
}

/** The test, or the number of a case. */
const placeOf = ({ at }: LadderStep, { isCase, number }: VersionTest): Place => (isCase ? number.at : at)

/** A constant cannot be advanced. */
function isAssignable(scope: Scope, { at }: LadderStep, { fact }: VersionTest): boolean {
  const { test } = fact
  const sides = test.kind === 'binary' ? [test.left, test.right] : []
  const name = sides.find(side => side.kind === 'name' && side.key !== undefined)
  const sets = scope.usage(at.file)?.sets ?? []
  return name?.kind === 'name' && sets.some(one => one.target.kind === 'name' && one.target.key === name.key)
}

/** True where the steps may run again and again: in a loop, or the variable is set between them. */
function isRepeated({ scope, calls }: SqliteStore, { file }: Ladder, tested: readonly Tested[]): boolean {
  const bodies = tested.map(({ step }) => step.body.span)
  const variables = new Set(tested.map(({ test }) => test?.variable))
  const between = (scope.usage(file)?.sets ?? []).some(
    one => one.target.kind === 'name' && variables.has(one.target.name) && !bodies.some(body => contains(body, one.at)),
  )
  const reads = calls.filter(call => readsVersion(call))
  return between || reads.length === 0 || reads.some(call => call.at.file !== file || call.fact.isConditional)
}

/** A version that a step leads to and none leads on from, below one that is asked for. */
function* holes({ steps, fresh, writes }: Ladder, tested: readonly Tested[]): Generator<LadderFault> {
  const numbers = tested.flatMap(({ test }) => (test?.kind === 'equal' ? [test.number.value] : []))
  if (numbers.length !== steps.length) return
  const reached = new Set<number | undefined>([
    0,
    fresh?.stamp?.value,
    ...steps.map(step => step.version.value),
    ...writes.map(write => write.value),
  ])
  for (const { step, test } of tested) {
    const asked = test?.number.value
    if (asked === undefined || reached.has(asked)) continue
    const stuck = steps.map(one => one.version.value).filter(value => value < asked && !numbers.includes(value))
    if (stuck.length === 0) continue
    const value = Math.max(...stuck)
    yield {
      at: test ? placeOf(step, test) : step.at,
      message: `No step leads to version ${asked}, so phones at version ${value} never run this one and the ones behind it. Let a step lead from ${value} to ${asked}.`,
      related: [{ at: steps.find(one => one.version.value === value)!.at, message: `The step to version ${value}` }],
    }
  }
}

/** A step of a list that no phone is below of. */
function* zeros({ scope }: SqliteStore, ladder: Ladder): Generator<LadderFault> {
  if (ladder.shape !== 'list') return
  const skips = runnerSkips(scope, ladder)
  for (const { version } of ladder.steps)
    if (skips && version.value <= 0)
      yield {
        at: version.at,
        message: `A new database has version 0, and only steps above the version are run: this one never runs, and what it makes is missing on every new install. Versions begin with 1.`,
        related: [{ at: skips, message: 'The steps that are run' }],
      }
}

/** A version that is asked for, or written in the end, below the last step. */
function* lowTargets({ steps, target, fresh, writes, shape }: Ladder): Generator<LadderFault> {
  const top = steps.reduce((most, one) => (one.version.value > most.version.value ? one : most))
  const { value } = top.version
  const related = [{ at: top.at, message: `The step to version ${value}` }]
  if (target && target.value < value)
    yield {
      at: target.at,
      message: `The steps go up to version ${value}, and the code stops at ${target.value}: the last of them never run on phones that have version ${target.value}. Raise it to ${value}.`,
      related,
      mend: { kind: 'number', number: target, to: value },
    }
  if (shape === 'list' || target) return
  const inFresh = new Set(fresh?.texts.map(text => text.call))
  for (const { call, step, value: written } of writes) {
    if (step || written === undefined || written >= value || inFresh.has(call)) continue
    const at = versionWritten(call)
    const place = at && call.sql?.place(at.start, at.end)
    if (!place || call.at.file !== top.at.file || place.span.start < top.at.span.start) continue
    yield {
      at: place,
      message: `The steps go up to version ${value}, and ${written} is written in the end: the steps above ${written} run again at every start. Write ${value}.`,
      related,
      mend: { kind: 'number', number: { value: written, at: place }, to: value },
    }
  }
}

/** Steps that run again at every start. */
function* neverWritten({ calls, schema }: SqliteStore, ladder: Ladder): Generator<LadderFault> {
  const { writes, steps, complete, file } = ladder
  if (writes.length > 0 || !complete || schema === undefined) return
  const isKnown = calls.every(
    ({ sql }) => sql !== undefined && !sql.parts.some(part => part.isHole && /^\s*(?:pragma|qholeq)/i.test(sql.text)),
  )
  const read = calls.find(call => readsVersion(call) && call.at.file === file)
  const [first] = steps
  if (!isKnown || !read || !first) return
  yield {
    at: read.at,
    message:
      'Steps are chosen by "user_version", and nothing ever writes it: it stays 0, and all steps run again at every start. Run "PRAGMA user_version = …" with the last step.',
    related: [{ at: first.at, message: 'The first step' }],
  }
}
