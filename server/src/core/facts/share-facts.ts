// Lets a second reading of a file use the objects of the first wherever both say the same at the same place.
import { isSpan } from './marks.ts'

/**
 * A tree equal to `next` in which every part that `old` has too, places included, IS the part of `old`. Nothing is
 * changed in either, so both may be used. Arrays are matched from both ends. Both are plain data without cycles.
 */
export const share = <T>(old: T, next: T): T => join(old, next, new Map()) as T

function join(old: unknown, next: unknown, known: Map<object, unknown>): unknown {
  if (!isObject(next) || !isObject(old)) return next
  if (isSpan(next)) return isSpan(old) && old.start === next.start && old.end === next.end ? old : next
  if (Array.isArray(next)) return Array.isArray(old) ? joinLists(old, next, known) : next
  // A value that stands in several places stays one value.
  if (!known.has(next)) known.set(next, joinParts(old as Fields, next as Fields, known))
  return known.get(next)
}

type Fields = Readonly<Record<string, unknown>>

function joinParts(old: Fields, next: Fields, known: Map<object, unknown>): object {
  const parts: Record<string, unknown> = Object.create(Object.getPrototypeOf(next))
  let isOld = true
  let isNext = true
  for (const key in next) {
    const ours = Object.hasOwn(old, key) ? old[key] : undefined
    const part = join(ours, next[key], known)
    parts[key] = part
    if (!Object.is(part, ours)) isOld = false
    if (!Object.is(part, next[key])) isNext = false
  }
  if (isOld && Object.keys(old).length === Object.keys(next).length) return old
  return isNext ? next : parts
}

function joinLists(old: readonly unknown[], next: readonly unknown[], known: Map<object, unknown>): readonly unknown[] {
  const parts = [...next]
  let head = 0
  for (; head < Math.min(old.length, next.length); head++) {
    parts[head] = join(old[head], next[head], known)
    if (!Object.is(parts[head], old[head])) break
  }
  if (head === old.length && head === next.length) return old
  for (let i = 1; i <= Math.min(old.length, next.length) - head - 1; i++) {
    parts[next.length - i] = join(old[old.length - i], next[next.length - i], known)
    if (!Object.is(parts[next.length - i], old[old.length - i])) break
  }
  return parts
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null
