// Reads `onMigration`: what it does with the old realm and the new one, through loops and helper functions.
import { placeOf } from '../../../catalog/place-of.ts'
import type { Located } from '../../../catalog/scope.ts'
import type { CallFact, FunctionFact, UsageFacts } from '../../../facts/file-facts.ts'
import type { CallValue, Value } from '../../../source/value.ts'
import { contains, type Span } from '../../../text/span.ts'
import { isGiven } from '../openings/read-opening.ts'
import type { MigrationBranch, MigrationCall, MigrationRead, MigrationStep, Opening } from '../types.ts'
import { majorFor } from '../versions.ts'
import { callsIn, insideOf, isHarmless, iterating } from './callbacks.ts'
import { calledFunction } from './called-function.ts'
import { given, type Meaning, type MigrationWorld, meaningKey, meaningOf } from './meaning.ts'
import { readsIn } from './reads-in.ts'
import { versionBranch } from './version-branch.ts'

/** The migration of an opening; undefined where none is given, or none that can be followed. */
export function readMigration(world: MigrationWorld, opening: Opening): MigrationRead | undefined {
  const { scope } = world
  const major = majorFor(scope, opening.at.file)
  // Realm 10 called it `migration`; later versions do not look at that.
  const entry = opening.entries.get(major !== undefined && major < 11 ? 'migration' : 'onMigration')
  if (!entry || !isGiven(scope, entry)) return undefined
  const found = scope.follow(entry.value)
  if (found.value.kind !== 'function') return undefined
  const { file } = found
  const { id } = found.value
  const fn = scope.usage(file)?.functions[id]
  if (!fn) return undefined
  const reading = createReading(world)
  const realms: readonly Meaning[] = [
    { kind: 'realm', realm: 'old' },
    { kind: 'realm', realm: 'new' },
  ]
  readFunction(reading, { file, id }, realms, { isGuarded: false, toVersion: undefined }, 0)
  const nameOf = (index: number) => {
    const [key, ...more] = fn.params[index] ?? []
    const isOne = key !== undefined && more.length === 0 && !isTakenVersion(world, file, key)
    return isOne ? scope.binding(file, key)?.name : undefined
  }
  const { steps } = reading
  const isNew = (step: MigrationStep) => step.realm === 'new'
  return {
    entry,
    file,
    fn: id,
    oldName: nameOf(0),
    newName: nameOf(1),
    branches: reading.branches,
    complete: reading.complete,
    steps,
    calls: reading.calls,
    assigned: new Set(
      steps
        .filter(step => isNew(step) && step.kind !== 'delete-model')
        .map(step => `${step.className}.${step.property}`),
    ),
    deleted: new Set(steps.filter(step => isNew(step) && step.kind === 'delete-model').map(step => step.className)),
  }
}

interface Reading {
  readonly world: MigrationWorld
  readonly meanings: Map<string, Meaning>
  readonly branches: MigrationBranch[]
  readonly steps: MigrationStep[]
  readonly calls: MigrationCall[]
  /** Functions that are being read, against those that call themselves. */
  readonly open: Set<string>
  complete: boolean
}

const createReading = (world: MigrationWorld): Reading => ({
  world,
  meanings: new Map(),
  branches: [],
  steps: [],
  calls: [],
  open: new Set(),
  complete: true,
})

/** A function by its file and its id there. */
interface FunctionRef {
  readonly file: string
  readonly id: number
}

interface Guard {
  readonly isGuarded: boolean
  readonly toVersion: number | undefined
}

/** Helpers that call helpers deeper than this are not followed. */
const deepest = 4

function readFunction(
  r: Reading,
  ref: FunctionRef,
  args: readonly (Meaning | undefined)[],
  around: Guard,
  depth: number,
) {
  const { file, id } = ref
  const usage = r.world.scope.usage(file)
  const fn = usage?.functions[id]
  const name = `${file}#${id}`
  if (!usage || !fn?.bodyAt || depth > deepest || r.open.has(name)) {
    r.complete = false
    return
  }
  r.open.add(name)
  bind(r, file, fn, args)
  readBody(r, file, usage, id, around, depth)
  r.open.delete(name)
}

/** Tells what the parameters stand for. Of one that is taken apart, `{ oldRealm, newRealm }`, see `bindParts`. */
function bind(r: Reading, file: string, fn: FunctionFact, args: readonly (Meaning | undefined)[]): void {
  fn.params.forEach((keys, index) => {
    const meaning = args[index]
    for (const key of meaning ? keys : []) {
      const isVersion = isTakenVersion(r.world, file, key)
      if (meaning?.kind === 'realm' && isVersion) r.meanings.set(meaningKey(file, key), { ...meaning, kind: 'version' })
      else if (meaning && keys.length === 1) r.meanings.set(meaningKey(file, key), meaning)
    }
  })
}

