// Long lists that change a little at a time: what is made of them is made anew only where they changed.
import { effect, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals-core'
import { sameItems, settled } from './remembered.ts'

/** Where two lists differ: `[start, oldEnd)` of the one stands where `[start, newEnd)` of the other does. */
export interface Difference {
  readonly start: number
  readonly oldEnd: number
  readonly newEnd: number
}

/** The smallest stretch outside of which both lists hold the same objects; undefined when there is none. */
export function difference<T>(old: readonly T[], next: readonly T[]): Difference | undefined {
  const shorter = Math.min(old.length, next.length)
  let start = 0
  while (start < shorter && old[start] === next[start]) start++
  if (start === shorter && old.length === next.length) return undefined
  let oldEnd = old.length
  let newEnd = next.length
  while (oldEnd > start && newEnd > start && old[oldEnd - 1] === next[newEnd - 1]) {
    oldEnd--
    newEnd--
  }
  return { start, oldEnd, newEnd }
}

/**
 * Makes something of each item of a list that is given again and again. An item keeps what was made of it, and equal
 * lists give the same list.
 */
export function mapper<T extends object, U>(make: (item: T) => U): (items: readonly T[]) => readonly U[] {
  const known = new WeakMap<T, U>()
  const madeOf = (item: T): U => {
    const made = known.get(item) ?? make(item)
    known.set(item, made)
    return made
  }
  let last: readonly T[] = []
  let made: readonly U[] = []
  return items => {
    const changed = difference(last, items)
    if (!changed) return made
    const { start, oldEnd, newEnd } = changed
    made = made.slice(0, start).concat(items.slice(start, newEnd).map(madeOf), made.slice(oldEnd))
    last = items
    return made
  }
}

/** So many that reading one block is nothing, and so few that there are few blocks. */
const blockLength = 64

/**
 * Reads a list block by block, each remembered by itself: when something that was read of one item changes, only its
 * block is read again. To be asked within a computed or an effect; `same` tells that items are the same.
 */
export function inBlocks<T, U>(
  read: (items: readonly T[]) => readonly U[],
  same: (a: T, b: T) => boolean = Object.is,
): (items: readonly T[]) => readonly U[] {
  interface Block {
    readonly items: readonly T[]
    readonly cell: ReadonlySignal<readonly U[]>
  }
  let blocks: readonly Block[] = []
  let last: readonly T[] = []

  const holds = (block: Block, items: readonly T[], from: number): boolean => {
    if (block.items.length !== Math.min(blockLength, items.length - from)) return false
    for (let index = 0; index < block.items.length; index++)
      if (!same(block.items[index]!, items[from + index]!)) return false
    return true
  }

  const divide = (items: readonly T[]) => {
    const next: Block[] = []
    for (let from = 0; from < items.length; from += blockLength) {
      const known = blocks[next.length]
      if (known && holds(known, items, from)) next.push(known)
      else {
        const part = items.slice(from, from + blockLength)
        next.push({ items: part, cell: settled(() => read(part), sameItems) })
      }
    }
    blocks = next
    last = items
  }

  return items => {
    if (items !== last) divide(items)
    return ([] as U[]).concat(...blocks.map(block => block.cell.value))
  }
}

/** A long list by name. Whoever asks is woken only when the answer is another one. */
export interface ByName<T> {
  /** The first item of that name. */
  item(name: string): T | undefined
  /** All names, each once, in the order of the list. */
  names(): readonly string[]
}

/** The items of `read()` by the name that each has. */
export function byName<T>(read: () => readonly T[], nameOf: (item: T) => string | undefined): ByName<T> {
  const cells = new Map<string, Signal<T | undefined>>()
  const names = signal<readonly string[]>([])
  let first = new Map<string, T>()
  let last: readonly T[] = []
  let isWatched = false

  const rebuild = (next: readonly T[]) => {
    first = new Map()
    for (const item of next) {
      const name = nameOf(item)
      if (name !== undefined && !first.has(name)) first.set(name, item)
    }
    for (const [name, cell] of cells) cell.value = first.get(name)
    const now = [...first.keys()]
    if (!sameItems(names.peek(), now)) names.value = now
  }
  /** Exchanges items for others of the same names; false when that is not what happened. */
  const exchange = (next: readonly T[], { start, oldEnd, newEnd }: Difference): boolean => {
    if (oldEnd !== newEnd || first.size !== last.length) return false
    for (let at = start; at < newEnd; at++) if (nameOf(next[at]!) !== nameOf(last[at]!)) return false
    for (const item of next.slice(start, newEnd)) {
      const name = nameOf(item)!
      first.set(name, item)
      const cell = cells.get(name)
      if (cell) cell.value = item
    }
    return true
  }
  const follow = (next: readonly T[]) => {
    if (next === last) return
    const changed = difference(last, next)
    if (changed && !exchange(next, changed)) rebuild(next)
    last = next
  }
  /** Who asks in the midst of a change, before the effect has had its turn, is told of the list as it is now. */
  const watch = () => {
    if (isWatched) return untracked(() => follow(read()))
    isWatched = true
    effect(() => {
      const next = read()
      untracked(() => follow(next))
    })
  }

  return {
    item(name) {
      watch()
      let cell = cells.get(name)
      if (!cell) {
        cell = signal(first.get(name))
        cells.set(name, cell)
      }
      return cell.value
    },
    names() {
      watch()
      return names.value
    },
  }
}
