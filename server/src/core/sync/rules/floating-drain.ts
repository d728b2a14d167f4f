// A drain is started, and nobody sees what it throws.
import type { Rule } from '../../rules/rule.ts'
import { exampleQueue, queueApp } from '../example-queue.ts'
import { methodOf } from '../flow.ts'
import { forQueues } from '../generated-layer.ts'
import { escapes } from '../throwing.ts'
import { callsOf } from '../triggers.ts'
import type { Called, QueueCode } from '../types.ts'

const drain = `  async drain() {
    for (const operation of [...this.queue]) {
      await this.send(operation)
      this.queue.shift()
    }
  }`

const enqueue = (start: string) => `  async enqueue(operation: NewOperation) {
    this.queue.push({ ...operation, id: randomUUID(), retryCount: 0 })
    await this.persist()
    ${start}
  }`

export const floatingDrain: Rule<QueueCode, { readonly called: Called }> = {
  id: 'sync/floating-drain',
  severity: 'info',
  on: 'queue',
  docs: {
    what: 'The function that empties a queue is called without `await` and without `.catch`, and can throw.',
    why: 'When the storage or the network state throws, the error is an unhandled rejection: nobody learns of it, and some apps end.',
    fix: 'Adds `.catch` that reports the error.',
  },
  *check(queue) {
    for (const drain of queue.drains) {
      const { fn } = drain
      const thrown = fn.fact.isAsync ? escapes(queue.reader, fn) : undefined
      if (!thrown) continue
      for (const called of callsOf(queue, drain)) {
        if (called.use !== 'statement' && called.use !== 'void') continue
        yield {
          at: { file: called.file, span: called.call.callee.at },
          message: `Nobody waits for "${methodOf(called.call)?.name ?? 'this'}" or catches what it throws: an error of storage or network state goes unseen, or ends the app. Add a catch.`,
          related: [{ at: { file: fn.file, span: thrown.at }, message: 'This may throw.' }],
          data: { called },
        }
      }
    }
  },
  fix({ data: { called } }) {
    const { file, call } = called
    const { end } = call.at
    return {
      title: 'Report what it throws',
      safe: true,
      edits: [{ file, start: end, end, text: '.catch(error => console.error(error))' }],
    }
  },
  instead: forQueues,
  examples: [
    {
      name: 'started and left alone',
      files: queueApp({ drain, enqueue: enqueue('this.drain()\n//  ^^^^^^^^^^ Nobody waits') }),
      fixed: {
        'src/sync/outbox.ts': exampleQueue({
          drain,
          enqueue: enqueue('this.drain().catch(error => console.error(error))'),
        }),
      },
    },
    {
      name: 'it catches everything itself',
      files: queueApp({
        enqueue: enqueue('void this.drain()'),
        drain: `  async drain() {
    try {
      for (const operation of [...this.queue]) await this.send(operation)
    } catch (error) {
      console.warn(error)
    }
  }`,
      }),
    },
    { name: 'awaited', files: queueApp({ drain, enqueue: enqueue('await this.drain()') }) },
  ],
}
