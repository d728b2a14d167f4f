// Rectangles and the camera: where a point of the picture is on the screen, and back. All in pixels.

export interface Point {
  readonly x: number
  readonly y: number
}
export interface Size {
  readonly width: number
  readonly height: number
}
export type Rect = Point & Size

/** The screen shows point (0, 0) of the picture at (x, y), and the picture `k` times as large. */
export interface Camera extends Point {
  readonly k: number
}

export const smallestZoom = 0.03
export const largestZoom = 2.5

export const intersects = (a: Rect, b: Rect): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

export const holds = (outer: Rect, inner: Rect): boolean =>
  outer.x <= inner.x &&
  outer.y <= inner.y &&
  outer.x + outer.width >= inner.x + inner.width &&
  outer.y + outer.height >= inner.y + inner.height

export const grown = (rect: Rect, x: number, y = x): Rect => ({
  x: rect.x - x,
  y: rect.y - y,
  width: rect.width + 2 * x,
  height: rect.height + 2 * y,
})

export const centerOf = (rect: Rect): Point => ({ x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 })

/** The smallest rectangle around all of them; undefined around nothing. */
export function boundsOf(rects: Iterable<Rect>): Rect | undefined {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { x, y, width, height } of rects) {
    left = Math.min(left, x)
    top = Math.min(top, y)
    right = Math.max(right, x + width)
    bottom = Math.max(bottom, y + height)
  }
  return left === Infinity ? undefined : { x: left, y: top, width: right - left, height: bottom - top }
}

/** The part of the picture that a screen of this size shows. */
export const seenBy = ({ x, y, k }: Camera, { width, height }: Size): Rect => ({
  x: -x / k,
  y: -y / k,
  width: width / k,
  height: height / k,
})

export const toPicture = ({ x, y, k }: Camera, at: Point): Point => ({ x: (at.x - x) / k, y: (at.y - y) / k })

/** Zooms so that what is at `at` on the screen stays there. */
export function zoomedAt(camera: Camera, at: Point, factor: number): Camera {
  const k = Math.min(largestZoom, Math.max(smallestZoom, camera.k * factor))
  const under = toPicture(camera, at)
  return { x: at.x - under.x * k, y: at.y - under.y * k, k }
}

/** Shows the whole of `rect`, but nothing larger than it is. */
export function fitting(rect: Rect, screen: Size, padding = 32): Camera {
  const room = { width: Math.max(1, screen.width - 2 * padding), height: Math.max(1, screen.height - 2 * padding) }
  const k = Math.max(smallestZoom, Math.min(1, room.width / rect.width, room.height / rect.height))
  const { x, y } = centerOf(rect)
  return { x: screen.width / 2 - x * k, y: screen.height / 2 - y * k, k }
}

/** The camera moved no further than needed to show `rect`, and zoomed to at least `k`. */
export function showing(rect: Rect, camera: Camera, screen: Size, k: number, padding = 40): Camera {
  if (camera.k < k) {
    const { x, y } = centerOf(rect)
    return { x: screen.width / 2 - x * k, y: screen.height / 2 - y * k, k }
  }
  const along = (start: number, length: number, offset: number, room: number) => {
    const [low, high] = [start * camera.k + offset, (start + length) * camera.k + offset]
    if (high - low > room - 2 * padding || low < padding) return offset + padding - low
    return high > room - padding ? offset + room - padding - high : offset
  }
  return {
    x: along(rect.x, rect.width, camera.x, screen.width),
    y: along(rect.y, rect.height, camera.y, screen.height),
    k: camera.k,
  }
}

/** A camera on the way between two; `t` runs from 0 to 1. */
export const between = (a: Camera, b: Camera, t: number): Camera => ({
  x: a.x + (b.x - a.x) * t,
  y: a.y + (b.y - a.y) * t,
  k: a.k + (b.k - a.k) * t,
})

/** More than any distance in a picture. */
const farAside = 1e7

export type Direction = 'left' | 'right' | 'up' | 'down'

/**
 * The nearest rectangle in a direction: what lies straight ahead comes before what is only close, and what lies far aside
 * is taken only where nothing else is ahead, so that every rectangle can be reached.
 */
export function nextTowards<Box extends Rect>(from: Rect, boxes: Iterable<Box>, direction: Direction): Box | undefined {
  const start = centerOf(from)
  let best: Box | undefined
  let least = Infinity
  for (const box of boxes) {
    const { x, y } = centerOf(box)
    const [dx, dy] = [x - start.x, y - start.y]
    const [ahead, aside] = {
      left: [-dx, Math.abs(dy)],
      right: [dx, Math.abs(dy)],
      up: [-dy, Math.abs(dx)],
      down: [dy, Math.abs(dx)],
    }[direction] as [number, number]
    const cost = ahead + 2 * aside + (aside > 2 * ahead ? farAside : 0)
    if (ahead <= 1 || cost >= least) continue
    least = cost
    best = box
  }
  return best
}
