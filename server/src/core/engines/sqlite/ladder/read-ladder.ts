// Reads the chain of steps by which an app brings a database from one `user_version` to the next.
import type { Numbered } from '../../../catalog/catalog.ts'
import { isTestFile } from '../../../catalog/test-file.ts'
import { contains, type Place } from '../../../text/span.ts'
import { definitionsIn, isWhole } from '../schema/schema-texts.ts'
import type { Ladder, SchemaText, SqlCall, SqliteStore } from '../types.ts'
import { codeInside, type LadderWorld, runsInTransaction } from './code-inside.ts'
import { type LadderDraft, type StepDraft, textsOf, writesOf } from './ladder-draft.ts'
import { looksAround } from './looks-around.ts'
import { readList } from './read-list.ts'
import { readsVersion, versionWritten } from './version-calls.ts'
import { readTest, setIn, type VersionTest } from './version-tests.ts'

/** A ladder, and the texts in it that change the schema, in the order in which they run. */
export interface LadderRead {
  readonly ladder: Ladder
  readonly texts: readonly SchemaText[]
}

/** The ladder of a database; undefined where it has none. */
export function readLadder(world: LadderWorld, store: SqliteStore, calls: readonly SqlCall[]): LadderRead | undefined {
  if (!calls.some(call => readsVersion(call) || versionWritten(call))) return undefined
  const draft = merged(readTests(world, store, calls), readList(world, store, calls))
  if (!draft) return undefined
  const writes = writesOf(world, store, calls, draft)
  const fresh = draft.fresh && {
    texts: textsOf(draft.fresh.calls, draft.fresh.stamp?.value),
    stamp: draft.fresh.stamp,
    at: draft.fresh.at,
  }
  const ladder: Ladder = {
    shape: draft.shape,
    steps: draft.steps.map(one => one.step),
    target: draft.target,
    file: draft.at.file,
    fn: draft.fn,
    at: draft.at,
    fresh,
    writes,
    complete: draft.complete && draft.steps.every(one => one.step.complete),
  }
  const schema = [...(fresh?.texts ?? []), ...ladder.steps.flatMap(step => step.texts)]
  return { ladder, texts: schema.filter(text => definitionsIn(text.sql.text).length > 0) }
}

/** A list of steps may stand behind a branch for new databases. */
function merged(tests: LadderDraft | undefined, list: LadderDraft | undefined): LadderDraft | undefined {
  if (!tests || !list) return tests ?? list
  if (tests.steps.length > 1) return tests
  const [only] = tests.steps
  const fresh = tests.fresh ?? (only && { calls: only.calls, stamp: only.stamp, at: only.step.at })
  return { ...list, fresh, target: tests.target ?? list.target }
}

interface Asked {
  readonly file: string
  readonly test: VersionTest
}

