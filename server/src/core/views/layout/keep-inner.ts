// The inside of a group that nothing came to: its boxes stay, whatever went and however they are linked now.
import { diagramMetrics } from '../../../../../shared/diagram.ts'
import type { GroupLayout } from './lay-out-group.ts'
import type { Box, Group, Layout } from './layout.ts'
import { areApart } from './rect.ts'

const { framePadding, frameTitle } = diagramMetrics
/** Boxes that grow may come so near to each other. */
const leastGap = { x: 44, y: 12 }
/** A group of which less than this is boxes has lost many. */
const leastFilled = 0.25

/** The inner places of the group that `was` in the picture `before`; undefined where they do not do any more. */
export function keepInner(members: readonly Box[], was: Group, before: Layout): GroupLayout | undefined {
  const known = new Set(was.members)
  if (!members.every(({ id }) => known.has(id))) return undefined
  const rects = members.map(({ id, width, height }) => {
    const { x, y } = before.places.get(id)!
    return { id, x: x - was.x - framePadding, y: y - was.y - frameTitle, width, height }
  })
  if (rects.some((one, index) => rects.slice(index + 1).some(other => !areApart(one, other, leastGap))))
    return undefined
  const width = Math.max(...rects.map(rect => rect.x + rect.width))
  const height = Math.max(...rects.map(rect => rect.y + rect.height))
  const filled = rects.reduce((sum, rect) => sum + rect.width * rect.height, 0)
  if (members.length < was.members.length && filled < width * height * leastFilled) return undefined
  return { width, height, places: new Map(rects.map(({ id, x, y }) => [id, { x, y }])) }
}
