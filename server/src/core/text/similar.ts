// Did you mean …?

/** Letters, digits and the order of words, without case and underscores: how people mistake one convention for another. */
const bare = (word: string): string => word.replace(/[_$\s-]/g, '').toLowerCase()

/**
 * The candidate that `word` was most likely meant to be; undefined where none is close. Equal but for case and
 * underscores wins (`createdAt`, `created_at`), then the smallest edit distance up to a quarter of the word's length.
 */
export function closest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined
  let bestDistance = Math.max(1, Math.floor(word.length / 4)) + 1
  for (const candidate of candidates) {
    if (candidate === word) continue
    if (bare(candidate) === bare(word)) return candidate
    const distance = editDistance(word, candidate, bestDistance)
    if (distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

/** Insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`; `limit` where it is at least that. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit
  let previous: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      let value = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + cost)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        value = Math.min(value, previous[j - 2]! + 1)
      next.push(value)
    }
    previous = row
    row = next
  }
  return Math.min(row[b.length]!, limit)
}
