// Where pushChanges hides that the server refused: then the rows count as sent.

import { nameOfCall } from '../../../catalog/call-index.ts'
import type { CallFact, CatchFact, FunctionFact, UsageFacts } from '../../../facts/file-facts.ts'
import { type CallValue, type Value, walkValue } from '../../../source/value.ts'
import { contains, type Place, type Span } from '../../../text/span.ts'
import type { CodeOfFile } from '../types.ts'
import { callIndex } from './call-index.ts'
import { type FunctionRef, functionFact, functionRef } from './read-sync.ts'
import { promised } from './read-writer.ts'

/** A place where an error of the server is lost. */
export type Swallowed =
  | { readonly kind: 'catch'; readonly at: Place; readonly clause: CatchFact; readonly isAsync: boolean }
  /** A response of `fetch` that nobody looks at; `into` is the name that holds it. */
  | {
      readonly kind: 'fetch'
      readonly at: Place
      readonly call: CallValue
      readonly use: CallFact['use']
      readonly into: string | undefined
      readonly isAsync: boolean
    }

/** Objects and functions that report, and never throw. */
const reporters =
  /^(?:console|\w*[lL]ogger|log|Log|Sentry|Alert|[tT]oast|Bugsnag|crashlytics|JSON|String|Number|Object)$/
const reporting = /^(?:set[A-Z]\w*|alert|captureException|log|log[A-Z]\w*|String|Number|toast)$/
const sending = /^(?:post|put|patch|delete|request|mutate)$/

/** All such places in a push function, in functions inside it, and in functions that it hands its work to. */
export function swallowedErrors(code: CodeOfFile, push: FunctionRef): readonly Swallowed[] {
  const inside = readPush(code, push, true)
  const usage = code.scope.usage(push.file)
  const delegates = (usage?.calls ?? []).flatMap(fact => {
    const value = promised(fact.value)
    if (fact.fn !== push.id || value.kind !== 'call') return []
    if (fact.use !== 'awaited' && fact.use !== 'returned') return []
    return functionRef(code, { value: value.callee, file: push.file }, push.id) ?? []
  })
  return [
    ...inside,
    ...delegates.flatMap(ref => (isWithin(usage?.functions, ref, push) ? [] : readPush(code, ref, false))),
  ]
}

const isWithin = (functions: readonly FunctionFact[] | undefined, ref: FunctionRef, outer: FunctionRef): boolean => {
  if (ref.file !== outer.file) return false
  for (let at: number | undefined = ref.id; at !== undefined; at = functions?.[at]?.parent)
    if (at === outer.id) return true
  return false
}

function readPush(code: CodeOfFile, ref: FunctionRef, isPush: boolean): readonly Swallowed[] {
  const { file } = ref
  const usage = code.scope.usage(file)
  const fn = functionFact(code, ref)
  if (!usage || !fn || fn.isGenerator || code.scope.isBroken(file)) return []
  const ids = usage.functions.flatMap((_, id) => (isWithin(usage.functions, { file, id }, ref) ? [id] : []))
  // A variable that is set later may carry the error out.
  const bindings = Object.values(code.scope.module(file)?.bindings ?? {})
  const isOpen = bindings.some(
    one => one.kind === 'let' && one.value === undefined && one.fn !== undefined && ids.includes(one.fn),
  )
  if (isOpen || (fn.throws && bindings.some(one => one.kind === 'let' && one.value === undefined))) return []
  return ids.flatMap(id => {
    const one = usage.functions[id]
    const isOwn = id === ref.id && isPush
    if (!one || !(isOwn ? one.returns.every(value => saysNothing(code, file, value)) : one.returns.length === 0))
      return []
    const facts = callIndex(usage).byFunction.get(id) ?? []
    return [...catches(usage, facts, one, file), ...responses(usage.calls, facts, one, file, isOwn)]
  })
}

