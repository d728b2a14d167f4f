// How strongly boxes belong together: by their links, by where they are defined and by how their names begin.
import type { Box, Link } from './layout.ts'
import { familiesOf, homesOf } from './likeness.ts'

/** Two boxes by their index, the lower first, and how strongly they belong together. */
export type Bond = readonly [a: number, b: number, strength: number]

const sameHome = 1.5
const sameFamily = 0.6

/**
 * Bonds between `boxes`, which are sorted by id, each pair once. They depend on the rough number of links of a box only,
 * so that one more changes little.
 */
export function bondsOf(boxes: readonly Box[], links: readonly Link[]): readonly Bond[] {
  const indexes = new Map(boxes.map((box, index) => [box.id, index]))
  const pairs = pairsOf(links, indexes)
  const degrees = new Map<number, number>()
  for (const [a, b] of pairs.values()) for (const end of [a, b]) degrees.set(end, (degrees.get(end) ?? 0) + 1)
  const rough = (index: number) => 2 ** Math.floor(Math.log2(degrees.get(index) ?? 1))

  const bonds = new Map<string, Bond>()
  for (const [key, [a, b]] of pairs) bonds.set(key, [a, b, 2 / Math.sqrt(Math.min(rough(a), rough(b)))])
  for (const [alike, weight] of [
    [homesOf(boxes), sameHome],
    [familiesOf(boxes), sameFamily],
  ] as const)
    for (const members of alike)
      for (const a of members)
        for (const b of members) {
          if (a >= b) continue
          const key = `${a} ${b}`
          bonds.set(key, [a, b, (bonds.get(key)?.[2] ?? 0) + weight])
        }
  return [...bonds.values()]
}

/** Linked pairs of different boxes, each once, by a key that is the same in both directions. */
function pairsOf(links: readonly Link[], indexes: ReadonlyMap<string, number>): Map<string, [number, number]> {
  const pairs = new Map<string, [number, number]>()
  for (const { from, to } of links) {
    const a = indexes.get(from)
    const b = indexes.get(to)
    if (a === undefined || b === undefined || a === b) continue
    const [low, high] = a < b ? [a, b] : [b, a]
    pairs.set(`${low} ${high}`, [low, high])
  }
  return pairs
}
