// Computed answers that are remembered key by key, so that whoever asks for one is not woken by changes of others.
import { computed, effect, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals-core'

/** A computed answer that stays the same object while `same` says so. */
export function settled<T>(read: () => T, same: (a: T, b: T) => boolean): ReadonlySignal<T> {
  let last: { readonly value: T } | undefined
  return computed(() => {
    const value = read()
    if (!last || !same(last.value, value)) last = { value }
    return last.value
  })
}

/** One computed answer for each key. A change of what they all read asks each of them again. */
export function keyed<T>(read: (key: string) => T, same: (a: T, b: T) => boolean = Object.is): (key: string) => T {
  const cells = new Map<string, ReadonlySignal<T>>()
  return key => {
    let cell = cells.get(key)
    if (!cell) {
      cell = settled(() => read(key), same)
      cells.set(key, cell)
    }
    return cell.value
  }
}

/**
 * An answer that wakes those who asked only when it is really another one. A computed tells everybody behind it to look
 * again whenever something before it moves; behind a gate nobody has to. For answers that many ask for and that seldom
 * change, such as the names of all tables.
 */
export function gated<T>(read: () => T, same: (a: T, b: T) => boolean = Object.is): () => T {
  let cell: Signal<T> | undefined
  const watch = () =>
    effect(() => {
      const value = read()
      untracked(() => {
        if (!cell) cell = signal(value)
        else if (!same(cell.peek(), value)) cell.value = value
      })
    })
  return () => {
    if (!cell) watch()
    return cell!.value
  }
}

/** One gated answer for each key. */
export function gatedByKey<T>(read: (key: string) => T, same: (a: T, b: T) => boolean = Object.is): (key: string) => T {
  const cells = new Map<string, () => T>()
  return key => {
    let cell = cells.get(key)
    if (!cell) {
      cell = gated(() => read(key), same)
      cells.set(key, cell)
    }
    return cell()
  }
}

/** True for lists of the same items. */
export const sameItems = <T>(a: readonly T[], b: readonly T[]): boolean =>
  a.length === b.length && a.every((item, i) => item === b[i])
