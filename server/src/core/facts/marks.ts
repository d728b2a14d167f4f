// Every span of a file's facts in one flat list, and how spans move with an edit.
import type { Span } from '../text/span.ts'
import type { FileFacts } from './file-facts.ts'

/** One changed range: `[start, end)` of the old text became `[start, newEnd)` of the new one. */
export interface Change {
  readonly start: number
  readonly end: number
  readonly newEnd: number
}

/** Blocks of this length are compared at once, which is many times quicker than one character after another. */
const block = 1024

const endsAlike = (old: string, text: string, tail: number): boolean =>
  old.slice(old.length - tail - block, old.length - tail) === text.slice(text.length - tail - block, text.length - tail)

/** The change between two texts; undefined when they are equal. */
export function changeBetween(old: string, text: string): Change | undefined {
  if (old === text) return undefined
  const shorter = Math.min(old.length, text.length)
  let start = 0
  while (start + block < shorter && old.slice(start, start + block) === text.slice(start, start + block)) start += block
  while (start < shorter && old.charCodeAt(start) === text.charCodeAt(start)) start++
  const rest = shorter - start
  let tail = 0
  while (tail + block < rest && endsAlike(old, text, tail)) tail += block
  while (tail < rest && old.charCodeAt(old.length - 1 - tail) === text.charCodeAt(text.length - 1 - tail)) tail++
  return { start, end: old.length - tail, newEnd: text.length - tail }
}

interface Marks {
  readonly spans: Span[]
  /** How many of `spans` may no longer be part of the facts. */
  stale: number
}

const marks = new WeakMap<FileFacts, Marks>()

/** Remembers that `spans` are all marks of `facts`, each once. */
export function keepMarks(facts: FileFacts, spans: Span[]): void {
  marks.set(facts, { spans, stale: 0 })
}

/** All marks of `facts`, each once; some that are no longer part of it may be among them and do no harm. */
export function marksOf(facts: FileFacts): readonly Span[] {
  const known = marks.get(facts)
  if (known) return known.spans
  const spans: Span[] = []
  collectMarks(facts, spans, new Set())
  keepMarks(facts, spans)
  return spans
}

/** `to` follows `from`: it has the same marks and those in `added`, and of `from`'s marks `lost` may be gone. */
export function passMarks(from: FileFacts, to: FileFacts, added: readonly Span[] = [], lost = 0): void {
  const known = marks.get(from)
  if (!known) return
  known.stale += lost
  // Too much dead weight: the list is made anew when it is asked for next.
  if (known.stale > 1000 + known.spans.length / 2) return
  for (const span of added) known.spans.push(span)
  marks.set(to, known)
}

/** Adds every span in `node` that `seen` has not met to `into`. */
export function collectMarks(node: unknown, into: Span[], seen: Set<object>): void {
  if (typeof node !== 'object' || node === null || seen.has(node)) return
  seen.add(node)
  if (isSpan(node)) into.push(node)
  else for (const part of Object.values(node)) collectMarks(part, into, seen)
}

/** True for objects with exactly the keys `start` and `end`. */
export function isSpan(node: object): node is Span {
  if (!('start' in node && 'end' in node)) return false
  let count = 0
  for (const _ in node) count++
  return count === 2
}

/** Moves `spans` as the text around them moves; each must be given once. Text put in at an end stays outside. */
export function moveMarks(spans: readonly Span[], change: Change): void {
  const { start: from, end: to, newEnd } = change
  const delta = newEnd - to
  for (const span of spans) {
    if (span.end <= from) continue
    if (span.start >= to) {
      span.start += delta
      span.end += delta
      continue
    }
    if (span.start > from) span.start = Math.min(span.start, newEnd)
    span.end = span.end >= to ? span.end + delta : Math.min(span.end, newEnd)
  }
}
