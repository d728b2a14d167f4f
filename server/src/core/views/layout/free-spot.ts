// Finds a place for one more frame between and around others.
import { frameGap, leastFrameGap } from './frame.ts'
import { areApart, type Rect } from './rect.ts'

/** The cheapest place for a frame like `wanted` among places that are in line with it or with `others`, or beside them. */
export function freeSpot(wanted: Rect, others: readonly Rect[], costOf: (at: Rect) => number): Rect {
  const xs = inLine(wanted.x, wanted.width, others, 'x', 'width')
  const ys = inLine(wanted.y, wanted.height, others, 'y', 'height')
  // Below everything there is always room.
  let best: Rect = { ...wanted, y: Math.max(0, ...others.map(other => other.y + other.height + frameGap)) }
  let least = costOf(best)
  for (const x of xs)
    for (const y of ys) {
      const at = { ...wanted, x, y }
      const cost = costOf(at)
      if (cost >= least || !others.every(other => areApart(at, other, leastFrameGap))) continue
      best = at
      least = cost
    }
  return best
}

function inLine(own: number, size: number, others: readonly Rect[], from: 'x' | 'y', length: 'width' | 'height') {
  const starts = others.flatMap(other => [
    other[from],
    other[from] + other[length] + frameGap,
    other[from] - size - frameGap,
  ])
  return [...new Set([own, 0, ...starts])].filter(start => start >= 0).sort((a, b) => a - b)
}
