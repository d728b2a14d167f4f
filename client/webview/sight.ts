// What is near what: the entity in the middle of the screen, the line under the pointer, and how the camera keeps its place.
import { type Camera, centerOf, intersects, type Point, type Size, seenBy, toPicture } from './geometry.ts'
import { distanceTo } from './route.ts'
import type { Box, Line, Scene } from './scene.ts'

/** The entity that is nearest to the middle of the screen. */
export function nearestToMiddle({ boxes }: Scene, camera: Camera, screen: Size): Box | undefined {
  const middle = centerOf(seenBy(camera, screen))
  let best: Box | undefined
  let least = Infinity
  for (const box of boxes.values()) {
    const { x, y } = centerOf(box)
    const distance = Math.hypot(x - middle.x, y - middle.y)
    if (distance < least) [least, best] = [distance, box]
  }
  return best
}

/**
 * The camera for a scene that takes the place of another: what was looked at stays where it is on the screen. That is the
 * chosen entity where it is seen, else the one in the middle.
 */
export function keepingPlace(
  camera: Camera,
  screen: Size,
  before: Scene,
  after: Scene,
  chosen: string | undefined,
): Camera {
  const own = chosen === undefined ? undefined : before.boxes.get(chosen)
  const anchor = own && intersects(own, seenBy(camera, screen)) ? own : nearestToMiddle(before, camera, screen)
  const moved = anchor && after.boxes.get(anchor.id)
  if (!moved) return camera
  return { ...camera, x: camera.x + (anchor.x - moved.x) * camera.k, y: camera.y + (anchor.y - moved.y) * camera.k }
}

/** How near a pointer must be to a line, in pixels of the screen. */
const reach = 6

/** The line at a point of the screen; undefined on an entity. */
export function lineAt({ boxes, lines }: Scene, camera: Camera, at: Point): Line | undefined {
  const point = toPicture(camera, at)
  const near = reach / camera.k
  const dot = { ...point, width: 0, height: 0 }
  for (const box of boxes.values()) if (intersects(box, dot)) return undefined
  const area = { x: point.x - near, y: point.y - near, width: 2 * near, height: 2 * near }
  return lines.find(({ route, box }) => intersects(box, area) && distanceTo(route, point) < near)
}
