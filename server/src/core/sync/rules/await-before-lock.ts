// A drain tests its flag, waits for something, and sets the flag only then.
import type { Rule } from '../../rules/rule.ts'
import { exampleQueue, queueApp } from '../example-queue.ts'
import { allSteps } from '../flow.ts'
import { forQueues } from '../generated-layer.ts'
import { flagChange, type LateLock, lateLock } from '../locks.ts'
import type { Drain, QueueCode } from '../types.ts'
import { writeLock } from '../write-lock.ts'

export const awaitBeforeLock: Rule<
  QueueCode,
  { readonly queue: QueueCode; readonly drain: Drain; readonly lock: LateLock }
> = {
  id: 'sync/await-before-lock',
  severity: 'error',
  on: 'queue',
  docs: {
    what: 'A function that empties a queue tests a flag, waits for something, and sets the flag only behind that.',
    why: 'While the first call waits, a second one sees the flag unset: both send the same operations, and each takes from the queue what the other is still sending.',
    fix: 'Sets the flag right behind the test, and releases it in `finally`.',
  },
  *check(queue) {
    for (const drain of queue.drains) {
      const lock = lateLock(queue, drain)
      if (!lock) continue
      const { file } = drain.fn
      yield {
        at: { file, span: lock.setAt },
        message: `"${lock.flag}" is tested before something is waited for and set only behind it: two calls get through and send the same operations twice. Set it right behind the test.`,
        related: [
          { at: { file, span: lock.testAt }, message: 'It is tested here.' },
          { at: { file, span: lock.waitAt }, message: 'Another call gets to the test while this is waited for.' },
        ],
        data: { queue, drain, lock },
      }
    }
  },
  fix({ data: { drain, lock } }, context) {
    const releases = [...allSteps(drain.steps)].flatMap(step => {
      const change = flagChange(step)
      return change?.flag === lock.flag && !change.value ? [change] : []
    })
    const [release] = releases
    if (!release || releases.length > 1) return undefined
    const { guardAt, setAt } = lock
    const edits = writeLock(drain.fn.file, context, { guardAt, setAt, releaseAt: release.at })
    return edits && { title: 'Set the flag first, release it in finally', safe: false, edits }
  },
  instead: forQueues,
  examples: [
    {
      name: 'the network is asked first',
      files: queueApp({
        drain: `  async drain() {
    if (this.isDraining) return

    const state = await NetInfo.fetch()
    if (state.isConnected === false) return

    this.isDraining = true
  //^^^^^^^^^^^^^^^^^^^^^^ set only behind it
    for (const operation of [...this.queue]) {
      await this.send(operation)
      this.queue.shift()
      await this.persist()
    }

    this.isDraining = false
  }`,
      }),
      fixed: {
        'src/sync/outbox.ts': exampleQueue({
          drain: `  async drain() {
    if (this.isDraining) return
    this.isDraining = true
    try {
      const state = await NetInfo.fetch()
      if (state.isConnected === false) return

      for (const operation of [...this.queue]) {
        await this.send(operation)
        this.queue.shift()
        await this.persist()
      }
    } finally {
      this.isDraining = false
    }
  }`,
        }),
      },
    },
    {
      name: 'the test comes again behind the wait',
      files: queueApp({
        drain: `  async drain() {
    if (this.isDraining) return
    await NetInfo.fetch()
    if (this.isDraining) return
    this.isDraining = true
    try {
      for (const operation of [...this.queue]) await this.send(operation)
    } finally {
      this.isDraining = false
    }
  }`,
      }),
    },
    { name: 'set in time', files: queueApp({}) },
  ],
}
