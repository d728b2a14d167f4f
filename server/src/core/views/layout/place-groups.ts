// Puts the frames of a picture in columns, linked ones near each other, so that an edit moves little: every frame has a
// column and a height that are its own, and what comes or goes in a column moves only what is below it.
import { type Frame, frameGap } from './frame.ts'
import { frameLinksOf } from './frame-links.ts'
import { hashOf } from './hash.ts'
import type { Link, Point } from './layout.ts'
import { nearness } from './nearness.ts'
import { shorten } from './shorten.ts'
import { type PlacedFrames, stackColumns } from './stack-columns.ts'

const wantedAspect = 1.5
/** How much higher than the average a column may become. */
const slack = 1.1

/** Places frames. The longer side of the picture is its width, unless there are few frames. */
export function placeGroups(frames: readonly Frame[], links: readonly Link[]): PlacedFrames {
  if (frames.length === 0) return { width: 0, height: 0, places: new Map() }
  const near = nearness(frames, links)
  const columns = columnsOf(frames, near).map(column =>
    column.sort((a, b) => near.get(a.id)!.y - near.get(b.id)!.y || byId(a, b)),
  )
  return stackColumns(shorten(columns, frameLinksOf(frames, links), links.length))
}

/** Deals frames out to columns of about one height: each to the nearest column that has room. */
function columnsOf(frames: readonly Frame[], near: ReadonlyMap<string, Point>): Frame[][] {
  const widest = Math.max(...frames.map(frame => frame.width))
  // A narrow frame shares its part of the column with another, so it counts for less.
  const load = (frame: Frame) => (frame.height + frameGap) * (frame.width * 2 + frameGap <= widest ? 0.5 : 1)
  const total = frames.reduce((sum, frame) => sum + load(frame), 0)
  const count = Math.max(
    1,
    Math.min(frames.length, Math.round(Math.sqrt((total * wantedAspect) / (widest + frameGap)))),
  )
  const room = (total / count) * slack
  const columns = Array.from({ length: count }, (): Frame[] => [])
  const loads = new Array<number>(count).fill(0)
  const rank = new Map(frames.map(({ id }) => [id, hashOf(id)]))
  for (const frame of [...frames].sort((a, b) => rank.get(a.id)! - rank.get(b.id)! || byId(a, b))) {
    const wanted = near.get(frame.id)!.x * count - 0.5
    const cost = (column: number) =>
      Math.abs(column - wanted) +
      (loads[column]! / room) ** 2 +
      Math.max(0, (loads[column]! + load(frame) - room) / load(frame)) * count * 2
    let best = 0
    for (let column = 1; column < count; column++) if (cost(column) < cost(best)) best = column
    columns[best]!.push(frame)
    loads[best] = loads[best]! + load(frame)
  }
  return columns.filter(column => column.length > 0)
}

const byId = (a: Frame, b: Frame): number => (a.id < b.id ? -1 : 1)
