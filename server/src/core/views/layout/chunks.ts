// Cuts a sorted list into pieces so that something put in changes one piece only.

const smallest = 6
const largest = 20
/** One in so many numbers ends a piece. */
const oneIn = 8

/**
 * Cuts where the items themselves say so, and not by counting from the beginning: the pieces behind an item that comes or
 * goes stay as they are. `keyOf` must not depend on the position of an item.
 */
export function chunksBy<T>(items: readonly T[], keyOf: (item: T) => number): T[][] {
  const chunks: T[][] = []
  let chunk: T[] = []
  for (const item of items) {
    chunk.push(item)
    if (chunk.length < largest && (chunk.length < smallest || keyOf(item) % oneIn !== 0)) continue
    chunks.push(chunk)
    chunk = []
  }
  if (chunk.length > 0) chunks.push(chunk)
  return chunks
}
