// A hybrid logical clock: times of edits that can be compared between devices whose clocks are wrong.

/** A remote time that is further ahead than this is refused: it would win every conflict until then. */
const maxDriftMs = 5 * 60 * 1000
const maxCounter = 0xffffff
const msDigits = 9
const counterDigits = 5

export class ClockDriftError extends Error {
  constructor(aheadMs: number) {
    super(`A time of another device is ${aheadMs} ms ahead of this one.`)
    this.name = 'ClockDriftError'
  }
}

export interface HlcOptions {
  /** Different on each device, made of letters and digits; it breaks ties. */
  readonly nodeId: string
  readonly now: () => number
  /** The last time that this device has given, kept over restarts. */
  readonly last?: string | null
}

export interface Hlc {
  /** The time of an edit that is made now: later than every time given or received before. */
  tick(): string
  /** Takes note of a time that came from elsewhere. It throws a `ClockDriftError` for one too far ahead. */
  receive(stamp: string): void
}

/** A time is text whose alphabetical order is its order: milliseconds, counter, node. */
export function createHlc(options: HlcOptions): Hlc {
  let [ms, counter] = options.last ? parse(options.last) : ([0, -1] as const)
  const advanceTo = (at: number, count: number) => {
    ms = at
    counter = count
    if (counter <= maxCounter) return
    ms += 1
    counter = 0
  }
  return {
    tick: () => {
      const now = options.now()
      if (now > ms) advanceTo(now, 0)
      else advanceTo(ms, counter + 1)
      return format(ms, counter, options.nodeId)
    },
    receive: stamp => {
      const [theirMs, theirCounter] = parse(stamp)
      const ahead = theirMs - options.now()
      if (ahead > maxDriftMs) throw new ClockDriftError(ahead)
      if (theirMs > ms || (theirMs === ms && theirCounter > counter)) advanceTo(theirMs, theirCounter)
    },
  }
}

/** Less than zero when `one` is the earlier. The node breaks a tie, in the same way on each device. */
export function compareHlc(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}

function format(ms: number, counter: number, nodeId: string): string {
  return `${ms.toString(36).padStart(msDigits, '0')}-${counter.toString(36).padStart(counterDigits, '0')}-${nodeId}`
}

function parse(stamp: string): readonly [ms: number, counter: number] {
  const [ms, counter] = stamp.split('-').map(part => Number.parseInt(part, 36))
  if (ms === undefined || counter === undefined || Number.isNaN(ms) || Number.isNaN(counter))
    throw new Error(`Not a time of the hybrid logical clock: ${stamp}`)
  return [ms, counter]
}
