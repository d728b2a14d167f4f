// An operation that failed a few times is thrown away.
import type { Rule } from '../../rules/rule.ts'
import { drops, type GivenUp } from '../drops.ts'
import { exampleQueue, queueApp } from '../example-queue.ts'
import { forQueues } from '../generated-layer.ts'
import type { Drain, QueueCode } from '../types.ts'
import { writeDeadLetter } from '../write-dead-letter.ts'

export const droppedAfterRetries: Rule<
  QueueCode,
  { readonly queue: QueueCode; readonly drain: Drain; readonly given: GivenUp }
> = {
  id: 'sync/dropped-after-retries',
  severity: 'error',
  on: 'queue',
  docs: {
    what: 'An operation is taken out of the queue when sending it has failed a number of times, and is kept nowhere else.',
    why: 'Three moments without network are enough: what the person did is lost, and nobody can send it again. A line in a log does not bring it back.',
    fix: 'Stores the operation under a key of its own before it is taken out, so that it can be shown, and sent again.',
  },
  *check(queue) {
    for (const drain of queue.drains)
      for (const handler of drain.catches)
        for (const given of drops(queue, drain, handler))
          yield {
            at: { file: drain.fn.file, span: given.at },
            message: `An operation that failed a few times is thrown away: a short loss of network loses what the person did. Keep it in a stored list of failed operations.`,
            ...(given.taken && { data: { queue, drain, given } }),
          }
  },
  fix({ data: { queue, drain, given } }, context) {
    return writeDeadLetter(queue, drain, given, context)
  },
  instead: forQueues,
  examples: [
    {
      name: 'after three times',
      files: queueApp({
        failure: `        operation.retryCount++
        if (operation.retryCount >= 3) {
          this.queue.shift()
        //^^^^^^^^^^^^^^^^^^ thrown away
          console.warn('given up', operation)
        }
        break`,
      }),
      fixed: {
        'src/sync/outbox.ts': exampleQueue({
          failure: `        operation.retryCount++
        if (operation.retryCount >= 3) {
          await AsyncStorage.setItem(\`\${KEY}-failed-\${operation.id}\`, JSON.stringify(operation))
          this.queue.shift()
          console.warn('given up', operation)
        }
        break`,
        }),
      },
    },
    {
      name: 'filtered out',
      files: queueApp({
        failure: `        if (++operation.retryCount > MAX_RETRIES) {
          this.queue = this.queue.filter(one => one.id !== operation.id)
        //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ thrown away
          await this.persist()
        }
        break`,
      }),
    },
    {
      name: 'left out of what is stored',
      files: queueApp({
        drain: `  async drain() {
    const queue = JSON.parse((await AsyncStorage.getItem(KEY)) ?? '[]')
    const remaining = []
    for (const operation of queue) {
      try {
        await this.send(operation)
      } catch (error) {
        if (operation.retryCount < 5) remaining.push({ ...operation, retryCount: operation.retryCount + 1 })
        //  ^^^^^^^^^^^^^^^^^^^^^^^^ thrown away
        else console.warn('given up', operation.id)
      }
    }
    await AsyncStorage.setItem(KEY, JSON.stringify(remaining))
  }`,
      }),
    },
    {
      name: 'left out, and kept elsewhere',
      files: queueApp({
        drain: `  async drain() {
    const queue = JSON.parse((await AsyncStorage.getItem(KEY)) ?? '[]')
    const remaining = []
    for (const operation of queue) {
      try {
        await this.send(operation)
      } catch (error) {
        if (operation.retryCount < 5) remaining.push({ ...operation, retryCount: operation.retryCount + 1 })
        else this.failed.push(operation)
      }
    }
    await AsyncStorage.setItem(KEY, JSON.stringify(remaining))
  }`,
      }),
    },
    {
      name: 'kept as a failed one',
      files: queueApp({
        failure: `        if (++operation.retryCount >= 3) {
          this.failed.push(this.queue.shift())
          await this.persist()
        }
        break`,
      }),
    },
    {
      name: 'a permanent error',
      files: queueApp({
        failure: `        if (error.status === 422 || operation.retryCount++ >= 3) this.queue.shift()
        break`,
      }),
    },
  ],
}