/** `({ schemaVersion }) => …`: the name says what was taken out of the realm. */
const isTakenVersion = ({ scope }: MigrationWorld, file: string, key: string): boolean =>
  scope.binding(file, key)?.name === 'schemaVersion'

/** Tells what the names stand for that a parameter takes an object apart into. */
function bindParts(r: Reading, file: string, fn: FunctionFact, call: Located<CallValue>): void {
  fn.params.forEach((keys, index) => {
    const argument = call.value.args[index]
    if (!argument || argument.kind === 'spread') return
    const shape = r.world.scope.shape({ value: argument, file: call.file })
    for (const key of keys) {
      const part = shape?.entries.get(r.world.scope.binding(file, key)?.name ?? '')
      const meaning = part && meaningOf(r.world, r.meanings, part.value)
      if (meaning) r.meanings.set(meaningKey(file, key), meaning)
    }
  })
}

function readBody(r: Reading, file: string, usage: UsageFacts, id: number, around: Guard, depth: number): void {
  const isInside = insideOf(usage, id)
  bindCallbacks(r, file, usage, isInside)
  const guards: { readonly at: Span; readonly toVersion: number | undefined }[] = []
  for (const test of usage.tests ?? []) {
    const branch = isInside(test.fn) ? versionBranch(r.world, r.meanings, file, test) : undefined
    if (!branch) continue
    guards.push(branch)
    r.branches.push({ toVersion: branch.toVersion, at: { file, span: branch.at } })
  }
  // Under a name that does not say what it is, the version may be asked for in ways that are not told.
  const outer = hidesVersion(r, file, isInside) ? { isGuarded: true, toVersion: undefined } : around
  const guardAt = (at: Span): Guard => {
    const inner = guards.filter(guard => contains(guard.at, at)).at(-1)
    return inner ? { isGuarded: true, toVersion: inner.toVersion } : outer
  }
  for (const fact of usage.calls)
    if (isInside(fact.fn))
      for (const call of callsIn(fact.value)) readCall(r, { value: call, file }, fact, guardAt(call.at), depth)
  for (const { target, value, fn, at } of usage.assigns)
    if (isInside(fn) && target.kind === 'member') {
      const of = meaningOf(r.world, r.meanings, { value: target.of, file })
      if (of?.kind === 'plain') continue
      const property =
        target.name ?? r.world.scope.text(given(r.meanings, target.index && { value: target.index, file }))?.text
      if (of?.kind !== 'row' || of.className === undefined) r.complete = false
      else
        step(
          r,
          'assign',
          of,
          property ?? '*',
          { value, file },
          { file, span: at },
          { file, span: target.nameAt },
          guardAt(at),
        )
    }
}

function hidesVersion(r: Reading, file: string, isInside: (fn: number | undefined) => boolean): boolean {
  const bindings = Object.values(r.world.scope.module(file)?.bindings ?? {})
  return bindings.some(({ name, value, fn }) => {
    if (!value || !isInside(fn) || /version/i.test(name)) return false
    const meaning = meaningOf(r.world, r.meanings, { value, file })
    return meaning?.kind === 'version' && meaning.realm === 'old'
  })
}

function step(
  r: Reading,
  kind: MigrationStep['kind'],
  of: Meaning & { readonly kind: 'row' | 'rows' },
  property: string,
  value: Located | undefined,
  at: MigrationStep['at'],
  nameAt: MigrationStep['nameAt'],
  guard: Guard,
): void {
  if (of.className === undefined) r.complete = false
  else {
    const reads = value ? readsIn(r.world, r.meanings, value) : []
    r.steps.push({ kind, realm: of.realm, className: of.className, property, value, at, nameAt, ...guard, reads })
  }
}

/** Tells of each callback of `rows.forEach(row => …)` that its parameter is a row. */
function bindCallbacks(
  r: Reading,
  file: string,
  usage: UsageFacts,
  isInside: (fn: number | undefined) => boolean,
): void {
  for (const fact of usage.calls) {
    if (!isInside(fact.fn)) continue
    for (const { callee, args } of callsIn(fact.value)) {
      if (callee.kind !== 'member' || !iterating.has(callee.name ?? '')) continue
      const of = meaningOf(r.world, r.meanings, { value: callee.of, file })
      const [callback] = args
      if (of?.kind !== 'rows' || callback?.kind !== 'function') continue
      const [row] = usage.functions[callback.id]?.params ?? []
      const [key] = row ?? []
      if (key !== undefined && row?.length === 1) r.meanings.set(meaningKey(file, key), { ...of, kind: 'row' })
    }
  }
}

