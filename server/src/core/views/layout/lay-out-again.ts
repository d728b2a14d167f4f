// A picture that grows out of the one before it.
import { fewBoxes } from './find-groups.ts'
import { framed, pictureOf } from './framed.ts'
import { keepGroups } from './keep-groups.ts'
import { keepInner } from './keep-inner.ts'
import { keepPlaces } from './keep-places.ts'
import type { Box, Layout, Link } from './layout.ts'
import { isWorn, qualityOf } from './quality.ts'

/** So many boxes may come and go at once: a share of all, at least and at most. */
const fewChanges = { share: 0.1, least: 6, most: 50 }

/**
 * Lays out `boxes` sorted by id and sorted `links` so that most of them stand where they stood. Undefined where little
 * would be kept or the picture would be much worse than a new one.
 */
export function layOutAgain(boxes: readonly Box[], links: readonly Link[], before: Layout): Layout | undefined {
  if (boxes.length <= fewBoxes || before.groups.length < 2) return undefined
  const { share, least, most } = fewChanges
  const stayed = boxes.filter(({ id }) => before.places.has(id)).length
  const changes = boxes.length + before.places.size - 2 * stayed
  if (changes > Math.max(least, Math.min(most, boxes.length * share))) return undefined

  const groups = keepGroups(boxes, links, before)
  const frames = framed(
    groups.map(({ members }) => members),
    links,
    index => {
      const { members, was } = groups[index]!
      return was && keepInner(members, was, before)
    },
  )
  const corners = keepPlaces(
    frames.map((frame, index) => ({ ...frame, count: frame.members.length, was: groups[index]!.was })),
    { ...before, nearOf: index => middleOfLinked(frames[index]!.members, links, before) },
  )
  const picture = pictureOf(frames, corners)
  return isWorn(qualityOf(boxes, links, picture), before.asNew) ? undefined : { ...picture, asNew: before.asNew }
}

/** Where those stood that the members of a new group are linked with. */
function middleOfLinked(members: readonly string[], links: readonly Link[], { places }: Layout) {
  const own = new Set(members)
  const points = links.flatMap(({ from, to }) => {
    const at = own.has(from) ? places.get(to) : own.has(to) ? places.get(from) : undefined
    return at ? [at] : []
  })
  if (points.length === 0) return undefined
  const mean = (axis: 'x' | 'y') => points.reduce((sum, point) => sum + point[axis], 0) / points.length
  return { x: mean('x'), y: mean('y') }
}
