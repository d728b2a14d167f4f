// Places frames that have been dealt out to columns.
import { type Frame, frameGap } from './frame.ts'
import type { Point, Size } from './layout.ts'
import { upTo } from './snap.ts'

/** Frames with their corners; the origin is the corner of the picture. */
export interface PlacedFrames extends Size {
  readonly places: ReadonlyMap<string, Point>
}

const manyColumns = 4
const widthStep = 160

/** Stacks frames from top to bottom, in columns from left to right. */
export function stackColumns(columns: readonly (readonly Frame[])[]): PlacedFrames {
  const places = new Map<string, Point>()
  let [left, height] = [0, 0]
  const widest = Math.max(...columns.flat().map(frame => frame.width))
  for (const column of columns) {
    // Among many columns one that grows must not move those on its right, so all have one width.
    const isOneOfMany = columns.length >= manyColumns
    const width = isOneOfMany ? upTo(widest, widthStep) : Math.max(...column.map(frame => frame.width))
    let y = 0
    for (const row of rowsOf(column, width)) {
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
