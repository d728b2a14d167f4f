// Long work in slices, so that other work of the process gets its turn.

/** Work is put off after this many milliseconds. */
const slice = 8

/**
 * A function to be awaited between two pieces of long work: it lets other work through when some milliseconds have been
 * spent since it last did. It rejects with the reason of `signal` once that is aborted.
 */
export function createPause(signal?: AbortSignal): () => Promise<void> | undefined {
  let began = performance.now()
  return () => {
    signal?.throwIfAborted()
    if (performance.now() - began < slice) return undefined
    return new Promise(resolve =>
      setImmediate(() => {
        began = performance.now()
        resolve()
      }),
    )
  }
}