function readTests(world: LadderWorld, store: SqliteStore, calls: readonly SqlCall[]): LadderDraft | undefined {
  const found = filesAround(world, calls).flatMap(file => testsOf(world, file))
  const groups = new Map<string, Asked[]>()
  for (const one of found) {
    const key = `${one.file} ${rootFunction(world, one) ?? 'top'}`
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  const drafts = [...groups.values()].flatMap(group => readGroup(world, store, calls, group) ?? [])
  // The one with most steps is the ladder.
  return drafts.sort((a, b) => b.steps.length - a.steps.length)[0]
}

/** The files that read or write the version, and those that run SQL: the version may be handed on. */
const filesAround = (world: LadderWorld, calls: readonly SqlCall[]): readonly string[] =>
  [...new Set(calls.flatMap(call => [call.at.file, call.handle.file]))].filter(file => !isTestFile(world.scope, file))

const testsOf = ({ scope }: LadderWorld, file: string): readonly Asked[] =>
  (scope.usage(file)?.tests ?? []).flatMap(fact => {
    const test = readTest(scope, file, fact)
    return test ? [{ file, test }] : []
  })

/** The outermost function around a test. */
function rootFunction({ scope }: LadderWorld, { file, test }: Asked): number | undefined {
  const functions = scope.usage(file)?.functions
  let at = test.fact.fn
  while (at !== undefined && functions?.[at]?.parent !== undefined) at = functions[at]?.parent
  return at
}

function readGroup(
  world: LadderWorld,
  store: SqliteStore,
  calls: readonly SqlCall[],
  group: readonly Asked[],
): LadderDraft | undefined {
  const { scope } = world
  const file = group[0]!.file
  const tests = group.map(one => one.test)
  const inner = tests.filter(test => !tests.some(other => other !== test && isAround(test, other)))
  const guards = tests.filter(test => tests.some(other => other !== test && isAround(test, other)))
  // `if (version >= LATEST) return` without another test behind it is no step either, where the list is elsewhere.
  const target =
    guards.find(test => test.kind === 'below' && !test.isLiteral)?.number ??
    guards.find(test => test.kind === 'below')?.number
  const sets = scope.usage(file)?.sets ?? []
  let fresh: LadderDraft['fresh']
  const steps: StepDraft[] = []
  for (const test of inner) {
    const at: Place = { file, span: test.body }
    const code = codeInside(world, store, at, calls)
    if (code.calls.length === 0 && code.complete && inner.length < 2) return undefined
    const set = setIn(scope, file, sets, test)
    const stamp = stampOf(code.calls)
    const written = typeof set === 'object' ? set : stamp
    const isNew =
      test.kind === 'equal' ? test.number.value === 0 : test.number.value === 1 && test.fact.whenFalse !== undefined
    if (
      isNew &&
      written &&
      written.value > 1 &&
      (inner.length > 1 || written.value > (test.kind === 'equal' ? 1 : 0))
    ) {
      fresh ??= { calls: code.calls, stamp: written, at }
      continue
    }
    const version = versionOf(test, set)
    const isTelling =
      test.kind === 'below' || test.isCase || set !== undefined || stamp !== undefined || code.calls.length > 0
    if (!isTelling) continue
    steps.push({
      calls: code.calls,
      stamp,
      step: {
        version,
        at: { file, span: test.fact.test.at },
        body: at,
        texts: textsOf(code.calls, version.value),
        complete: code.complete && code.calls.every(isWhole) && !looksAround(code.calls),
        inTransaction: runsInTransaction(world, store, file, test.body, code.calls, calls),
        advances: advances(test, set, version),
      },
    })
  }
  if (!fresh && !steps.some(one => one.calls.length > 0)) return undefined
  // A branch for new databases may ask in another way than the steps do.
  const first = inner.find(test => steps.some(({ step }) => step.at.span === test.fact.test.at)) ?? inner[0]!
  const root = rootFunction(world, group[0]!)
  const around = root === undefined ? undefined : scope.usage(file)?.functions[root]
  return {
    shape: first.isCase ? 'switch' : first.kind === 'below' ? 'if-below' : 'if-equal',
    steps,
    target,
    fn: first.fact.fn,
    at: { file, span: around?.nameAt ?? first.fact.test.at },
    fresh,
    complete: true,
  }
}

const isAround = (outer: VersionTest, inner: VersionTest): boolean =>
  contains(outer.body, inner.fact.test.at) && contains(outer.body, inner.body) && outer.body !== inner.body

/** Of `if (version === 1) { …; version = 2 }` the version that it sets, else the next one. */
function versionOf(test: VersionTest, set: ReturnType<typeof setIn>): Numbered {
  if (test.kind === 'below') return test.number
  if (typeof set === 'object') return set
  return { value: test.number.value + 1, at: test.number.at }
}

function advances(test: VersionTest, set: ReturnType<typeof setIn>, version: Numbered): boolean {
  if (test.isCase) return test.fact.fallsThrough === true || set !== undefined
  if (typeof set === 'object') return set.value === version.value
  return set !== undefined || test.kind === 'below'
}

/** The version that SQL in the branch writes. */
function stampOf(calls: readonly SqlCall[]): Numbered | undefined {
  for (const call of calls) {
    const at = versionWritten(call)
    const text = at && call.sql?.text.slice(at.start, at.end)
    if (at && text && /^\d+$/.test(text) && !call.sql?.isOpen(at.start, at.end))
      return { value: Number(text), at: call.sql?.source(at.start, at.end) ?? call.at }
  }
  return undefined
}
