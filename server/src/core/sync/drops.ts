// Operations that are given up because they failed too often, and kept nowhere.
import type { CatchStep, Step } from '../facts/file-facts.ts'
import { type CallValue, type Value, walkValue } from '../source/value.ts'
import type { Span } from '../text/span.ts'
import { callsIn, countsUpTo, isClassified, isCounter, removes, tellsOnly } from './failures.ts'
import { allSteps, lastName, methodOf, pathOf, testValues } from './flow.ts'
import { persistName, persistOf } from './read-persist.ts'
import { withCallbacks } from './read-queue.ts'
import type { Drain, OwnFunction, QueueCode } from './types.ts'
import { schedules } from './words.ts'

/** Where an operation is given up. */
export interface GivenUp {
  readonly at: Span
  /** The statement that takes it out, where there is one. */
  readonly taken?: Span
  /** The operation, where it goes by a name. */
  readonly of?: Value | undefined
}

/** What takes an operation out for good because of a counter alone. */
export function* drops(queue: QueueCode, drain: Drain, handler: CatchStep): Generator<GivenUp> {
  if (isClassified(queue, drain, handler)) return
  const left = leftOut(queue, drain, handler)
  if (left) yield { at: left }
  if ([...callsIn(handler.steps)].some(call => keeps(queue, drain, call))) return
  if (marks(handler.steps)) return
  for (const step of allSteps(handler.steps)) {
    if (step.kind !== 'if' || !onlyCounts(step)) continue
    for (const inner of allSteps(step.whenTrue))
      if (removes(queue, inner)) yield { at: inner.at, taken: inner.at, of: counted(step) }
  }
}

/**
 * The condition by which an operation gets into the list that is stored as the new queue: where the counter is too high it
 * gets nowhere.
 */
function leftOut(queue: QueueCode, drain: Drain, handler: CatchStep): Span | undefined {
  for (const step of allSteps(handler.steps)) {
    if (step.kind !== 'if' || !onlyCounts(step)) continue
    for (const [kept, other] of [
      [step.whenTrue, step.whenFalse],
      [step.whenFalse, step.whenTrue],
    ] as const) {
      const lists = [...callsIn(kept)].flatMap(call => {
        const method = methodOf(call)
        return method?.name === 'push' && method.of ? (pathOf(method.of) ?? []) : []
      })
      const isNewQueue = lists.some(list => becomesQueue(queue, drain, list))
      const rest = [...callsIn(handler.steps)].filter(call => ![...callsIn(kept)].includes(call))
      if (isNewQueue && !other.some(one => one.kind === 'leave') && !rest.some(call => keeps(queue, drain, call)))
        return step.test.at
    }
  }
  return undefined
}

/** True when the list is stored, or put in the place of the queue, by the drain. */
function becomesQueue(queue: QueueCode, drain: Drain, list: string): boolean {
  const isList = (value: Value) => [...walkValue(value)].some(part => pathOf(part) === list)
  const isStored = queue.persists.some(
    ({ called }) => called.fn === drain.fn.id && called.file === drain.fn.file && called.call.args.some(isList),
  )
  return (
    isStored ||
    [...allSteps(drain.steps)].some(
      step => step.kind === 'set' && step.op === '=' && queue.isQueue(step.target) && step.value && isList(step.value),
    ) ||
    [...callsIn(drain.steps)].some(call => persistName.test(methodOf(call)?.name ?? '') && call.args.some(isList))
  )
}

/** `operation` of `operation.retryCount >= 3` */
function counted(step: Extract<Step, { kind: 'if' }>): Value | undefined {
  const [value] = testValues(step.test)
  if (value?.kind !== 'binary') return undefined
  const counter = [value.left, value.right].find(isCounter)
  return counter?.kind === 'member' ? counter.of : undefined
}

/** True for a condition that asks a counter and nothing else. */
function onlyCounts(step: Extract<Step, { kind: 'if' }>): boolean {
  const values = testValues(step.test)
  return step.test.kind === 'is' && values.length === 1 && values.every(countsUpTo)
}

/** True for a call that may keep the operation somewhere. */
function keeps(queue: QueueCode, drain: Drain, call: CallValue): boolean {
  const method = methodOf(call)
  if (!method) return true
  const { name, of } = method
  const called = drain.fn.calls.find(one => one.call === call)
  const callee = called && queue.reader.callee(called)
  if (callee && callee !== drain.fn && keepsSomething(queue, callee)) return true
  if (tellsOnly(call) || schedules.test(name)) return false
  if (of && queue.isQueue(of)) return false
  if (/^(?:Math|Date|JSON|Object|Number|String)$/.test((of && lastName(of)) ?? '')) return false
  if (drain.fn.names.includes(name) || (!of && /^set(?:[A-Z]\w*)?$/.test(name))) return false
  // Storing the queue itself, which no longer has it, keeps nothing.
  if (persistName.test(name) && call.args.every(argument => [...walkValue(argument)].some(queue.isQueue))) return false
  if (queue.persists.some(one => one.called.call === call && one.by === 'sql')) return false
  return true
}

/** True for a function that stores or collects something, whatever it is called; one that only stores the queue is not meant. */
function keepsSomething(queue: QueueCode, fn: OwnFunction): boolean {
  return withCallbacks(queue.reader, fn).some(one =>
    one.calls.some(called => {
      const method = methodOf(called.call)
      if (method?.name === 'push') return true
      const persist = persistOf(queue.scope, queue.reader, called)
      return persist !== undefined && !called.call.args.some(argument => [...walkValue(argument)].some(queue.isQueue))
    }),
  )
}

/** `operation.status = 'failed'`: it is marked, and so it is kept. */
const marks = (steps: readonly Step[]): boolean =>
  [...allSteps(steps)].some(
    step =>
      step.kind === 'set' && step.target.kind === 'member' && step.value?.kind === 'string' && !isCounter(step.target),
  )
