// Waits for the start of a queue as an app does that shows its first screen.
import type { Environment } from './queue-under-test.ts'

const patienceMs = 100

/** Runs what the app starts and does not wait for: what becomes of its failure is the app's business, and not the queue's. */
export function quietly(run: () => unknown): void {
  Promise.resolve()
    .then(run)
    .catch(() => undefined)
}

/** Fulfilled when what was started has come to its end, or is busy with more than reading its storage. */
export function started(env: Environment, ...begun: readonly unknown[]): Promise<void> {
  return new Promise(resolve => {
    env.clock.set(patienceMs, resolve)
    void Promise.allSettled(begun).then(() => resolve())
  })
}
