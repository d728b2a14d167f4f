// Time for tests: it passes when the test says, and nobody waits for it.
import type { Clock } from '../sync/types.ts'

export interface FakeTime {
  /** The clock of a process, and what ends it: its timers are gone then. */
  process(): { readonly clock: Clock; readonly kill: () => void }
  /** Lets time pass, in milliseconds. */
  pass(ms: number): Promise<void>
}

interface Timer {
  readonly at: number
  readonly task: () => void
}

/** `isBusy` tells whether something goes on that needs a timer, but none of this clock. */
export function createFakeTime(isBusy: () => boolean): FakeTime {
  const timers = new Set<Timer>()
  let now = 0

  /** All that can happen without this clock has happened then, in however many turns. */
  async function settled(): Promise<void> {
    do await turn()
    while (isBusy())
  }

  return {
    process: () => {
      const own = new Set<Timer>()
      return {
        clock: {
          now: () => now,
          after: (delayMs, task) => {
            const timer = { at: now + delayMs, task }
            timers.add(timer)
            own.add(timer)
            return () => timers.delete(timer)
          },
        },
        kill: () => {
          for (const timer of own) timers.delete(timer)
        },
      }
    },
    pass: async ms => {
      const end = now + ms
      await settled()
      for (let next = earliest(timers, end); next !== undefined; next = earliest(timers, end)) {
        timers.delete(next)
        now = next.at
        next.task()
        await settled()
      }
      now = end
    },
  }
}

function earliest(timers: ReadonlySet<Timer>, end: number): Timer | undefined {
  return [...timers].filter(timer => timer.at <= end).sort((a, b) => a.at - b.at)[0]
}

/** A timer fires only after every promise that can go on has gone on. */
function turn(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, 0))
}
