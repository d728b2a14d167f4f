// What changed between two texts, and how spans move with it.
import { type Piece, piecesOf, type Text } from '../text/long-text.ts'
import type { Span } from '../text/span.ts'

/** One changed range: `[start, end)` of the old text became `[start, newEnd)` of the new one. */
export interface Change {
  readonly start: number
  readonly end: number
  readonly newEnd: number
}

/** Texts are compared in blocks, which is many times quicker than one character after another, and in ever smaller ones. */
const largestBlock = 32_768

/** The change between two texts; undefined when they are equal. */
export function changeBetween(old: Text, text: Text): Change | undefined {
  if (old === text) return undefined
  const shorter = Math.min(old.length, text.length)
  const pieces = [piecesOf(old), piecesOf(text)] as const
  let start = sharedHead(...pieces)
  for (let block = largestBlock; block >= 1; block /= 8)
    while (start + block <= shorter && old.slice(start, start + block) === text.slice(start, start + block))
      start += block
  let end = old.length
  let newEnd = text.length
  for (const length of sharedTail(...pieces)) {
    if (Math.min(end, newEnd) - length < start) break
    end -= length
    newEnd -= length
  }
  for (let block = largestBlock; block >= 1; block /= 8)
    while (
      Math.min(end, newEnd) - block >= start &&
      old.slice(end - block, end) === text.slice(newEnd - block, newEnd)
    ) {
      end -= block
      newEnd -= block
    }
  return start === end && start === newEnd ? undefined : { start, end, newEnd }
}

/** How much text there is in the pieces that both begin with. */
function sharedHead(old: readonly Piece[], next: readonly Piece[]): number {
  let length = 0
  for (let index = 0; index < old.length && old[index] === next[index]; index++) length += old[index]!.text.length
  return length
}

/** The lengths of the pieces that both end with, the last one first. */
function* sharedTail(old: readonly Piece[], next: readonly Piece[]): Generator<number> {
  for (let back = 1; back <= old.length && old.at(-back) === next.at(-back); back++) yield old.at(-back)!.text.length
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
