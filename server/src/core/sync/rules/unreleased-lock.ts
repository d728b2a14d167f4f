// A drain releases its flag at its end only: what throws before leaves it set.
import type { Rule } from '../../rules/rule.ts'
import { exampleQueue, queueApp } from '../example-queue.ts'
import { allSteps, testValues } from '../flow.ts'
import { forQueues } from '../generated-layer.ts'
import { type FlagChange, flagChange, flagOf } from '../locks.ts'
import { escapes } from '../throwing.ts'
import type { QueueCode } from '../types.ts'
import { writeLock } from '../write-lock.ts'

export const unreleasedLock: Rule<
  QueueCode,
  { readonly file: string; readonly set: FlagChange; readonly release: FlagChange }
> = {
  id: 'sync/unreleased-lock',
  severity: 'warning',
  on: 'queue',
  docs: {
    what: 'A function that empties a queue sets a flag and releases it at its end, not in `finally`, while something in between can throw.',
    why: 'After one such error the flag stays set: the queue sends nothing more until the app is started again.',
    fix: 'Wraps what stands between in `try`, and releases the flag in `finally`.',
  },
  *check(queue) {
    for (const { fn, steps } of queue.drains) {
      const changes = queue.functions.flatMap(one =>
        [...allSteps(one.fact.steps ?? [])].flatMap(step => {
          const change = flagChange(step)
          return change ? [{ ...change, fn: one }] : []
        }),
      )
      const inFinally = new Set(
        [...allSteps(steps)].flatMap(step =>
          step.kind === 'try' ? [...allSteps(step.finally ?? [])].map(one => one.at) : [],
        ),
      )
      const flags = new Set(changes.filter(one => one.fn === fn && one.value).map(one => one.flag))
      for (const flag of flags) {
        const sets = changes.filter(one => one.flag === flag && one.value)
        const releases = changes.filter(one => one.flag === flag && !one.value)
        const [release] = releases
        // What is released elsewhere, or by a handler, has ways that cannot be seen from here.
        if (!release || sets.length !== 1 || releases.some(one => one.fn !== fn || inFinally.has(one.at))) continue
        // A flag that nobody tests before the queue is emptied locks nothing: it shows that something is going on.
        if (!isTested(queue, flag)) continue
        const thrown = escapes(queue.reader, fn, flag)
        if (!thrown) continue
        const { file } = fn
        yield {
          at: { file, span: release.at },
          message: `"${flag}" is released only where nothing has thrown before: after one error the queue sends nothing until the app starts again. Release it in finally.`,
          related: [{ at: { file, span: thrown.at }, message: 'What this throws gets past the release.' }],
          ...(releases.length === 1 && { data: { file, set: sets[0]!, release } }),
        }
      }
    }
  },
  fix({ data: { file, set, release } }, context) {
    const edits = writeLock(file, context, { setAt: set.at, releaseAt: release.at })
    return edits && { title: 'Release the flag in finally', safe: false, edits }
  },
  instead: forQueues,
  examples: [
    {
      name: 'saving can throw',
      files: queueApp({
        drain: `  async drain() {
    if (this.isDraining) return
    this.isDraining = true
    for (const operation of [...this.queue]) {
      await this.send(operation)
      this.queue.shift()
      await this.persist()
    }
    this.isDraining = false
  //^^^^^^^^^^^^^^^^^^^^^^^ Release it in finally
  }`,
      }),
      fixed: {
        'src/sync/outbox.ts': exampleQueue({
          drain: `  async drain() {
    if (this.isDraining) return
    this.isDraining = true
    try {
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
      name: 'everything is caught',
      files: queueApp({
        drain: `  async drain() {
    if (this.isDraining) return
    this.isDraining = true
    try {
      for (const operation of [...this.queue]) await this.send(operation)
    } catch (error) {
      console.warn(error)
    }
    this.isDraining = false
  }`,
      }),
    },
    { name: 'released in finally', files: queueApp({}) },
  ],
}

const isTested = (queue: QueueCode, flag: string): boolean =>
  queue.functions.some(fn =>
    [...allSteps(fn.fact.steps ?? [])].some(
      step =>
        step.kind === 'if' &&
        testValues(step.test).some(value => flagOf(value.kind === 'binary' ? value.left : value) === flag),
    ),
  )
