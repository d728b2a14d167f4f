// The line of a relation: where it leaves and enters entities, how it runs between them, and the marks at its ends.
import type { Point, Rect } from './geometry.ts'

/** Where a line touches an entity, and which way it leaves it: 1 to the right, -1 to the left. */
export interface Tip extends Point {
  readonly way: 1 | -1
}

/** A line of horizontal and vertical pieces. */
export interface Route {
  readonly from: Tip
  readonly to: Tip
  /** Where the upright piece stands. */
  readonly turn: number
}

/** What a line is drawn between: the two entities, and the heights at which it touches them. */
export interface Ends {
  readonly from: Rect
  readonly fromY: number
  readonly to: Rect
  readonly toY: number
}

/** How far a line runs straight before it may turn: the marks at its ends need this. */
const stub = 22
const radius = 7
const lanes = 5
const laneWidth = 7

/**
 * Finds the way of a relation. `obstacles` are the entities that it would rather not run behind; `lane` (any whole number)
 * keeps lines apart that would stand upon each other.
 */
export function routeOf({ from, fromY, to, toY }: Ends, obstacles: readonly Rect[], lane = 0): Route {
  const shift = ((lane % lanes) - (lanes - 1) / 2) * laneWidth
  const [fromRight, toRight] = [from.x + from.width, to.x + to.width]
  if (from !== to && to.x - fromRight >= 2 * stub)
    return straight({ x: fromRight, y: fromY, way: 1 }, { x: to.x, y: toY, way: -1 }, obstacles, shift)
  if (from !== to && from.x - toRight >= 2 * stub)
    return straight({ x: from.x, y: fromY, way: -1 }, { x: toRight, y: toY, way: 1 }, obstacles, shift)
  const isRight = from === to || Math.abs(fromRight - toRight) <= Math.abs(from.x - to.x)
  const reach = stub + (lane % lanes) * laneWidth
  return isRight
    ? {
        from: { x: fromRight, y: fromY, way: 1 },
        to: { x: toRight, y: toY, way: 1 },
        turn: Math.max(fromRight, toRight) + reach,
      }
    : { from: { x: from.x, y: fromY, way: -1 }, to: { x: to.x, y: toY, way: -1 }, turn: Math.min(from.x, to.x) - reach }
}

/** Of some places for the turn, the one where the line runs behind the fewest entities. */
function straight(from: Tip, to: Tip, obstacles: readonly Rect[], shift: number): Route {
  const [near, far] = [from.x + from.way * stub, to.x + to.way * stub]
  const clamp = (x: number) => Math.min(Math.max(near, far), Math.max(Math.min(near, far), x))
  let best: Route = { from, to, turn: clamp((near + far) / 2 + shift) }
  let least = Infinity
  for (const [index, part] of [0.5, 0, 1, 0.25, 0.75].entries()) {
    const turn = clamp(near + (far - near) * part + (part === 0 ? from.way * Math.abs(shift) : shift))
    const cost = crossed(from, to, turn, obstacles) + index / 100
    if (cost < least) {
      least = cost
      best = { from, to, turn }
    }
    if (least < 1) break
  }
  return best
}

function crossed(from: Tip, to: Tip, turn: number, obstacles: readonly Rect[]): number {
  const [top, bottom] = from.y < to.y ? [from.y, to.y] : [to.y, from.y]
  const reaches = (box: Rect, a: number, b: number, y: number) =>
    y > box.y && y < box.y + box.height && Math.min(a, b) < box.x + box.width && Math.max(a, b) > box.x
  let count = 0
  for (const box of obstacles) {
    if (reaches(box, from.x + from.way, turn, from.y)) count++
    if (reaches(box, to.x + to.way, turn, to.y)) count++
    if (turn > box.x - 6 && turn < box.x + box.width + 6 && top < box.y + box.height && bottom > box.y) count++
  }
  return count
}

/** The line as the `d` of an SVG path, with round corners. */
export function pathOf({ from, to, turn }: Route): string {
  const rise = to.y - from.y
  if (Math.abs(rise) < 1) return `M${from.x} ${from.y}H${turn}H${to.x}`
  const room = Math.min(radius, Math.abs(rise) / 2, Math.abs(turn - from.x), Math.abs(to.x - turn))
  const down = Math.sign(rise)
  const [inWay, outWay] = [Math.sign(turn - from.x), Math.sign(to.x - turn)]
  return [
    `M${from.x} ${from.y}H${turn - inWay * room}`,
    `Q${turn} ${from.y} ${turn} ${from.y + down * room}`,
    `V${to.y - down * room}`,
    `Q${turn} ${to.y} ${turn + outWay * room} ${to.y}`,
    `H${to.x}`,
  ].join('')
}

/** The same line as one bow: from afar, bows are told apart where upright pieces would stand upon each other. */
export function bowOf({ from, to }: Route): string {
  const reach = Math.max(60, Math.abs(to.x - from.x) / 2)
  return `M${from.x} ${from.y}C${from.x + from.way * reach} ${from.y} ${to.x + to.way * reach} ${to.y} ${to.x} ${to.y}`
}

/** The marks at an end, as an SVG path: a crow's foot for many, two bars for one, a bar and a ring for none or one. */
export function endMark({ x, y, way }: Tip, end: 'one' | 'zero-or-one' | 'many'): string {
  const at = (distance: number) => x + way * distance
  if (end === 'many') return `M${x} ${y - 6}L${at(12)} ${y}L${x} ${y + 6}M${at(14)} ${y - 5}v10`
  if (end === 'one') return `M${at(8)} ${y - 5}v10M${at(12)} ${y - 5}v10`
  return `M${at(7)} ${y - 5}v10M${at(11)} ${y}a3.5 3.5 0 1 0 ${way * 7} 0a3.5 3.5 0 1 0 ${-way * 7} 0`
}

/** Where the name of a relation stands: on its upright piece where that is long enough, else above the longest level one. */
export function labelPoint({ from, to, turn }: Route): Point {
  const rise = Math.abs(to.y - from.y)
  const isStraight = from.way !== to.way
  if (rise >= 40 || !isStraight) return { x: turn, y: (from.y + to.y) / 2 }
  return { x: (from.x + to.x) / 2, y: Math.min(from.y, to.y) - labelLift }
}

/** How far the middle of a name stands above its line. */
const labelLift = 9

/** The rectangle that a route takes up, with its marks. */
export function boxOf({ from, to, turn }: Route): Rect {
  const [left, right] = [Math.min(from.x, to.x, turn), Math.max(from.x, to.x, turn)]
  const [top, bottom] = [Math.min(from.y, to.y), Math.max(from.y, to.y)]
  return { x: left - 2, y: top - 8, width: right - left + 4, height: bottom - top + 16 }
}

/** How far a point is from a route: what a pointer is near of. */
export function distanceTo({ from, to, turn }: Route, at: Point): number {
  const level = (a: number, b: number, y: number) =>
    Math.hypot(Math.max(Math.min(a, b) - at.x, 0, at.x - Math.max(a, b)), at.y - y)
  const upright = Math.hypot(at.x - turn, Math.max(Math.min(from.y, to.y) - at.y, 0, at.y - Math.max(from.y, to.y)))
  return Math.min(level(from.x, turn, from.y), level(turn, to.x, to.y), upright)
}
