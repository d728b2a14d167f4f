// How long to wait before the next attempt.

export interface BackoffOptions {
  readonly backoffBaseMs: number
  readonly backoffCapMs: number
}

/**
 * Full jitter: a random time between nothing and `base * 2^n`, never more than the cap, so that many devices that
 * failed together do not come back together. `attempts` is how many have failed, at least 1; `random` gives 0 to 1.
 */
export function backoffMs(attempts: number, random: () => number, options: BackoffOptions): number {
  const ceiling = Math.min(options.backoffCapMs, options.backoffBaseMs * 2 ** Math.max(0, attempts - 1))
  return Math.round(random() * ceiling)
}
