// Something with a place and a size, and the room that has to be between two of them.
import type { Point, Size } from './layout.ts'

/** Something that stands somewhere. */
export interface Rect extends Point, Size {}

/** Whether two stand so that there is `gap` between them, in at least one direction. */
export const areApart = (a: Rect, b: Rect, gap: Point): boolean =>
  a.x + a.width + gap.x <= b.x ||
  b.x + b.width + gap.x <= a.x ||
  a.y + a.height + gap.y <= b.y ||
  b.y + b.height + gap.y <= a.y
