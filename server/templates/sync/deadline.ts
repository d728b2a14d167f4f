// Gives a request a time limit: a request that hangs must not hold the queue.
import type { Clock } from './types.ts'

export class RequestTimeoutError extends Error {
  constructor(timeoutMs: number) {
    super(`No answer within ${timeoutMs} ms.`)
    this.name = 'RequestTimeoutError'
  }
}

/**
 * Runs `request` with a signal that is aborted after `timeoutMs` or when `outer` is. It ends then even when the request
 * takes no notice of its signal.
 */
export async function withDeadline<T>(
  clock: Clock,
  timeoutMs: number,
  outer: AbortSignal,
  request: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const inner = new AbortController()
  let end = () => {}
  const ended = new Promise<never>((_, reject) => {
    const giveUp = () => {
      reject(new RequestTimeoutError(timeoutMs))
      inner.abort()
    }
    const cancel = clock.after(timeoutMs, giveUp)
    outer.addEventListener('abort', giveUp)
    end = () => {
      cancel()
      outer.removeEventListener('abort', giveUp)
    }
  })
  try {
    return await Promise.race([request(inner.signal), ended])
  } finally {
    end()
  }
}
