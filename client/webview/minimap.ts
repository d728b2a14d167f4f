// The small map in the corner: the whole picture, and the part of it that is seen. A pointer on it moves the camera.
import { h } from './dom.ts'
import { type Camera, grown, holds, type Point, type Rect, type Size, seenBy } from './geometry.ts'
import type { Scene } from './scene.ts'
import { allFindings, gravest } from './words.ts'

const largest = { width: 180, height: 120 }

export interface Minimap {
  readonly element: HTMLElement
  /** Draws the entities; to be called when the scene or the theme has changed. */
  show(scene: Scene): void
  /** Draws what is seen. */
  look(camera: Camera, screen: Size): void
}

/** `moveTo` is given a point of the picture that should come to the middle of the screen. */
export function createMinimap(moveTo: (point: Point) => void): Minimap {
  const canvas = h('canvas')
  const frame = h('div', { class: 'seen' })
  const element = h('div', { class: 'minimap', 'aria-hidden': 'true' }, canvas, frame)
  let area: Rect = { x: 0, y: 0, width: 1, height: 1 }
  let bounds = area
  let scale = 1
  /** The size of the frame, set only when it is another. */
  let framed = ''

  const follow = (event: PointerEvent) => {
    const { left, top } = canvas.getBoundingClientRect()
    moveTo({ x: area.x + (event.clientX - left) / scale, y: area.y + (event.clientY - top) / scale })
  }
  element.addEventListener('pointerdown', event => {
    element.setPointerCapture(event.pointerId)
    follow(event)
  })
  element.addEventListener('pointermove', event => {
    if (element.hasPointerCapture(event.pointerId)) follow(event)
  })

  return {
    element,
    show(scene) {
      bounds = scene.bounds
      area = grown(bounds, Math.max(bounds.width, bounds.height) * 0.04)
      scale = Math.min(largest.width / area.width, largest.height / area.height)
      const size = { width: Math.round(area.width * scale), height: Math.round(area.height * scale) }
      canvas.width = size.width * devicePixelRatio
      canvas.height = size.height * devicePixelRatio
      canvas.style.width = `${size.width}px`
      canvas.style.height = `${size.height}px`
      const colour = getComputedStyle(element)
      const pen = canvas.getContext('2d')
      if (!pen) return
      pen.scale(scale * devicePixelRatio, scale * devicePixelRatio)
      pen.translate(-area.x, -area.y)
      for (const { entity, x, y, width, height } of scene.boxes.values()) {
        const kind = entity.change ?? gravest(allFindings(entity)) ?? 'plain'
        pen.fillStyle = colour.getPropertyValue(`--${kind}`)
        pen.globalAlpha = kind === 'plain' ? 0.5 : 0.9
        pen.fillRect(x, y, width, height)
      }
    },
    look(camera, screen) {
      const seen = seenBy(camera, screen)
      const [left, top] = [Math.max(area.x, seen.x), Math.max(area.y, seen.y)]
      const right = Math.min(area.x + area.width, seen.x + seen.width)
      const bottom = Math.min(area.y + area.height, seen.y + seen.height)
      frame.style.transform = `translate(${(left - area.x) * scale}px,${(top - area.y) * scale}px)`
      element.classList.toggle('whole', holds(seen, bounds))
      const size = `${(Math.max(0, right - left) * scale).toFixed(1)}px ${(Math.max(0, bottom - top) * scale).toFixed(1)}px`
      if (size === framed) return
      framed = size
      const [width, height] = size.split(' ')
      frame.style.width = width ?? ''
      frame.style.height = height ?? ''
    },
  }
}
