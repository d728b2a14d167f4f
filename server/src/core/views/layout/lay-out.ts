// Where the boxes of a picture stand: groups are found, each is laid out by itself, and then they are put side by side.
import { diagramMetrics } from '../../../../../shared/diagram.ts'
import { findGroups } from './find-groups.ts'
import { titlesOf } from './group-title.ts'
import { type GroupLayout, layOutGroup } from './lay-out-group.ts'
import type { Box, Group, Layout, Link, Point, Size } from './layout.ts'
import { placeGroups } from './place-groups.ts'
import { remember } from './remember.ts'
import { upTo } from './snap.ts'

const { framePadding, frameTitle } = diagramMetrics
/** Frames grow in steps of this, so that a box that grows in one of them seldom moves the others. */
const frameStep = { width: 80, height: 120 }
/** Among fewer frames the room that steps leave would look like a fault, and little is there to be moved. */
const manyFrames = 10

/**
 * Lays out a picture. The same boxes and links give the same picture in whatever order they come; a small edit moves only
 * what is near it: a group keeps its inner places while its own boxes keep their sizes, and its own place while the sizes
 * of frames, rounded up, stay the same. Nothing is ever placed over another.
 */
export function layOut(boxes: readonly Box[], given: readonly Link[]): Layout {
  const sorted = [...boxes].sort((a, b) => (a.id < b.id ? -1 : 1))
  // Sums of fractions depend on their order.
  const links = [...given].sort((a, b) => (a.from === b.from ? order(a.to, b.to) : order(a.from, b.from)))
  const groups = findGroups(sorted, links)
  const inner = groups.map(members => groupLayout(members, links))
  // A single group needs no frame.
  if (groups.length === 1) {
    const { id, title } = titlesOf(groups, links)[0]!
    const members = sorted.map(box => box.id)
    return { ...inner[0]!, groups: [{ id, title, members, x: 0, y: 0, ...sizeOf(inner[0]!) }] }
  }
  const titles = titlesOf(groups, links)
  const step = groups.length < manyFrames ? { width: 1, height: 1 } : frameStep
  const frames = inner.map(({ width, height }, index) => ({
    id: titles[index]!.id,
    width: upTo(width + 2 * framePadding, step.width),
    height: upTo(height + frameTitle + framePadding, step.height),
    members: groups[index]!.map(box => box.id),
  }))
  const placed = placeGroups(frames, links)
  const places = new Map<string, Point>()
  const result: Group[] = frames.map((frame, index) => {
    const at = placed.places.get(frame.id)!
    for (const [id, { x, y }] of inner[index]!.places)
      places.set(id, { x: at.x + framePadding + x, y: at.y + frameTitle + y })
    const { width, height } = inner[index]!
    return {
      id: frame.id,
      title: titles[index]!.title,
      ...at,
      width: width + 2 * framePadding,
      height: height + frameTitle + framePadding,
      members: frame.members,
    }
  })
  // Frames are drawn as large as they must be, and so is the picture; the rest of their steps stays free.
  const [width, height] = [Math.max(0, ...result.map(right)), Math.max(0, ...result.map(bottom))]
  return { width, height, places, groups: result }
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const sizeOf = ({ width, height }: Size): Size => ({ width, height })
const right = ({ x, width }: Group): number => x + width
const bottom = ({ y, height }: Group): number => y + height

const groupLayout = (members: readonly Box[], links: readonly Link[]): GroupLayout => {
  const ids = new Set(members.map(box => box.id))
  const own = links.filter(link => ids.has(link.from) && ids.has(link.to))
  const key = JSON.stringify([
    members.map(({ id, width, height }) => [id, width, height]),
    own.map(link => [link.from, link.to]),
  ])
  return rememberedGroup(key, () => layOutGroup(members, own))
}

const rememberedGroup = remember<GroupLayout>(2000)
