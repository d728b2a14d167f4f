// What becomes of an operation that could not be sent.
import type { CatchStep, Step } from '../facts/file-facts.ts'
import { type CallValue, type Value, walkValue } from '../source/value.ts'
import { allSteps, allValues, lastName, methodOf, ownValues, testValues } from './flow.ts'
import type { Drain, QueueCode } from './types.ts'
import { counterName, queueSql, schedules, tells } from './words.ts'

/** Members of an error that tell what kind it is. */
const kinds =
  /^(?:status|statusCode|code|response|name|cause|graphQLErrors|networkError|extensions|errors|isAxiosError|isRetryable|retryable|permanent|isPermanent|type|kind|reason)$/

/** True when the code that sends, or the handler, tells errors apart; where that is not certain too. */
export function isClassified(queue: QueueCode, drain: Drain, handler: CatchStep): boolean {
  if (handler.isTakenApart) return true
  const isError = (value: Value) => value.kind === 'name' && handler.key !== undefined && value.key === handler.key
  const mentionsError = (value: Value): boolean => [...walkValue(value)].some(isError)
  for (const step of allSteps(handler.steps)) {
    const tests = step.kind === 'if' ? testValues(step.test) : step.kind === 'switch' ? [step.subject] : []
    if (tests.some(mentionsError)) return true
    for (const value of ownValues(step))
      for (const part of walkValue(value)) {
        if (part.kind === 'unknown' && !isPause(value)) return true
        if (part.kind === 'member' && mentionsError(part.of) && kinds.test(part.name ?? '')) return true
        if (part.kind === 'conditional' && mentionsError(part.test)) return true
        if (part.kind === 'call' && part.args.some(isError) && !tellsOnly(part)) return true
        if (part.kind === 'object' && part.props.some(prop => isError(prop.value))) return true
      }
    // An error that is kept for later is told apart there.
    if (step.kind === 'set' && step.value && isError(step.value)) return true
  }
  const senders = [drain.fn, ...queue.requests.map(one => senderOf(queue, one.called.file, one.called.fn))]
  return senders.some(fn => fn !== undefined && [...valuesIn(fn.fact.steps)].some(readsKind))
}

/** A call that waits: how long is often computed in a way that is not read. */
const isPause = (value: Value): boolean => {
  const call = value.kind === 'await' ? value.value : value
  return schedules.test(methodOf(call)?.name ?? '')
}

const senderOf = (queue: QueueCode, file: string, fn: number | undefined) =>
  fn === undefined ? undefined : queue.reader.code(file).functions[fn]

const valuesIn = (steps: readonly Step[] | undefined): Iterable<Value> => (steps ? allValues(steps) : [])

const readsKind = (value: Value): boolean =>
  (value.kind === 'member' && /^(?:status|statusCode|graphQLErrors|isAxiosError)$/.test(value.name ?? '')) ||
  (value.kind === 'binary' && value.op === 'instanceof')

/** True for a call that only tells somebody. */
export const tellsOnly = (call: CallValue): boolean => {
  const method = methodOf(call)
  if (!method) return false
  return (
    tells.test(method.name) ||
    (method.of !== undefined && /console|logger|sentry|crashlytics|analytics/i.test(lastName(method.of) ?? ''))
  )
}

/** A comparison of a counter with a limit. */
export function countsUpTo(value: Value): boolean {
  if (value.kind !== 'binary' || !/^(?:>=?|<=?|={2,3})$/.test(value.op)) return false
  return [value.left, value.right].some(side => isCounter(side))
}

export const isCounter = (value: Value): boolean => counterName.test(lastName(value) ?? '')

/** A counter going up. */
export const countsFailure = (step: Step): boolean =>
  step.kind === 'set' && isCounter(step.target) && step.op !== 'declare'

/** True when a step takes something out of the queue. */
export function removes(queue: QueueCode, step: Step): boolean {
  if (step.kind === 'set') {
    if (step.op === 'delete') return [...walkValue(step.target)].some(queue.isQueue)
    return step.op === '=' && queue.isQueue(step.target) && step.value !== undefined && isFiltered(queue, step.value)
  }
  return ownValues(step).some(value => [...walkValue(value)].some(part => isRemoval(queue, part)))
}

function isRemoval(queue: QueueCode, value: Value): boolean {
  const method = methodOf(value)
  if (!method || value.kind !== 'call') return false
  if (method.of && /^(?:shift|splice|pop|remove|delete|dequeue)$/.test(method.name) && queue.isQueue(method.of))
    return true
  if (/^(?:destroyPermanently|markAsDeleted)$/.test(method.name)) return true
  if (method.of && method.name === 'delete' && /^realm$/i.test(lastName(method.of) ?? '')) return true
  const [first] = value.args
  const sql = first && queue.scope.text({ value: first, file: queue.file })?.text
  if (sql !== undefined && /^\s*delete\b/i.test(sql) && queueSql.test(sql)) return true
  return (
    /^set(?:[A-Z]\w*)?$/.test(method.name) &&
    value.args.some(argument => [...walkValue(argument)].some(part => isFiltered(queue, part)))
  )
}

/** `queue.filter(…)`, `queue.slice(1)` */
function isFiltered(queue: QueueCode, value: Value): boolean {
  const method = methodOf(value)
  return method?.of !== undefined && /^(?:filter|slice)$/.test(method.name) && queue.isQueue(method.of)
}

/** Every call in a list of steps, with those in branches. */
export function* callsIn(steps: readonly Step[]): Generator<CallValue> {
  for (const value of allValues(steps)) if (value.kind === 'call') yield value
}
