// Runs pieces of asynchronous work one after the other.

/** Gives a function that runs `work` when all work given earlier has ended, and hands on its outcome. */
export function createMutex(): <T>(work: () => Promise<T>) => Promise<T> {
  let tail: Promise<unknown> = Promise.resolve()
  return work => {
    const run = tail.then(work)
    tail = run.catch(() => undefined)
    return run
  }
}
