// What failed is not tried again, or again at once, or always after the same time.
import type { CatchStep, Step } from '../../facts/file-facts.ts'
import type { Rule } from '../../rules/rule.ts'
import type { Value } from '../../source/value.ts'
import { partOf } from '../../text/inner-span.ts'
import type { Span } from '../../text/span.ts'
import { queueApp } from '../example-queue.ts'
import { callsIn, isClassified, removes } from '../failures.ts'
import { allSteps, allValues, inside, lastName, methodOf } from '../flow.ts'
import { forQueues } from '../generated-layer.ts'
import { callsOf, restarts } from '../triggers.ts'
import type { Drain, QueueCode } from '../types.ts'
import { schedules } from '../words.ts'

export const noBackoff: Rule<QueueCode, never> = {
  id: 'sync/no-backoff',
  severity: 'warning',
  on: 'queue',
  docs: {
    what: 'After an error a queue stops and nothing starts it again, or it tries again at once, or always after the same time.',
    why: 'Either nothing is sent until the person does something new, or all phones ask a server that is down again and again, at the same moments.',
    fix: 'Start the queue again after a time that grows with each failure and has a random part: `random(0, min(cap, base * 2 ** attempts))`.',
  },
  *check(queue) {
    const [drain] = queue.drains
    if (!drain || queue.drains.length > 1) return
    const { file } = drain.fn
    for (const handler of drain.catches) {
      const constant = constantDelay(queue, handler)
      if (constant) {
        yield {
          at: { file, span: constant },
          message:
            'Every attempt waits for the same time: phones that lost the server together come back together, again and again. Let it grow with each failure, with a random part.',
        }
        continue
      }
      if (plans(queue)) continue
      const stop = stopOf(handler.steps)
      if (stop && restarts(queue).length === 0)
        yield {
          at: { file, span: stop },
          message:
            'After an error the queue stops here and nothing starts it again: what waits is sent only after the next new operation. Start it again after a time that grows, with a random part.',
        }
      if (!stop && isHot(queue, drain, handler))
        yield {
          at: { file, span: partOf(handler.at, 0, 'catch'.length) },
          message:
            'After an error the next attempt follows at once: a server that is down gets all of them within a moment. Wait for a time that grows with each failure, with a random part.',
        }
    }
  },
  instead: forQueues,
  examples: [
    {
      name: 'it stops for good',
      files: queueApp({
        start: `  async start() {
    this.queue = JSON.parse((await AsyncStorage.getItem(KEY)) ?? '[]')
  }`,
        failure: `        operation.retryCount++
        break
//      ^^^^^ nothing starts it again`,
      }),
    },
    {
      name: 'at once',
      files: queueApp({
        drain: `  async drain() {
    while (this.queue.length > 0) {
      try {
        await this.send(this.queue[0])
        this.queue.shift()
      } catch (error) {
      //^^^^^ follows at once
        console.warn(error)
      }
    }
  }`,
      }),
    },
    {
      name: 'always after five seconds',
      files: queueApp({
        failure: `        setTimeout(() => this.drain().catch(console.error), 5000)
//                                                          ^^^^ the same time
        break`,
      }),
    },
    {
      name: 'a message that goes away after a while',
      files: queueApp({
        failure: `        setTimeout(() => this.hideMessage(), 3000)
        setTimeout(() => this.drain().catch(console.error), Math.random() * 2 ** operation.retryCount++)
        break`,
      }),
    },
    {
      name: 'a listener elsewhere starts it again',
      files: {
        ...queueApp({ start: '', failure: '        break' }),
        'src/App.tsx': `import NetInfo from '@react-native-community/netinfo'
import { outbox } from './sync'
NetInfo.addEventListener(() => outbox.drain())
`,
      },
    },
    { name: 'after a time that grows', files: queueApp({}) },
  ],
}

/** True when something in the queue's code starts things later. */
const plans = (queue: QueueCode): boolean =>
  queue.functions.some(fn => fn.calls.some(({ call }) => schedules.test(methodOf(call)?.name ?? '')))

/** The step that ends the loop; those of loops inside end those. */
function stopOf(steps: readonly Step[]): Span | undefined {
  for (const step of steps) {
    if (step.kind === 'leave' && (step.how === 'break' || (step.how === 'return' && step.value === undefined)))
      return partOf(step.at, 0, step.how.length)
    if (step.kind === 'loop' || step.kind === 'switch') continue
    for (const list of inside(step)) {
      const found = stopOf(list)
      if (found) return found
    }
  }
  return undefined
}

/** True when nothing is done about a failure but count it and tell of it: the head of the queue stays and is sent again. */
function isHot(queue: QueueCode, { loop, steps }: Drain, handler: CatchStep): boolean {
  if (!loop || loop.over || !loop.test) return false
  const own = [...allSteps(handler.steps)]
  if (own.some(step => step.kind === 'leave' || removes(queue, step) || step.kind === 'try')) return false
  // Anything that is waited for may be a pause.
  if ([...allValues(handler.steps)].some(value => value.kind === 'await' || value.kind === 'unknown')) return false
  const isMoved = own.some(
    step => step.kind === 'set' && /^(?:\+\+|--|=|\+=)$/.test(step.op) && step.target.kind === 'name',
  )
  return !isMoved && takesHead(queue, steps) && ![...callsIn(handler.steps)].some(call => takesAway(queue, call))
}

const takesHead = (queue: QueueCode, steps: readonly Step[]): boolean =>
  [...allValues(steps)].some(
    value =>
      value.kind === 'member' && value.index?.kind === 'number' && value.index.value === 0 && queue.isQueue(value.of),
  )

const takesAway = (queue: QueueCode, call: Value): boolean => {
  const of = methodOf(call)?.of
  return of !== undefined && queue.isQueue(of)
}

/** The constant that a handler waits for. */
function constantDelay(queue: QueueCode, handler: CatchStep): Span | undefined {
  const { scope, file } = queue
  // Who tells errors apart may know why one of them is worth the same wait each time.
  for (const call of callsIn(handler.steps)) {
    const name = methodOf(call)?.name
    const given =
      name === 'setTimeout' ? call.args[1] : /^(?:delay|sleep|wait)$/.test(name ?? '') ? call.args[0] : undefined
    if (!given || scope.number({ value: given, file }) === undefined) continue
    const isRetry = name !== 'setTimeout' || startsAgain(queue, call.args[0])
    if (isRetry && !queue.drains.some(drain => isClassified(queue, drain, handler))) return given.at
  }
  return undefined
}

/** True for a function, or the name of one, that starts a drain. */
function startsAgain(queue: QueueCode, given: Value | undefined): boolean {
  const names = new Set(
    queue.drains
      .flatMap(drain => [drain.fn, ...callsOf(queue, drain).map(one => ownerOf(queue, one.fn))])
      .flatMap(fn => fn?.names ?? []),
  )
  const isStart = (value: Value) => names.has(lastName(value) ?? '')
  if (!given) return false
  if (given.kind !== 'function') return isStart(given)
  return ownerOf(queue, given.id)?.calls.some(({ call }) => isStart(call.callee)) ?? false
}

const ownerOf = (queue: QueueCode, fn: number | undefined) =>
  fn === undefined ? undefined : queue.reader.code(queue.file).functions[fn]
