// How good a picture is, and when one that has grown is so much worse than a new one that it should be made anew.
import type { Box, Layout, Link, Quality } from './layout.ts'

/** How much farther linked boxes may be apart, and how much more room may be left, than in a new picture. */
const tolerance = { reach: 1.15, room: 1.6 }
/** Pictures should be between once and twice as wide as high. */
const widest = 2

/** Measures a picture of `boxes` and `links`. */
export function qualityOf(
  boxes: readonly Box[],
  links: readonly Link[],
  { places, width, height }: Pick<Layout, 'places' | 'width' | 'height'>,
): Quality {
  const area = boxes.reduce((sum, box) => sum + box.width * box.height, 0) || 1
  const middles = new Map(
    boxes.map(box => {
      const { x, y } = places.get(box.id)!
      return [box.id, { x: x + box.width / 2, y: y + box.height / 2 }]
    }),
  )
  let [sum, count] = [0, 0]
  for (const { from, to } of links) {
    const [a, b] = [middles.get(from), middles.get(to)]
    if (!a || !b || a === b) continue
    sum += Math.hypot(a.x - b.x, a.y - b.y)
    count++
  }
  return {
    aspect: width / (height || 1),
    reach: sum / (count || 1) / Math.sqrt(area),
    room: (width * height) / area,
  }
}

/** Whether a picture of this quality should be made anew. */
export const isWorn = (now: Quality, asNew: Quality): boolean =>
  now.reach > asNew.reach * tolerance.reach ||
  now.room > asNew.room * tolerance.room ||
  // A small picture may have another shape from the beginning.
  excess(now.aspect) > Math.max(1, excess(asNew.aspect) * 1.1)

/** Whether a picture is between once and twice as wide as high. */
export const hasGoodShape = (aspect: number): boolean => excess(aspect) === 1

/** 1 for a good shape, more for others. */
const excess = (aspect: number): number => Math.max(1, 1 / aspect, aspect / widest)
