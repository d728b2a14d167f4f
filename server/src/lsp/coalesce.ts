// Makes one piece of work of many that arrive together.

/** Work that is due. */
export interface Coalesced {
  /** Marks the work as due; it is done when everything that has already arrived has been taken in. */
  later(): void
  /** Does the work at once if it is due. */
  now(): void
  /** Resolves when no work is due. */
  settled(): Promise<void>
}

/**
 * Does `work` once for any number of `later` calls that arrive together. There is no fixed delay: messages come in one
 * for each turn of the event loop, so two turns without a call mean that none is waiting.
 */
export function coalesce(work: () => void): Coalesced {
  let due = false
  let calls = 0
  let waiting: (() => void)[] = []

  const finish = () => {
    if (due) {
      due = false
      work()
    }
    const done = waiting
    waiting = []
    for (const resolve of done) resolve()
  }
  const watch = (seen: number, quiet: number) => {
    if (!due) return
    if (calls === seen && quiet === 0) return finish()
    setImmediate(watch, calls, calls === seen ? quiet - 1 : quietTurns)
  }
  return {
    later() {
      calls++
      if (due) return
      due = true
      setImmediate(watch, calls, quietTurns)
    },
    now: finish,
    settled: () => (due ? new Promise(resolve => waiting.push(resolve)) : Promise.resolve()),
  }
}

const quietTurns = 2
