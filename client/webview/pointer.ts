// Mouse, pen, fingers and wheel on the stage: they move the picture, zoom it, choose and drag entities.
import { entityAt, fieldAt } from './card.ts'
import { type Point, zoomedAt } from './geometry.ts'
import type { Stage } from './stage.ts'

export interface PointerTasks {
  choose(entity: string | undefined, field: string | undefined): void
  open(entity: string, field: string | undefined): void
  /** An entity is dragged to a place in the picture; `isDone` when it is let go. */
  drag(entity: string, to: Point, isDone: boolean): void
  /** The pointer is somewhere over the table, or not any more. */
  hover(at: Point | undefined): void
  /** A click on the table between entities. */
  press(at: Point): void
}

/** A pointer that has moved less than this has not been dragged. */
const click = 4

/** Listens on the stage. */
export function listenToPointer(stage: Stage, tasks: PointerTasks): void {
  const { element } = stage
  const down = new Map<number, Point>()
  let start: { readonly at: Point; readonly target: Element; readonly box: Point | undefined } | undefined
  let isDragging = false

  const place = (event: MouseEvent): Point => {
    const { left, top } = element.getBoundingClientRect()
    return { x: event.clientX - left, y: event.clientY - top }
  }
  const dragged = (at: Point): Point => ({
    x: start!.box!.x + (at.x - start!.at.x) / stage.camera().k,
    y: start!.box!.y + (at.y - start!.at.y) / stage.camera().k,
  })

  element.addEventListener('pointerdown', event => {
    if (event.button > 1 || !(event.target instanceof Element)) return
    const at = place(event)
    down.set(event.pointerId, at)
    element.setPointerCapture(event.pointerId)
    const entity = event.button === 0 ? entityAt(event.target) : undefined
    start = { at, target: event.target, box: entity === undefined ? undefined : stage.scene().boxes.get(entity) }
    isDragging = false
    // The middle button would begin to scroll.
    if (event.button === 1) event.preventDefault()
  })
  element.addEventListener('pointermove', event => {
    const before = down.get(event.pointerId)
    const at = place(event)
    if (!before || !start) {
      tasks.hover(at)
      return
    }
    isDragging ||= Math.hypot(at.x - start.at.x, at.y - start.at.y) > click
    if (!isDragging) return
    const other = [...down].find(([id]) => id !== event.pointerId)?.[1]
    down.set(event.pointerId, at)
    const camera = stage.camera()
    if (other) {
      const factor = Math.hypot(at.x - other.x, at.y - other.y) / Math.hypot(before.x - other.x, before.y - other.y)
      const middle = { x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 }
      stage.look(zoomedAt(camera, middle, factor))
    } else if (start.box) tasks.drag(entityAt(start.target)!, dragged(at), false)
    else {
      element.classList.add('panning')
      stage.look({ ...camera, x: camera.x + at.x - before.x, y: camera.y + at.y - before.y })
    }
  })
  const up = (event: PointerEvent) => {
    if (!down.delete(event.pointerId) || !start || down.size > 0) return
    element.classList.remove('panning')
    const { target, box } = start
    const entity = entityAt(target)
    if (isDragging && box && entity !== undefined) tasks.drag(entity, dragged(place(event)), true)
    else if (!isDragging && event.button === 0 && event.type === 'pointerup') {
      if (entity === undefined) tasks.press(place(event))
      else tasks.choose(entity, fieldAt(target))
    }
    start = undefined
  }
  element.addEventListener('pointerup', up)
  element.addEventListener('pointercancel', up)
  element.addEventListener('pointerleave', () => tasks.hover(undefined))
  element.addEventListener('dblclick', event => {
    // The pointer is captured by the stage, so the event does not say what it is on.
    const target = document.elementFromPoint(event.clientX, event.clientY)
    const entity = target && entityAt(target)
    if (target && entity) tasks.open(entity, fieldAt(target))
  })
  element.addEventListener(
    'wheel',
    event => {
      event.preventDefault()
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1
      const camera = stage.camera()
      // A pinch on a touchpad arrives as a wheel with Ctrl.
      if (event.ctrlKey || event.metaKey) {
        const delta = Math.max(-60, Math.min(60, event.deltaY * unit))
        stage.look(zoomedAt(camera, place(event), Math.exp(-delta * 0.006)))
        return
      }
      const [x, y] = event.shiftKey && event.deltaX === 0 ? [event.deltaY, 0] : [event.deltaX, event.deltaY]
      stage.look({ ...camera, x: camera.x - x * unit, y: camera.y - y * unit })
    },
    { passive: false },
  )
}
