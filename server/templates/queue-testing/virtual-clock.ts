// Time that passes only when a timer is due: an hour costs milliseconds.

export interface VirtualClock {
  now(): number
  /** Runs `task` after `delayMs`; gives the timer's number. */
  set(delayMs: number, task: () => void): number
  clear(timer: number): void
  /** Runs all timers that are due up to `end`, by (time, number), with two macrotask turns after each. */
  runUntil(end: number): Promise<void>
}

interface Timer {
  readonly at: number
  readonly id: number
  readonly task: () => void
}

/** `settle` lets everything end that needs no timer. */
export function createVirtualClock(settle: () => Promise<void> = twoTurns): VirtualClock {
  // Schedules hold few timers at once, so a sorted array is quick enough.
  const timers: Timer[] = []
  let now = 0
  let lastId = 0
  return {
    now: () => now,
    set: (delayMs, task) => {
      lastId += 1
      const timer = { at: now + Math.max(0, delayMs), id: lastId, task }
      let place = timers.length
      while (place > 0 && timers[place - 1]!.at > timer.at) place -= 1
      timers.splice(place, 0, timer)
      return timer.id
    },
    clear: id => {
      const place = timers.findIndex(timer => timer.id === id)
      if (place >= 0) timers.splice(place, 1)
    },
    runUntil: async end => {
      await settle()
      for (let next = timers[0]; next !== undefined && next.at <= end; next = timers[0]) {
        timers.shift()
        now = next.at
        next.task()
        await settle()
      }
      now = end
    },
  }
}

/** Lets all promises settle that need no timer. */
async function twoTurns(): Promise<void> {
  await turn()
  await turn()
}

/** Not every environment of tests has `setImmediate`; a real timer does the same, more slowly. */
const realTimer = globalThis.setTimeout

function turn(): Promise<void> {
  return new Promise(resolve => {
    if (typeof setImmediate === 'function') setImmediate(resolve)
    else realTimer(resolve, 0)
  })
}
