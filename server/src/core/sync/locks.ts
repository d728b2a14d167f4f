// Flags that keep a drain from running twice at a time: where they are tested, set and released.
import type { Step, StepTest } from '../facts/file-facts.ts'
import type { Value } from '../source/value.ts'
import type { Span } from '../text/span.ts'
import { allSteps, inside, leaves, methodOf, ownValues, pathOf, testValues, waits } from './flow.ts'
import { withCallbacks } from './read-queue.ts'
import type { Called, Drain, OwnFunction, QueueCode } from './types.ts'
import { exclusive } from './words.ts'

/** A flag being set: `this.busy = true`, `setBusy(true)`, `set({ busy: true })`. */
export interface FlagChange {
  /** The flag as one text, the same wherever it is used. */
  readonly flag: string
  readonly value: boolean
  readonly at: Span
}

/** The flag that a step sets. */
export function flagChange(step: Step): FlagChange | undefined {
  if (step.kind === 'set') {
    const flag = step.op === '=' && step.value?.kind === 'boolean' ? flagOf(step.target) : undefined
    return flag !== undefined && step.value?.kind === 'boolean'
      ? { flag, value: step.value.value, at: step.at }
      : undefined
  }
  const method = step.kind === 'do' ? methodOf(step.value) : undefined
  if (!method || step.kind !== 'do' || step.value.kind !== 'call') return undefined
  const [given] = step.value.args
  const setter = method.of === undefined ? /^set([A-Z]\w*)$/.exec(method.name)?.[1] : undefined
  if (setter && given?.kind === 'boolean')
    return { flag: setter[0]!.toLowerCase() + setter.slice(1), value: given.value, at: step.at }
  const isStore = (method.name === 'set' && !method.of) || method.name === 'setState'
  const prop = isStore && given?.kind === 'object' ? given.props.find(one => one.value.kind === 'boolean') : undefined
  return prop?.kind === 'named' && prop.value.kind === 'boolean'
    ? { flag: `state.${prop.name}`, value: prop.value.value, at: step.at }
    : undefined
}

/** A name as a flag: without the number of its scope, as state and its setter may have different ones. */
export const flagOf = (value: Value): string | undefined => pathOf(value)?.replace(/#\d+/g, '')

/** A flag that is tested, and set only after something was waited for. */
export interface LateLock {
  readonly flag: string
  readonly testAt: Span
  /** The statement with the test. */
  readonly guardAt: Span
  readonly waitAt: Span
  readonly setAt: Span
}

/** The late lock of a drain; undefined where it is locked in time, in whatever way. */
export function lateLock(queue: QueueCode, drain: Drain): LateLock | undefined {
  const changes = queue.functions.flatMap(fn =>
    [...allSteps(fn.fact.steps ?? [])].flatMap(step => flagChange(step) ?? []),
  )
  const isFlag = (flag: string | undefined): flag is string =>
    flag !== undefined && [true, false].every(value => changes.some(one => one.flag === flag && one.value === value))
  if (isExclusive(queue, drain)) return undefined
  const found: LateLock[] = []
  let isLockedInTime = false

  type Tested = Map<string, { readonly at: Span; readonly guardAt: Span; waitAt: Span | undefined }>
  const wait = (tested: Tested, value: Value) => {
    if (!waits(value)) return
    for (const one of tested.values()) one.waitAt ??= value.at
  }
  const look = (tested: Tested, test: StepTest, guardAt: Span) => {
    for (const value of testValues(test)) {
      const flag = flagOf(value.kind === 'binary' ? value.left : value)
      if (isFlag(flag)) tested.set(flag, { at: value.at, guardAt, waitAt: undefined })
      else wait(tested, value)
    }
  }
  const visit = (steps: readonly Step[], tested: Tested): void => {
    for (const step of steps) {
      const change = flagChange(step)
      const before = change?.value === true ? tested.get(change.flag) : undefined
      if (change && before) {
        if (before.waitAt && isLock(queue, drain, change))
          found.push({
            flag: change.flag,
            testAt: before.at,
            guardAt: before.guardAt,
            waitAt: before.waitAt,
            setAt: change.at,
          })
        else if (!before.waitAt) isLockedInTime = true
        tested.delete(change.flag)
      }
      if (step.kind === 'if') look(tested, step.test, step.at)
      else for (const value of ownValues(step)) wait(tested, value)
      for (const list of inside(step)) visit(list, leaves(list) ? new Map(tested) : tested)
    }
  }
  visit(drain.steps, new Map())
  return isLockedInTime ? undefined : found[0]
}

/** True for a flag that is set before something is sent, and released behind it. What is set once and stays is none. */
function isLock(queue: QueueCode, drain: Drain, { flag, at }: FlagChange): boolean {
  const own = withCallbacks(queue.reader, drain.fn)
  const isReleased = own.some(fn =>
    [...allSteps(fn.fact.steps ?? [])].some(step => {
      const change = flagChange(step)
      return change?.flag === flag && !change.value && at.end <= change.at.start
    }),
  )
  return isReleased && own.some(fn => fn.calls.some(called => at.end <= called.call.at.start && queue.sends(called)))
}

/** True when something else than a flag lets one drain run at a time. */
function isExclusive(queue: QueueCode, drain: Drain): boolean {
  const own = withCallbacks(queue.reader, drain.fn)
  const isLock = ({ call }: Called) =>
    exclusive.test(methodOf(call)?.name ?? '') || exclusive.test(receiver(call.callee))
  if (own.some(fn => fn.calls.some(isLock))) return true
  // `this.chain = this.chain.then(() => this.drain())`, `mutex.runExclusive(() => this.drain())`
  return queue.functions.some(fn =>
    fn.calls.some(called => {
      const { givenTo } = fn
      if (queue.reader.callee(called) === drain.fn && givenTo && isRow(givenTo)) return true
      return isRow(called.call) && called.call.args.some(argument => isNamed(argument, drain.fn))
    }),
  )
}

const receiver = (callee: Value): string => (callee.kind === 'member' ? (pathOf(callee.of) ?? '') : '')

/** A call that runs what it is given after what was given before. */
function isRow(call: Value): boolean {
  const method = methodOf(call)
  if (!method) return false
  if (exclusive.test(method.name)) return true
  const of = method.of && pathOf(method.of)
  return of !== undefined && /^(?:then|finally|add|run|use|enqueue|push|request)$/.test(method.name)
}

const isNamed = (value: Value, fn: OwnFunction): boolean =>
  (value.kind === 'name' || value.kind === 'member') && value.name !== undefined && fn.names.includes(value.name)
