// Every span of a file's facts, to be moved with an edit.
import type { Text } from '../text/long-text.ts'
import { MovingSpan } from '../text/moving-span.ts'
import type { Span } from '../text/span.ts'
import type { FileFacts } from './file-facts.ts'
import { createMarkHomes, type MarkHomes } from './mark-homes.ts'
import type { Change } from './move-marks.ts'

interface Marks {
  readonly spans: Span[]
  /** How many of `spans` may no longer be part of the facts. */
  stale: number
  /** Made for the first edit. */
  homes?: MarkHomes
}

const marks = new WeakMap<FileFacts, Marks>()

/** True for texts so long that their marks are worth keeping: those of others are found again faster. */
export const isLong = (text: Text): boolean => text.length > 16_384

/** Remembers that `spans` are all marks of `facts`, each once. */
export function keepMarks(facts: FileFacts, spans: Span[]): void {
  marks.set(facts, { spans, stale: 0 })
}

/** Moves all marks of `facts`; some that are no longer part of it may be among them and do no harm. */
export function moveMarksOf(facts: FileFacts, change: Change): void {
  const known = marks.get(facts) ?? found(facts)
  known.homes ??= createMarkHomes(known.spans)
  known.homes.move(change)
}

function found(facts: FileFacts): Marks {
  const known: Marks = { spans: [], stale: 0 }
  collectMarks(facts, known.spans, new Set())
  marks.set(facts, known)
  return known
}

/** Told that `spans` of `facts` were put elsewhere; without `spans`, that any may have been. */
export function settleMarks(facts: FileFacts, spans?: readonly Span[]): void {
  const known = marks.get(facts)
  if (!known?.homes) return
  if (spans) known.homes.settle(spans)
  else delete known.homes
}

/** `to` follows `from`: it has the same marks and those in `added`, and of `from`'s marks `lost` may be gone. */
export function passMarks(from: FileFacts, to: FileFacts, added: readonly Span[] = [], lost = 0): void {
  const known = marks.get(from)
  if (!known) return
  known.stale += lost
  // Too much dead weight: the list is made anew when it is asked for next.
  if (known.stale > 1000 + known.spans.length / 2 || known.homes?.isCrowded()) return
  for (const span of added) known.spans.push(span)
  known.homes?.add(added)
  marks.set(to, known)
}

/** Adds every span in `node` that `seen` has not met to `into`. */
export function collectMarks(node: unknown, into: Span[], seen: Set<object>): void {
  if (typeof node !== 'object' || node === null || seen.has(node)) return
  seen.add(node)
  if (isSpan(node)) into.push(node)
  else for (const part of Object.values(node)) collectMarks(part, into, seen)
}

/** True for objects with exactly the keys `start` and `end`, and for what stands for such a one. */
export function isSpan(node: object): node is Span {
  if (node instanceof MovingSpan) return true
  if (!('start' in node && 'end' in node)) return false
  let count = 0
  for (const _ in node) count++
  return count === 2
}
