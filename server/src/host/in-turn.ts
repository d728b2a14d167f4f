// Asynchronous work over many things, a few at a time.

/**
 * Runs `work` for each item, at most `width` at once, and gives the results in the order of the items.
 * The first error, or an abort of `signal`, ends it.
 */
export async function inTurn<Item, Result>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<Result>,
  signal?: AbortSignal,
): Promise<Result[]> {
  const results = new Array<Result>(items.length)
  let next = 0
  const run = async () => {
    while (next < items.length) {
      signal?.throwIfAborted()
      const index = next++
      results[index] = await work(items[index]!)
    }
  }
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, run))
  return results
}
