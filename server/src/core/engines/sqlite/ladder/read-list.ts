// Reads a ladder that is a list of steps, which a loop runs: `[{ version: 2, up: async db => … }]`, `[[2, sql]]`.

import type { Numbered } from '../../../catalog/catalog.ts'
import { placeOf } from '../../../catalog/place-of.ts'
import type { Located, Scope } from '../../../catalog/scope.ts'
import type { Place } from '../../../text/span.ts'
import { functionBehind } from '../code/functions.ts'
import { type Possible, possibleValues } from '../code/possible-values.ts'
import { usesOf } from '../code/uses.ts'
import { isWhole } from '../schema/schema-texts.ts'
import type { SqlCall, SqliteStore } from '../types.ts'
import { codeInside, type LadderWorld, runsInTransaction } from './code-inside.ts'
import { type LadderDraft, type StepDraft, textsOf } from './ladder-draft.ts'
import { looksAround } from './looks-around.ts'
import { readsVersion, versionWritten } from './version-calls.ts'

/** Where an element of a list is run. */
interface Run {
  readonly element: Located
  /** The function that the element is or holds, where it is one. */
  readonly fn: { readonly file: string; readonly fn: number } | undefined
  /** The loop's code that runs it. */
  readonly at: Place
}

/** The list of steps of a database; undefined where it has none. */
export function readList(world: LadderWorld, store: SqliteStore, calls: readonly SqlCall[]): LadderDraft | undefined {
  const { scope } = world
  const files = new Set(calls.filter(call => readsVersion(call) || versionWritten(call)).map(call => call.at.file))
  const runs = [...files].flatMap(file => [...runsIn(world, file)])
  for (const call of calls)
    if (call.element && files.has(call.handle.file))
      runs.push({ element: call.element, fn: undefined, at: placeOf(call.handle) })
  const elements = new Map<Located['value'], Run>()
  for (const run of runs) if (!elements.has(run.element.value)) elements.set(run.element.value, run)
  const ordered = [...elements.values()]
  const steps = ordered.flatMap((run, index) => {
    const own = scope.follow(run.element)
    const version = versionOf(scope, own) ?? rankOf(own, index)
    return version ? [readStep(world, store, calls, run, version)] : []
  })
  const [first] = ordered
  if (!first || steps.length === 0 || steps.length !== ordered.length) return undefined
  const fn = scope
    .usage(first.at.file)
    ?.functions.findIndex(one => one.at.start <= first.at.span.start && first.at.span.end <= one.at.end)
  return {
    shape: 'list',
    steps,
    target: undefined,
    fn: fn === undefined || fn < 0 ? undefined : fn,
    at: first.at,
    fresh: undefined,
    complete: true,
    loop: first.at,
  }
}

function* runsIn(world: LadderWorld, file: string): Generator<Run> {
  const { scope } = world
  for (const parts of usesOf(file, scope.usage(file)).calls.values())
    for (const { call } of parts) {
      if (call.callee.kind !== 'member' || call.isNew) continue
      const isGiven = call.args.some(argument => world.handleOf({ value: argument, file }) !== undefined)
      if (!isGiven) continue
      const found = possibleValues(world, { value: call.callee, file })
      const values: readonly Possible[] = found?.values ?? []
      for (const { value, element } of values) {
        const fn = functionBehind(scope, value)
        if (fn && element) yield { element, fn, at: { file, span: call.at } }
      }
    }
}

function readStep(
  world: LadderWorld,
  store: SqliteStore,
  calls: readonly SqlCall[],
  { element, fn, at }: Run,
  version: Numbered,
): StepDraft {
  const { scope } = world
  const whole = placeOf(scope.follow(element))
  const body = fn && scope.usage(fn.file)?.functions[fn.fn]?.at
  const place: Place = fn && body ? { file: fn.file, span: body } : whole
  const code = fn
    ? codeInside(world, store, place, calls)
    : { calls: calls.filter(call => call.element?.value === element.value), complete: true }
  const ownTransaction = fn ? runsInTransaction(world, store, place.file, place.span, code.calls, calls) : undefined
  return {
    calls: code.calls,
    stamp: undefined,
    step: {
      version,
      at: whole,
      body: place,
      texts: textsOf(code.calls, version.value),
      complete: code.complete && code.calls.every(isWhole) && !looksAround(code.calls),
      inTransaction: ownTransaction === true || runsInTransaction(world, store, at.file, at.span, code.calls, calls),
      advances: true,
    },
  }
}

const versionKeys = ['version', 'toVersion', 'to', 'targetVersion', 'v', 'id', 'number']

/** The version that an element says it leads to. */
function versionOf(scope: Scope, element: Located): Numbered | undefined {
  const entries = scope.shape(element)?.entries
  for (const key of versionKeys) {
    const found = entries?.get(key)
    const number = found && scope.number(found.value)
    if (number) return number
  }
  return entries ? undefined : scope.number(scope.items(element)?.items[0])
}

/** Of a list of functions or texts the first leads to version 1. */
const rankOf = ({ value, file }: Located, index: number): Numbered | undefined =>
  value.kind === 'object' || value.kind === 'array' ? undefined : { value: index + 1, at: { file, span: value.at } }