function readCall(r: Reading, call: Located<CallValue>, fact: CallFact, guard: Guard, depth: number): void {
  const { world, meanings } = r
  const { file } = call
  const { callee, args } = call.value
  const located = (value: Value): Located => ({ value, file })
  const at = { file, span: call.value.at }
  const of = callee.kind === 'member' ? meaningOf(world, meanings, located(callee.of)) : undefined
  const method = callee.kind === 'member' ? callee.name : undefined
  if (of?.kind === 'realm' && method !== undefined) {
    const [first, values] = args
    const className = world.classNamed(given(meanings, first && located(first)))
    r.calls.push({ realm: of.realm, method, className, call, fact })
    const rows = { kind: 'row', realm: of.realm, className: className?.text } as const
    if (method === 'deleteModel') step(r, 'delete-model', rows, '*', undefined, at, className?.at, guard)
    if (method === 'create') {
      const shape = values && world.scope.shape(located(values))
      const isWhole = !shape?.complete
      for (const entry of shape?.entries.values() ?? [])
        step(r, 'create', rows, entry.name, entry.value, entry.at, entry.nameAt, guard)
      if (isWhole) step(r, 'create', rows, '*', values && located(values), at, undefined, guard)
    }
    return
  }
  const isAssign =
    method === 'assign' && callee.kind === 'member' && callee.of.kind === 'name' && callee.of.name === 'Object'
  const target = isAssign && args[0] ? meaningOf(world, meanings, located(args[0])) : undefined
  if (target?.kind === 'row') {
    const shape = args.length === 2 ? world.scope.shape(located(args[1]!)) : undefined
    for (const entry of shape?.entries.values() ?? [])
      step(r, 'assign', target, entry.name, entry.value, entry.at, entry.nameAt, guard)
    if (!shape?.complete) step(r, 'assign', target, '*', undefined, at, undefined, guard)
    return
  }
  if (callee.kind === 'member' && callee.of.kind === 'member' && filling.has(callee.name ?? '')) {
    const row = meaningOf(world, meanings, located(callee.of.of))
    if (row?.kind === 'row' && callee.of.name !== undefined) {
      step(r, 'assign', row, callee.of.name, undefined, at, { file, span: callee.of.nameAt }, guard)
      return
    }
  }
  if (of?.kind === 'rows' && method === 'update') {
    const property = world.scope.text(args[0] && located(args[0]))?.text
    step(r, 'assign', of, property ?? '*', args[1] && located(args[1]), at, args[0] && placeOf(located(args[0])), guard)
    return
  }
  readHelper(r, call, fact, of, guard, depth)
}

/** Methods that put something into the collection that a property holds. */
const filling = new Set(['push', 'unshift', 'splice', 'add', 'set'])

/** A call of a function of the app that is given a realm or rows. */
function readHelper(
  r: Reading,
  call: Located<CallValue>,
  fact: CallFact,
  of: Meaning | undefined,
  guard: Guard,
  depth: number,
): void {
  const { world, meanings } = r
  const { callee, args } = call.value
  const { file } = call
  const told = args.map((value): Meaning | undefined => {
    if (value.kind === 'spread') return undefined
    const meaning = meaningOf(world, meanings, { value, file })
    return meaning?.kind === 'plain'
      ? { kind: 'plain', located: given(meanings, { value, file }) ?? { value, file } }
      : meaning
  })
  const isRealms = (meaning: Meaning | undefined) =>
    meaning !== undefined && meaning.kind !== 'plain' && meaning.kind !== 'version' && meaning.realm === 'new'
  const holds = args.some(value => {
    const shape = value.kind === 'object' ? world.scope.shape({ value, file }) : undefined
    return [...(shape?.entries.values() ?? [])].some(entry => isRealms(meaningOf(world, meanings, entry.value)))
  })
  const isIteration = of?.kind === 'rows' && callee.kind === 'member' && iterating.has(callee.name ?? '')
  const found = calledFunction(world.scope, { value: isIteration && args[0] ? args[0] : callee, file }, fact.fn)
  if (isIteration) {
    // A callback that is written here is read with the code around it.
    if (args[0]?.kind === 'function') return
    if (found.value.kind === 'function')
      readFunction(r, { file: found.file, id: found.value.id }, [{ ...of, kind: 'row' }], guard, depth + 1)
    else if (of.realm === 'new') r.complete = false
    return
  }
  if (of?.kind === 'rows' || of?.kind === 'row') {
    return
  }
  if (isHarmless(callee)) return
  const wantsReading = told.some(isRealms) || holds
  if (found.value.kind !== 'function') {
    if (wantsReading) r.complete = false
    return
  }
  const ref = { file: found.file, id: found.value.id }
  const fn = world.scope.usage(ref.file)?.functions[ref.id]
  // Functions written in this one may use its realms without being given them.
  const isLocal = ref.file === file && fn?.parent !== undefined
  if (fn && holds) bindParts(r, ref.file, fn, call)
  if (wantsReading || isLocal || told.some(one => one?.kind === 'realm')) readFunction(r, ref, told, guard, depth + 1)
}
