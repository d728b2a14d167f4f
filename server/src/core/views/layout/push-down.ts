// Makes room below a frame that has grown.
import { frameGap, leastFrameGap } from './frame.ts'
import { areApart, type Rect } from './rect.ts'
import { upTo } from './snap.ts'

/** Frames are pushed in steps of this, so that the next growth need not push them again. */
const step = 120

/**
 * Frames that have to move down, by their index, so that the one at `index` has room; it was `was` before it grew.
 * Undefined where it has grown into one that stands beside it.
 */
export function pushDown(
  index: number,
  rects: readonly (Rect | undefined)[],
  was: Rect,
): ReadonlyMap<number, Rect> | undefined {
  const moved = new Map<number, Rect>()
  const queue = [index]
  for (let pusher = queue.shift(); pusher !== undefined; pusher = queue.shift()) {
    const above = moved.get(pusher) ?? rects[pusher]!
    for (const [other, rect] of rects.entries()) {
      if (!rect || other === pusher || other === index) continue
      const below = moved.get(other) ?? rect
      if (areApart(above, below, leastFrameGap)) continue
      if (pusher === index && rect.y < was.y + was.height) return undefined
      moved.set(other, { ...below, y: below.y + upTo(above.y + above.height + frameGap - below.y, step) })
      queue.push(other)
    }
  }
  return moved
}
