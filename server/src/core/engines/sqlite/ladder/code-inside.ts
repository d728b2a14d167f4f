// The SQL that runs where a stretch of code does, also in the functions that it calls.
import type { Located } from '../../../catalog/scope.ts'
import { contains, type Place, type Span } from '../../../text/span.ts'
import type { Callers } from '../code/callers.ts'
import { methodBehind } from '../code/classes.ts'
import type { CodeWorld } from '../code/code-world.ts'
import { functionBehind, nameOfFunction } from '../code/functions.ts'
import { callsIt } from '../code/possible-values.ts'
import { type CallPart, usesOf } from '../code/uses.ts'
import type { SqlCall, SqliteStore } from '../types.ts'

/** What ladders are read with. */
export interface LadderWorld extends CodeWorld {
  readonly callers: Callers
}

/** What runs in a stretch of code, in its order. */
export interface CodeInside {
  readonly calls: readonly SqlCall[]
  /** False where a database is given to something that cannot be followed, or where SQL may fail without a word. */
  readonly complete: boolean
}

const deepest = 4

/** The SQL of `store` that runs in `place`. */
export function codeInside(world: LadderWorld, store: SqliteStore, place: Place, all: readonly SqlCall[]): CodeInside {
  const reading: Reading = { world, store, all, calls: [], complete: true, seen: new Set() }
  read(reading, place, 0)
  return { calls: reading.calls, complete: reading.complete }
}

interface Reading {
  readonly world: LadderWorld
  readonly store: SqliteStore
  readonly all: readonly SqlCall[]
  readonly calls: SqlCall[]
  complete: boolean
  readonly seen: Set<string>
}

function read(r: Reading, { file, span }: Place, depth: number): void {
  const { world } = r
  const { scope } = world
  const usage = scope.usage(file)
  if (!usage) return
  // What a `catch` swallows may fail, and the code goes on.
  const mayFail = usage.functions.some(fn =>
    fn.catches.some(one => !one.rethrows && contains(span, one.tryAt) && one.tryAt.start < one.tryAt.end),
  )
  if (mayFail) r.complete = false
  const own = r.all.filter(call => call.at.file === file && contains(span, call.call.value.at))
  const events: { readonly at: number; run(): void }[] = own.map(call => ({
    at: call.call.value.argsAt.start,
    run: () => void r.calls.push(call),
  }))
  for (const parts of usesOf(file, usage).calls.values())
    for (const part of parts) {
      if (!contains(span, part.call.at) || own.some(call => call.call.value === part.call)) continue
      events.push({ at: part.call.argsAt.start, run: () => follow(r, part, depth) })
    }
  for (const event of events.sort((a, b) => a.at - b.at)) event.run()
}

function follow(r: Reading, { call, file }: CallPart, depth: number): void {
  const { scope } = r.world
  const found = functionBehind(scope, { value: call.callee, file })
  if (found) {
    enter(r, found.file, found.fn, depth)
    return
  }
  const { callee } = call
  const method = methodBehind(scope, { value: callee, file })
  const fn = method && (scope.usage(method.file)?.functions.indexOf(method.fact) ?? -1)
  if (method && fn !== undefined && fn >= 0) {
    enter(r, method.file, fn, depth)
    return
  }
  const isGiven = call.args.some(argument => {
    const located: Located = { value: argument, file }
    return /^(?:name|member)$/.test(argument.kind) && r.world.handleOf(located)?.kind !== undefined
  })
  if (isGiven) r.complete = false
}

/** Reads the body of a function. */
function enter(r: Reading, file: string, fn: number, depth: number): void {
  const id = `${file} ${fn}`
  const body = r.world.scope.usage(file)?.functions[fn]?.at
  if (!body || r.seen.has(id)) return
  if (depth >= deepest) {
    r.complete = false
    return
  }
  r.seen.add(id)
  read(r, { file, span: body }, depth + 1)
}

/** True where code at `span`, with its `calls`, runs in a transaction; undefined where that is not known. `all` is all SQL around. */
export function runsInTransaction(
  world: LadderWorld,
  store: SqliteStore,
  file: string,
  span: Span,
  calls: readonly SqlCall[],
  all: readonly SqlCall[],
  depth = 0,
): boolean | undefined {
  const { scope } = world
  if (calls.length > 0 && calls.every(call => call.transaction !== undefined)) return true
  const bodies = store.transactions.flatMap(one => (one.body ? [one.body] : []))
  const functions = scope.usage(file)?.functions ?? []
  const around = functions
    .map((fn, id) => ({ fn, id }))
    .filter(one => contains(one.fn.at, span))
    .sort((a, b) => a.fn.at.end - a.fn.at.start - (b.fn.at.end - b.fn.at.start))
  if (around.some(({ id }) => bodies.some(body => body.file === file && body.fn === id))) return true
  // A transaction that is written in SQL begins somewhere before.
  if (beginsInSql(all)) return undefined
  if (calls.some(call => /\bbegin\b[^;]*;/i.test(call.sql?.text ?? ''))) return undefined
  const inside = store.transactions.some(one => one.call.file === file && contains(span, one.call.value.at))
  if (inside) return undefined
  if (depth > 3) return undefined
  const outer = around.at(-1)
  if (!outer) return false
  const name = nameOfFunction(scope, file, outer.id)
  if (name === undefined) return false
  const callers = world.callers.calls(name).filter(part => callsIt(world, part, file, outer.id))
  for (const { call, file: at } of callers) {
    if (at === file && contains(outer.fn.at, call.at)) continue
    const found = runsInTransaction(world, store, at, call.at, [], all, depth + 1)
    if (found !== false) return found
  }
  return false
}

const begun = new WeakMap<readonly SqlCall[], boolean>()

/** True where some of the calls begins a transaction by itself. */
function beginsInSql(all: readonly SqlCall[]): boolean {
  const known = begun.get(all) ?? all.some(call => /^\s*(?:begin|savepoint)\b/i.test(call.sql?.text ?? ''))
  begun.set(all, known)
  return known
}
