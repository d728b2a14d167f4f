// Exchanges frames where links are long: where no modules hold boxes together, each group is linked with all others.
import { type Frame, type FrameLinks, frameGap } from './frame.ts'
import type { Point } from './layout.ts'
import { stackColumns } from './stack-columns.ts'

/** Links that are longer on the average cannot be followed any more; pixels. */
const longLength = 2100
/** Among more frames exchanges take longer than people wait, and no links are short. */
const mostFrames = 120
/** Exchanges shift what is below a little, so they are looked for again. */
const passes = 3
const rounds = 12
/** Frames change places with those of about their height, so that columns stay equally high. */
const heightStep = 240
/** Less gain than this is not worth an exchange; pixels. */
const leastGain = 1

/**
 * The columns with some frames exchanged, if their links are long; `count` is how many links there are, with those inside
 * of frames. Short ones are left alone: each exchange leads to others, so that an edit may move much.
 */
export function shorten(
  columns: readonly (readonly Frame[])[],
  links: FrameLinks,
  count: number,
): readonly (readonly Frame[])[] {
  if (columns.flat().length > mostFrames || lengthOf(columns, links) <= count * longLength) return columns
  let result = columns
  for (let pass = 0; pass < passes; pass++) result = exchanged(result, links)
  return result
}

/** The sum of all links between frames. */
function lengthOf(columns: readonly (readonly Frame[])[], links: FrameLinks): number {
  const middles = middlesOf(columns)
  let sum = 0
  for (const [id, others] of links)
    for (const [other, weight] of others) sum += weight * distance(middles.get(id)!, middles.get(other)!)
  // Each link is known to both of its ends.
  return sum / 2
}

function exchanged(columns: readonly (readonly Frame[])[], links: FrameLinks): readonly (readonly Frame[])[] {
  const frames = columns.flat()
  const widest = Math.max(...frames.map(frame => frame.width))
  const isNarrow = (frame: Frame) => frame.width * 2 + frameGap <= widest
  const kind = (frame: Frame) => `${Math.round(frame.height / heightStep)} ${isNarrow(frame)}`
  const kinds = new Map(frames.map(frame => [frame, kind(frame)]))
  const middles = new Map(middlesOf(columns))
  /** Who stands where each stood. */
  const holders = new Map(frames.map(frame => [frame.id, frame]))
  const slots = new Map(frames.map(({ id }) => [id, id]))

  const length = (id: string, at: Point, but: string) => {
    let sum = 0
    for (const [other, weight] of links.get(id) ?? [])
      if (other !== but) sum += weight * distance(at, middles.get(other)!)
    return sum
  }
  const exchange = (a: Frame, b: Frame) => {
    const [slotA, slotB, middleA, middleB] = [
      slots.get(a.id)!,
      slots.get(b.id)!,
      middles.get(a.id)!,
      middles.get(b.id)!,
    ]
    slots.set(a.id, slotB).set(b.id, slotA)
    middles.set(a.id, middleB).set(b.id, middleA)
    holders.set(slotA, b).set(slotB, a)
  }
  for (let round = 0, isBetter = true; isBetter && round < rounds; round++) {
    isBetter = false
    for (const a of frames) {
      let [best, most]: [Frame | undefined, number] = [undefined, leastGain]
      for (const b of frames) {
        if (a === b || kinds.get(a) !== kinds.get(b)) continue
        const [here, there] = [middles.get(a.id)!, middles.get(b.id)!]
        const now = length(a.id, here, b.id) + length(b.id, there, a.id)
        const gain = now - length(a.id, there, b.id) - length(b.id, here, a.id)
        if (gain > most) [best, most] = [b, gain]
      }
      if (!best) continue
      exchange(a, best)
      isBetter = true
    }
  }
  return columns.map(column => column.map(({ id }) => holders.get(id)!))
}

function middlesOf(columns: readonly (readonly Frame[])[]): ReadonlyMap<string, Point> {
  const { places } = stackColumns(columns)
  return new Map(
    columns.flat().map(({ id, width, height }) => {
      const { x, y } = places.get(id)!
      return [id, { x: x + width / 2, y: y + height / 2 }]
    }),
  )
}

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y)
