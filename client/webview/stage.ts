// The table on which the scene lies: draws what is in sight and a margin around it, and moves it under the camera.
import { type Card, type CardState, createCard } from './card.ts'
import { type Detail, detailAt } from './detail.ts'
import { h, s, setAttributes } from './dom.ts'
import { type Camera, grown, holds, intersects, type Rect, type Size, seenBy } from './geometry.ts'
import { type Label, labelsOf } from './labels.ts'
import { bowOf, endMark, pathOf } from './route.ts'
import type { Box, Frame, Line, Scene } from './scene.ts'

/** How things look that are the same for the camera wherever it is. */
export interface Looks {
  cardState(box: Box): CardState
  /** True for lines that stand out. */
  isLit(line: Line): boolean
  /** True where some line stands out, so that others step back. */
  readonly hasLit: boolean
}

export interface Stage {
  readonly element: HTMLElement
  size(): Size
  camera(): Camera
  scene(): Scene
  /** Shows a scene, or the present one with other looks. */
  show(scene: Scene, looks: Looks): void
  look(camera: Camera): void
  /** Which card the keyboard is on, by the id of its element. */
  setActive(card: string | undefined): void
  /** What the pointer is over, where that is no entity. */
  setHint(text: string | undefined): void
}

/** Parts of the picture that are drawn ahead of being seen, as a part of what is seen. */
const ahead = 0.5
/** Longer lines than this, in pixels of the picture, step back when seen from afar, so that what is near each other stands out. */
const longLine = 2200
/** A camera at rest for so many milliseconds has its picture drawn sharply. */
const restTime = 140

