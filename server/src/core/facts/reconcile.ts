// Keeps the identity of what an edit left alone, so that whoever looks at facts sees only what changed.
import type { Span } from '../text/span.ts'
import { isSpan } from './marks.ts'

/**
 * A tree equal to `next` in which everything that `old` says too, apart from where it stands, IS the object of `old`,
 * its spans moved to where it stands now. Arrays are matched by equal beginning, equal end, then by index. Both are
 * plain data without cycles; a part that is shared stays shared. `old` must not be used any more: its parts live on.
 */
export function reconcile<T>(old: T, next: T): T {
  return join({ results: new Map(), used: new Set() }, old, next) as T
}

interface Joining {
  /** What became of each object of `next`, so that a shared one becomes one object. */
  readonly results: Map<object, object>
  /** Objects of `old` that already stand for one of `next`: none may stand in two places. */
  readonly used: Set<object>
}

type Fields = Readonly<Record<string, unknown>>

function join(state: Joining, old: unknown, next: unknown): unknown {
  if (!isObject(next)) return next
  const known = state.results.get(next)
  if (known) return known
  const candidate = isObject(old) && !state.used.has(old) ? old : undefined
  if (isSpan(next)) return candidate && isSpan(candidate) ? adopt(state, candidate, next) : next
  const result = Array.isArray(next)
    ? joinArrays(state, Array.isArray(candidate) ? candidate : undefined, next)
    : joinObjects(state, candidate && !Array.isArray(candidate) ? (candidate as Fields) : undefined, next as Fields)
  if (result === candidate && candidate) state.used.add(candidate)
  state.results.set(next, result)
  return result
}

/** A span outside of any object, such as an item of a list. */
function adopt(state: Joining, old: Span, next: Span): Span {
  moveTo(old, next)
  state.used.add(old)
  state.results.set(next, old)
  return old
}

function joinObjects(state: Joining, old: Fields | undefined, next: Fields): object {
  let isOld = old !== undefined && Object.getPrototypeOf(old) === Object.getPrototypeOf(next)
  let isNext = true
  let count = 0
  const parts: unknown[] = []
  for (const key in next) {
    const theirs = next[key]
    const ours = old?.[key]
    // A span follows its owner: it is moved only once the owner is known to stay.
    const part = isMark(theirs) ? theirs : join(state, ours, theirs)
    count++
    parts.push(part)
    if (part !== theirs) isNext = false
    if (isOld && (isMark(theirs) ? !isMark(ours) : !Object.is(part, ours))) isOld = false
  }
  if (isOld && old && sizeOf(old) === count) {
    for (const key in next) if (isMark(next[key])) moveTo(old[key] as Span, next[key] as Span)
    return old
  }
  if (isNext) return next
  const copy: Record<string, unknown> = Object.create(Object.getPrototypeOf(next))
  let index = 0
  for (const key in next) copy[key] = parts[index++]
  return copy
}

function joinArrays(state: Joining, old: readonly unknown[] | undefined, next: readonly unknown[]): object {
  const pairOf = old ? pairing(old, next) : () => undefined
  let isOld = old !== undefined && old.length === next.length
  let isNext = true
  const parts = next.map((theirs, index) => {
    const ours = pairOf(index)
    const part = join(state, ours, theirs)
    if (part !== theirs) isNext = false
    if (!Object.is(part, ours)) isOld = false
    return part
  })
  if (isOld && old) return old
  return isNext ? next : parts
}

/** Which element of `old` each index of `next` is compared with; none twice. */
function pairing(old: readonly unknown[], next: readonly unknown[]): (index: number) => unknown {
  if (old.length === next.length) return index => old[index]
  const shorter = Math.min(old.length, next.length)
  let head = 0
  while (head < shorter && same(old[head], next[head])) head++
  let tail = 0
  while (tail < shorter - head && same(old[old.length - 1 - tail], next[next.length - 1 - tail])) tail++
  const shift = old.length - next.length
  return index => {
    if (index >= next.length - tail) return old[index + shift]
    return index < old.length - tail ? old[index] : undefined
  }
}

/** True when both say the same, wherever they stand. */
function same(old: unknown, next: unknown): boolean {
  if (!isObject(old) || !isObject(next)) return Object.is(old, next)
  if (isSpan(old) || isSpan(next)) return isSpan(old) && isSpan(next)
  if (Array.isArray(old) !== Array.isArray(next)) return false
  let count = 0
  for (const key in next) {
    if (!Object.hasOwn(old, key) || !same((old as Fields)[key], (next as Fields)[key])) return false
    count++
  }
  return sizeOf(old) === count
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

const isMark = (value: unknown): value is Span => isObject(value) && isSpan(value)

function moveTo(span: Span, to: Span): void {
  span.start = to.start
  span.end = to.end
}

function sizeOf(value: object): number {
  let count = 0
  for (const _ in value) count++
  return count
}
