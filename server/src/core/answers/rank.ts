// How well a few typed letters fit a name.

/**
 * Lower is better: 0 the name itself, 1 its beginning, 2 the beginning of a word in it, 3 somewhere in it, 4 its letters in
 * this order with others between. Undefined where they do not fit. Case does not matter; no letters fit every name.
 */
export function rankOf(query: string, name: string): number | undefined {
  const wanted = query.trim().toLowerCase()
  const text = name.toLowerCase()
  if (text === wanted) return 0
  const at = text.indexOf(wanted)
  if (at === 0) return 1
  if (at > 0) return /[a-z0-9]/.test(text[at - 1]!) ? 3 : 2
  let next = 0
  for (const letter of text) if (letter === wanted[next]) next++
  return next === wanted.length ? 4 : undefined
}
