// All errors of sending are handled alike.
import type { Rule } from '../../rules/rule.ts'
import { partOf } from '../../text/inner-span.ts'
import { queueApp } from '../example-queue.ts'
import { countsFailure, isClassified, removes } from '../failures.ts'
import { allSteps } from '../flow.ts'
import { forQueues } from '../generated-layer.ts'
import type { QueueCode } from '../types.ts'

export const unclassifiedErrors: Rule<QueueCode, never> = {
  id: 'sync/unclassified-errors',
  severity: 'warning',
  on: 'queue',
  docs: {
    what: 'A queue counts or drops operations after any error, without asking what kind of error it was.',
    why: 'A session that ran out uses up the attempts, or deletes what the person did; an operation that the server will never take blocks all others.',
    fix: 'Ask for the status: without network wait, at 401 sign in again, at 408, 429 and 5xx try later, at other 4xx put the operation aside.',
  },
  *check(queue) {
    for (const drain of queue.drains)
      for (const handler of drain.catches) {
        const steps = [...allSteps(handler.steps)]
        const isJudging = steps.some(step => countsFailure(step) || removes(queue, step))
        if (!isJudging || steps.some(step => step.kind === 'leave' && step.how === 'throw')) continue
        if (isClassified(queue, drain, handler)) continue
        yield {
          at: { file: drain.fn.file, span: partOf(handler.at, 0, 'catch'.length) },
          message:
            'Every error counts alike here: a lost session or a moment without network uses up attempts, and what the server refuses for good blocks the rest. Tell them apart by status.',
        }
      }
  },
  instead: forQueues,
  examples: [
    {
      name: 'a counter for everything',
      files: queueApp({
        drain: `  async drain() {
    for (const operation of [...this.queue]) {
      try {
        await this.send(operation)
        this.queue.shift()
      } catch (error) {
      //^^^^^ Every error counts alike
        console.warn(error)
        operation.retryCount += 1
        break
      }
    }
  }`,
      }),
    },
    {
      name: 'a function decides',
      files: queueApp({
        failure: `        const action = this.decide(error)
        if (action === 'drop') this.queue.shift()
        operation.retryCount++
        break`,
      }),
    },
    { name: 'by status', files: queueApp({}) },
  ],
}
