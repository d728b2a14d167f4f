// Gives the boxes of ordered columns their places: close above each other, and as level with their neighbours as that allows.
import type { Link, Point, Size } from './layout.ts'

/** How often boxes move towards their neighbours; more changes little. */
const rounds = 6

/** Places columns from left to right. No column becomes higher than the highest must be. */
export function stackUp(
  columns: readonly (readonly string[])[],
  sizes: ReadonlyMap<string, Size>,
  links: readonly Link[],
  { columnGap, rowGap }: { readonly columnGap: number; readonly rowGap: number },
): Size & { readonly places: ReadonlyMap<string, Point> } {
  const heightOf = (id: string) => sizes.get(id)!.height
  const lengths = columns.map(ids => ids.reduce((sum, id) => sum + heightOf(id) + rowGap, -rowGap))
  const height = Math.max(...lengths)
  const neighbours = new Map<string, string[]>()
  for (const { from, to } of links) {
    neighbours.set(from, [...(neighbours.get(from) ?? []), to])
    neighbours.set(to, [...(neighbours.get(to) ?? []), from])
  }

  const tops = new Map<string, number>()
  columns.forEach((ids, column) => {
    // Without links nothing draws boxes to the middle, and a straight upper edge is easier to read.
    let top = links.length > 0 ? (height - lengths[column]!) / 2 : 0
    for (const id of ids) {
      tops.set(id, top)
      top += heightOf(id) + rowGap
    }
  })
  const middle = (id: string) => tops.get(id)! + heightOf(id) / 2
  for (let round = 0; round < rounds; round++)
    for (const ids of columns) {
      let least = 0
      for (const id of ids) {
        const near = neighbours.get(id) ?? []
        const wanted = near.length > 0 ? near.reduce((sum, other) => sum + middle(other), 0) / near.length : middle(id)
        tops.set(id, Math.max(least, wanted - heightOf(id) / 2))
        least = tops.get(id)! + heightOf(id) + rowGap
      }
      let most = height
      for (const id of [...ids].reverse()) {
        tops.set(id, Math.min(tops.get(id)!, most - heightOf(id)))
        most = tops.get(id)! - rowGap
      }
    }

  const places = new Map<string, Point>()
  let x = 0
  for (const ids of columns) {
    const width = Math.max(...ids.map(id => sizes.get(id)!.width))
    for (const id of ids) places.set(id, { x, y: Math.round(tops.get(id)!) })
    x += width + columnGap
  }
  return { width: x - columnGap, height, places }
}
