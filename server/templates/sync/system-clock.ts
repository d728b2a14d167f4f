// The device's time and timers.
import type { Clock } from './types.ts'

/** Longer waits overflow in `setTimeout` and would end at once; a timer that rings too early only makes a run look. */
const longestWaitMs = 2 ** 31 - 1

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (delayMs, task) => {
    const timer = setTimeout(task, Math.min(delayMs, longestWaitMs))
    return () => clearTimeout(timer)
  },
}
