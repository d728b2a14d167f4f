// Places in order, each once.
import { type Place, samePlace } from '../text/span.ts'

/** By file, then from the top. */
export const byPlace = (a: Place, b: Place): number =>
  a.file === b.file ? a.span.start - b.span.start || b.span.end - a.span.end : a.file < b.file ? -1 : 1

/** The places in order, without those that cover the same text as another. */
export const distinctPlaces = (places: readonly Place[]): readonly Place[] => distinctBy(places, place => place)

/** The items by their places, without those whose place covers the same text as that of an earlier one. */
export const distinctBy = <T>(items: readonly T[], placeOf: (item: T) => Place): readonly T[] =>
  groupedBy(items, placeOf).map(([first]) => first)

/** The items by their places; those whose places cover the same text together, in the order given. */
export function groupedBy<T>(items: readonly T[], placeOf: (item: T) => Place): readonly (readonly [T, ...T[]])[] {
  const groups: [T, ...T[]][] = []
  for (const item of [...items].sort((a, b) => byPlace(placeOf(a), placeOf(b)))) {
    const last = groups.at(-1)
    if (last && samePlace(placeOf(last[0]), placeOf(item))) last.push(item)
    else groups.push([item])
  }
  return groups
}
