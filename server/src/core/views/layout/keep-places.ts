// Places of frames after an edit: all stay where they were but those that have no room there any more.
import { leastFrameGap } from './frame.ts'
import { freeSpot } from './free-spot.ts'
import type { Point, Size } from './layout.ts'
import { pushDown } from './push-down.ts'
import { hasGoodShape } from './quality.ts'
import { areApart, type Rect } from './rect.ts'

/** A frame as large as it is now, and where it was. */
export interface Standing extends Size {
  /** How many boxes are in it. */
  readonly count: number
  /** Missing for a frame that is new. */
  readonly was?: Rect
}

/** The picture before. */
export interface Scene extends Size {
  /** Where the middle of a new frame would best be; undefined where any place will do. */
  nearOf(index: number): Point | undefined
}

/** What it costs that a box moves at all, besides the pixels that it moves. */
const shock = 800
/** What a pixel more of the picture costs each box. */
const growth = 0.1
/** How much of the way counts for a frame that any place will do for: it had better not make the picture larger. */
const loose = 0.02
/** Costs more than any way in a picture. */
const badShape = 1e9

/** The corners of `frames`. They do not overlap if they did not before. */
export function keepPlaces(frames: readonly Standing[], scene: Scene): readonly Point[] {
  const rects: (Rect | undefined)[] = frames.map(({ was }) => was)
  const total = frames.reduce((sum, { count }) => sum + count, 0)
  const growthCost = (right: number, bottom: number) => {
    const [width, height] = [Math.max(scene.width, right), Math.max(scene.height, bottom)]
    const shape = hasGoodShape(width / height) ? 0 : badShape
    return total * growth * (width - scene.width + height - scene.height) + shape
  }
  const spotFor = (index: number, wanted: Rect, weight = frames[index]!.count) => {
    const costOf = (at: Rect) =>
      weight * (Math.hypot(at.x - wanted.x, at.y - wanted.y) + shock) + growthCost(at.x + at.width, at.y + at.height)
    const others = rects.filter((rect, other): rect is Rect => rect !== undefined && other !== index)
    const spot = freeSpot(wanted, others, costOf)
    return { spot, cost: costOf(spot) }
  }
  const pushCost = (pushed: ReadonlyMap<number, Rect>) => {
    let [sum, bottom] = [0, 0]
    for (const [index, { y, height }] of pushed) {
      sum += frames[index]!.count * (y - rects[index]!.y + shock)
      bottom = Math.max(bottom, y + height)
    }
    return sum + growthCost(0, bottom)
  }

  for (const [index, { width, height, was }] of frames.entries()) {
    if (!was) continue
    const grown = { x: was.x, y: was.y, width, height }
    rects[index] = grown
    if (rects.every((other, at) => !other || at === index || areApart(grown, other, leastFrameGap))) continue
    const { spot, cost } = spotFor(index, grown)
    const pushed = pushDown(index, rects, was)
    if (pushed && pushCost(pushed) < cost) for (const [other, rect] of pushed) rects[other] = rect
    else rects[index] = spot
  }
  for (const [index, { width, height, count, was }] of frames.entries()) {
    if (was) continue
    const near = scene.nearOf(index)
    const { x, y } = near ?? { x: 0, y: scene.height }
    const corner = { x: Math.max(0, Math.round(x - width / 2)), y: Math.max(0, Math.round(y - height / 2)) }
    rects[index] = spotFor(index, { ...corner, width, height }, near ? count : count * loose).spot
  }
  return rects.map(rect => ({ x: rect!.x, y: rect!.y }))
}
