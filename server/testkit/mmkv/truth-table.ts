// What the getters of the real MMKV core give for each stored value: measured on core 2.4.1, the same in 2.0.0 and 1.3.3.

/** A value as it is stored, or as a getter gives it; a buffer is the list of its bytes. */
export type Stored = string | number | boolean | readonly number[]

/** What each getter gives for one stored value; `undefined` where it says that there is none. */
export interface TruthRow {
  /** Undefined for a key that nothing was stored under. */
  readonly stored: Stored | undefined
  readonly getString: string | undefined
  readonly getNumber: number | undefined
  readonly getBoolean: boolean | undefined
  readonly getBuffer: readonly number[] | undefined
}

const bytesOf = (text: string): readonly number[] => [...new TextEncoder().encode(text)]

const text = (stored: string, getNumber?: number): TruthRow => ({
  stored,
  getString: stored,
  getNumber,
  getBoolean: stored !== '',
  getBuffer: bytesOf(stored),
})

/** Numbers whose first byte is zero look like an empty text. */
const numberLikeNothing = (stored: number): TruthRow => ({
  stored,
  getString: '',
  getNumber: stored,
  getBoolean: false,
  getBuffer: [],
})

/** Other numbers begin like a text that is longer than they are. */
const numberLikeMore = (stored: number): TruthRow => ({
  stored,
  getString: undefined,
  getNumber: stored,
  getBoolean: true,
  getBuffer: undefined,
})

/** Every measured row. */
export const truthTable: readonly TruthRow[] = [
  text('hello'),
  text('123'),
  text('false'),
  text('{}'),
  text(''),
  text('abcdefg', 1.2473230926066558e190),
  text('{"a":1}', 1.1002404744674238e295),
  ...[0, 1, 8, 42, 100, -1, 1.5, 2.5, 1_700_000_000_000].map(numberLikeNothing),
  ...[3.14, 0.1, 1.1, 99.99].map(numberLikeMore),
  { stored: true, getString: undefined, getNumber: undefined, getBoolean: true, getBuffer: undefined },
  { stored: false, getString: '', getNumber: undefined, getBoolean: false, getBuffer: [] },
  { stored: [97, 98, 99], getString: 'abc', getNumber: undefined, getBoolean: true, getBuffer: [97, 98, 99] },
  { stored: undefined, getString: undefined, getNumber: undefined, getBoolean: undefined, getBuffer: undefined },
]
