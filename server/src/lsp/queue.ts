// Background work of one folder, one piece after another, so that no two change the same things at once.
import { describe, type Log } from './run-safe.ts'

/** Work that waits in a row. */
export interface Queue {
  /** Adds work; what it throws is logged. Resolves when it is done. */
  add(name: string, work: (signal: AbortSignal) => Promise<void>): Promise<void>
  /** Resolves when nothing is left to do. */
  idle(): Promise<void>
  /** Ends the work at hand and drops the rest. */
  stop(): void
}

/** An empty queue. */
export function createQueue(log: Log): Queue {
  const ended = new AbortController()
  let last: Promise<void> = Promise.resolve()
  return {
    add(name, work) {
      last = last.then(async () => {
        if (ended.signal.aborted) return
        try {
          await work(ended.signal)
        } catch (error) {
          if (!ended.signal.aborted) log(`${name}: ${describe(error)}`)
        }
      })
      return last
    },
    idle: () => last,
    stop: () => ended.abort(),
  }
}

/** Lets messages of the editor through between two slices of long work. */
export const breathe = (): Promise<void> => new Promise(resolve => setImmediate(resolve))