/** True for what synchronize() takes for success: all but `experimentalRejectedIds`. */
function saysNothing(code: CodeOfFile, file: string, value: Value): boolean {
  if (/^(?:string|number|boolean|null|undefined)$/.test(value.kind)) return true
  if (isFetch(value)) return true
  const shape = value.kind === 'object' ? code.scope.shape({ value, file }) : undefined
  return shape?.complete === true && !shape.entries.has('experimentalRejectedIds')
}

const isFetch = (value: Value): boolean =>
  value.kind === 'call' &&
  !value.isNew &&
  value.callee.kind === 'name' &&
  value.callee.name === 'fetch' &&
  value.callee.key === undefined

function catches(usage: UsageFacts, facts: readonly CallFact[], fn: FunctionFact, file: string): readonly Swallowed[] {
  return fn.catches.flatMap((clause): readonly Swallowed[] => {
    if (clause.rethrows) return []
    const sends = facts.some(fact => isIn(fact.value.at, clause) && fact.use !== 'statement' && isSending(fact.value))
    const inCatch = usage.calls.filter(fact => contains(clause.at, fact.value.at))
    const isQuiet =
      inCatch.every(fact => isReport(fact.value)) && !usage.assigns.some(one => contains(clause.at, one.at))
    const span = { start: clause.at.start, end: clause.at.start + 'catch'.length }
    return sends && isQuiet ? [{ kind: 'catch', at: { file, span }, clause, isAsync: fn.isAsync }] : []
  })
}

/** True for a call in the `try` block, and for the one that `.catch()` is called on. */
const isIn = (at: Span, clause: CatchFact): boolean =>
  contains(clause.tryAt, at) || (contains(at, clause.tryAt) && contains(at, clause.at))

function isSending(value: Value): boolean {
  const core = promised(value)
  if (core.kind !== 'call') return false
  const name = nameOfCall(core)
  const root = rootName(core.callee)
  if (isFetch(core)) return true
  return (
    core.callee.kind === 'member' &&
    name !== undefined &&
    sending.test(name) &&
    !/analytics|log|track|metric|sentry/i.test(root ?? '')
  )
}

function rootName(value: Value): string | undefined {
  if (value.kind === 'member') return rootName(value.of)
  if (value.kind === 'call') return rootName(value.callee)
  return value.kind === 'name' ? value.name : undefined
}

/** True for a call that only tells somebody. */
function isReport(value: Value): boolean {
  if (value.kind !== 'call') return false
  const root = rootName(value.callee) ?? ''
  return value.callee.kind === 'name' ? reporting.test(root) : reporters.test(root)
}

function responses(
  all: readonly CallFact[],
  facts: readonly CallFact[],
  fn: FunctionFact,
  file: string,
  isPush: boolean,
): readonly Swallowed[] {
  return facts.flatMap((fact): readonly Swallowed[] => {
    const { value, use, into } = fact
    if (value.kind !== 'call' || !isFetch(value)) return []
    const isDropped = fact.isDropped || use === 'statement' || (use === 'returned' && isPush)
    if (!isDropped && (use !== 'awaited' || into === undefined || fn.throws || isLookedAt(all, facts, into))) return []
    return [{ kind: 'fetch', at: { file, span: value.callee.at }, call: value, use, into, isAsync: fn.isAsync }]
  })
}

/** True when the response may be tested somewhere: given to a function, or one of the calls may throw. */
function isLookedAt(all: readonly CallFact[], facts: readonly CallFact[], into: string): boolean {
  const isResponse = (value: Value): boolean => value.kind === 'name' && value.key === into
  const isPlain = (fact: CallFact): boolean => {
    const { value } = fact
    if (isFetch(value) || isReport(value)) return true
    return (
      value.kind === 'call' &&
      value.callee.kind === 'member' &&
      isResponse(value.callee.of) &&
      /^(?:json|text|blob)$/.test(value.callee.name ?? '')
    )
  }
  if (!facts.every(isPlain)) return true
  return all.some(fact =>
    [...walkValue(fact.value)].some(part => part.kind === 'call' && !isReport(part) && part.args.some(isResponse)),
  )
}
