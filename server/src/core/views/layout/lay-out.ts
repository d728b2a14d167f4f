// Where the boxes of a picture stand: groups are found, each is laid out by itself, and then they are put side by side.
import { layOutAgain } from './lay-out-again.ts'
import { layOutAnew } from './lay-out-anew.ts'
import type { Box, Layout, Link } from './layout.ts'

/**
 * Lays out a picture. The same boxes, links and `before` give the same picture in whatever order they come. Nothing is
 * ever placed over another.
 *
 * With the picture `before` an edit moves only what is near it: boxes stay in their groups, and groups in their places.
 * When that has made it much worse than a new picture would be, or much is different, it is made anew.
 */
export function layOut(boxes: readonly Box[], links: readonly Link[], before?: Layout): Layout {
  const sorted = [...boxes].sort((a, b) => order(a.id, b.id))
  // Sums of fractions depend on their order.
  const ordered = [...links].sort((a, b) => order(a.from, b.from) || order(a.to, b.to))
  return (before && layOutAgain(sorted, ordered, before)) ?? layOutAnew(sorted, ordered)
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
