// One bound, and how a run stands to it.

/** `value` is undefined where the run did not measure it. */
export interface Verdict {
  readonly what: string
  readonly bound: string
  readonly value: string | undefined
  readonly holds: boolean | undefined
}

/** The verdict on something that must not exceed `bound`. */
export function atMost(what: string, bound: number, value: number | undefined, unit: string): Verdict {
  return {
    what,
    bound: `${bound} ${unit}`,
    value: value === undefined ? undefined : `${value.toFixed(value < 100 ? 1 : 0)} ${unit}`,
    holds: value === undefined ? undefined : value <= bound,
  }
}
