// Remembers what was computed from a text, so that what did not change is not computed again.

/** Gives a function that computes once for each key. It keeps the `size` results asked for last. */
export function remember<T>(size: number): (key: string, compute: () => T) => T {
  const known = new Map<string, T>()
  return (key, compute) => {
    const found = known.get(key)
    const value = found ?? compute()
    known.delete(key)
    known.set(key, value)
    if (known.size > size) known.delete(known.keys().next().value!)
    return value
  }
}
