// Puts the frames of a picture in columns, linked ones near each other, so that an edit moves little: every frame has a
// column and a height that are its own, and what comes or goes in a column moves only what is below it.
import { hashOf } from './hash.ts'
import type { Link, Point, Size } from './layout.ts'
import { nearness } from './nearness.ts'
import { upTo } from './snap.ts'

/** A frame to be placed, and the boxes in it. */
export interface Frame extends Size {
  readonly id: string
  readonly members: readonly string[]
}

/** Frames with their corners; the origin is the corner of the picture. */
export interface PlacedFrames extends Size {
  readonly places: ReadonlyMap<string, Point>
}

export const frameGap = 48
const wantedAspect = 1.5
const manyColumns = 4
const widthStep = 160
/** How much higher than the average a column may become. */
const slack = 1.1

/** Places frames. The longer side of the picture is its width, unless there are few frames. */
export function placeGroups(frames: readonly Frame[], links: readonly Link[]): PlacedFrames {
  const places = new Map<string, Point>()
  if (frames.length === 0) return { width: 0, height: 0, places }
  const near = nearness(frames, links)
  let [left, height] = [0, 0]
  const columns = columnsOf(frames, near)
  const widest = Math.max(...frames.map(frame => frame.width))
  for (const column of columns) {
    // Among many columns one that grows must not move those on its right, so all have one width.
    const isOneOfMany = columns.length >= manyColumns
    const width = isOneOfMany ? upTo(widest, widthStep) : Math.max(...column.map(frame => frame.width))
    let y = 0
    for (const row of rowsOf(
      column.sort((a, b) => near.get(a.id)!.y - near.get(b.id)!.y || byId(a, b)),
      width,
    )) {
      let x = left
      for (const frame of row) {
        places.set(frame.id, { x, y })
        x += frame.width + frameGap
      }
      y += Math.max(...row.map(frame => frame.height)) + frameGap
    }
    height = Math.max(height, y - frameGap)
    left += width + frameGap
  }
  return { width: left - frameGap, height, places }
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

/** Neighbours in a column that fit beside each other. */
function rowsOf(column: readonly Frame[], width: number): Frame[][] {
  const rows: Frame[][] = []
  let left = 0
  for (const frame of column) {
    const last = rows.at(-1)
    if (last && frame.width + frameGap <= left) {
      last.push(frame)
      left -= frame.width + frameGap
    } else {
      rows.push([frame])
      left = width - frame.width
    }
  }
  return rows
}

const byId = (a: Frame, b: Frame): number => (a.id < b.id ? -1 : 1)
