// How much garbage the process keeps before it collects it. An editor runs many servers, and memory counts for all of them.
import v8 from 'node:v8'

/** By how many percent the heap may grow before it is collected (V8's own measure would let it double). */
const growth = { starting: 60, reading: 20, serving: 8 } as const

/**
 * While `starting`, somebody waits for the first findings and the heap is small. While a large workspace is `reading`, a fifth
 * costs a little more work and saves a quarter of the peak. While `serving`, an edit of a large file leaves a copy or two of
 * its text behind, and they are collected early.
 */
export const limitHeapGrowth = (phase: keyof typeof growth): void =>
  v8.setFlagsFromString(`--heap-growing-percent=${growth[phase]}`)
