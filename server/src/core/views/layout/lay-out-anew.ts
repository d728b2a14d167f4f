// A picture without one before it.
import { findGroups } from './find-groups.ts'
import { framed, pictureOf, unframed } from './framed.ts'
import type { Box, Layout, Link } from './layout.ts'
import { placeGroups } from './place-groups.ts'
import { qualityOf } from './quality.ts'
import { upTo } from './snap.ts'

/** Frames take room in steps of this, so that a box that grows in one of them seldom moves the others. */
const frameStep = { width: 80, height: 120 }
/** Among fewer frames the room that steps leave would look like a fault, and little is there to be moved. */
const manyFrames = 10

/**
 * Lays out `boxes` sorted by id and sorted `links`. Even so a small edit moves little where links are short: a group
 * keeps its inner places while its own boxes keep their sizes, and its own place while the steps of frames stay the same.
 */
export function layOutAnew(boxes: readonly Box[], links: readonly Link[]): Layout {
  const frames = framed(findGroups(boxes, links), links)
  const [first, ...others] = frames
  const picture = first && others.length === 0 ? unframed([first]) : pictureOf(frames, cornersOf(frames, links))
  return { ...picture, asNew: qualityOf(boxes, links, picture) }
}

function cornersOf(frames: ReturnType<typeof framed>, links: readonly Link[]) {
  const step = frames.length < manyFrames ? { width: 1, height: 1 } : frameStep
  const { places } = placeGroups(
    frames.map(({ id, members, width, height }) => ({
      id,
      members,
      width: upTo(width, step.width),
      height: upTo(height, step.height),
    })),
    links,
  )
  return frames.map(({ id }) => places.get(id)!)
}