/** A stage with nothing on it. `onLook` is told when the camera has moved. */
export function createStage(onLook: () => void): Stage {
  const frames = s('g')
  const lines = s('g', { class: 'paths' })
  const names = s('g', { class: 'labels' })
  const svg = s('svg', { class: 'lines', 'aria-hidden': 'true', width: 1, height: 1 }, frames, lines, names)
  const cardsLayer = h('div', { role: 'presentation' })
  const world = h('div', { class: 'world moving', role: 'presentation' }, svg, cardsLayer)
  const element = h(
    'div',
    {
      class: 'stage',
      id: 'stage',
      tabindex: 0,
      role: 'listbox',
      'aria-label': 'Entities of the schema. Arrow keys move between them, Enter goes to the code.',
    },
    world,
  )
  let camera: Camera = { x: 0, y: 0, k: 1 }
  let scene: Scene = { boxes: new Map(), lines: [], frames: [], bounds: { x: 0, y: 0, width: 1, height: 1 } }
  let looks: Looks | undefined
  let drawn: Rect | undefined
  let detail: Detail | undefined
  let scaled = 0
  let queued = false
  let rest: ReturnType<typeof setTimeout> | undefined
  const cards = new Map<string, Card>()
  const paths = new Map<string, { readonly path: SVGPathElement; shown: string }>()

  const size = (): Size => ({ width: element.clientWidth, height: element.clientHeight })

  const apply = () => {
    queued = false
    // Letters are sharp on whole pixels only.
    world.style.transform = `translate(${Math.round(camera.x)}px,${Math.round(camera.y)}px) scale(${camera.k})`
    const seen = seenBy(camera, size())
    const wanted = detailAt(camera.k)
    if (wanted !== detail || !drawn || !holds(drawn, seen) || drawn.width > seen.width * 3) draw(seen, wanted)
    onLook()
  }
  const draw = (seen: Rect, wanted: Detail) => {
    drawn = grown(seen, seen.width * ahead, seen.height * ahead)
    if (wanted !== detail) world.className = `world moving ${wanted}`
    detail = wanted
    rescale()
    drawCards(drawn)
    drawLines(drawn)
  }
  /** Lines and names from afar keep their width on the screen. */
  const rescale = () => {
    if (scaled === camera.k) return
    scaled = camera.k
    world.style.setProperty('--pixel', String(1 / camera.k))
  }
  const drawCards = (area: Rect) => {
    if (!looks) return
    const gone = new Set(cards.keys())
    const fresh = document.createDocumentFragment()
    for (const box of scene.boxes.values()) {
      const state = looks.cardState(box)
      if (!intersects(box, area) && !state.isSelected) continue
      gone.delete(box.id)
      let card = cards.get(box.id)
      if (!card) {
        card = createCard()
        cards.set(box.id, card)
        fresh.append(card.element)
      }
      card.update(box, state, detail === 'fields')
    }
    for (const id of gone) {
      cards.get(id)?.element.remove()
      cards.delete(id)
    }
    cardsLayer.append(fresh)
  }
  /** Only lines that lead to something near: what merely passes by says nothing here. */
  const drawLines = (area: Rect) => {
    if (!looks) return
    const gone = new Set(paths.keys())
    const fresh = document.createDocumentFragment()
    const seen = (id: string) => isNear(scene.boxes.get(id), area)
    const near = scene.lines.filter(({ relation: { from, to } }) => seen(from) || seen(to))
    lines.classList.toggle('has-lit', looks.hasLit)
    for (const line of near) {
      const { relation, route } = line
      const isLit = looks.isLit(line)
      gone.delete(relation.id)
      const marks = detail === 'fields' ? endMark(route.from, relation.fromEnd) + endMark(route.to, relation.toEnd) : ''
      const d = detail === 'blocks' ? bowOf(route) : pathOf(route) + marks
      const isLong = line.box.width + line.box.height > longLine
      const kind = [relation.change, isLong && 'long', isLit && 'lit'].filter(Boolean).join(' ')
      const known = paths.get(relation.id)
      const path = known?.path ?? s('path')
      const shown = `${kind}|${d}`
      if (known?.shown !== shown) setAttributes(path, { d, class: kind || undefined })
      if (!known) fresh.append(path)
      paths.set(relation.id, { path, shown })
    }
    for (const id of gone) {
      paths.get(id)?.path.remove()
      paths.delete(id)
    }
    lines.append(fresh)
    const isRead = detail === 'fields' && looks.isLit
    const obstacles = isRead ? [...scene.boxes.values()].filter(box => intersects(box, area)) : []
    names.replaceChildren(...(isRead ? labelsOf(near, obstacles, isRead).map(nameOf) : []))
  }
  /** While it moves, the picture is one surface that is only shifted; at rest it is drawn anew, sharply. */
  const settle = () => {
    world.classList.remove('moving')
    rescale()
    requestAnimationFrame(() => world.classList.add('moving'))
  }

  return {
    element,
    size,
    camera: () => camera,
    scene: () => scene,
    show(next, nextLooks) {
      const hasNewFrames = next.frames !== scene.frames
      scene = next
      looks = nextLooks
      if (hasNewFrames) frames.replaceChildren(...scene.frames.map(frameOf))
      drawn = undefined
      apply()
    },
    look(next) {
      const isZoom = next.k !== camera.k
      camera = next
      if (isZoom) {
        clearTimeout(rest)
        rest = setTimeout(settle, restTime)
      }
      if (queued) return
      queued = true
      requestAnimationFrame(apply)
    },
    setActive: card => setAttributes(element, { 'aria-activedescendant': card }),
    setHint(text) {
      element.title = text ?? ''
      element.classList.toggle('over-line', text !== undefined)
    },
  }
}

const isNear = (box: Box | undefined, area: Rect): boolean => box !== undefined && intersects(box, area)

const nameOf = ({ x, y, text, isLit }: Label): SVGElement => s('text', { x, y, class: isLit ? 'lit' : undefined }, text)

function frameOf({ x, y, width, height, title, isStore }: Frame): SVGElement {
  // A title grows when seen from afar, but not beyond its frame.
  const text = s('text', { x: x + 12, y: y + 20 }, title)
  const largest = Math.max(12, Math.min(200, (width - 24) / (title.length * 0.6)))
  text.style.setProperty('--largest', `${largest.toFixed(1)}px`)
  return s('g', { class: isStore ? 'store' : 'group' }, s('rect', { x, y, width, height, rx: 10 }), text)
}
