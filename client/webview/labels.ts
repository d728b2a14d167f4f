// Which names of relations are written: those that stand upon nothing else.
import { intersects, type Point, type Rect } from './geometry.ts'
import { labelPoint } from './route.ts'
import type { Line } from './scene.ts'

export interface Label extends Point {
  readonly text: string
  readonly isLit: boolean
}

/** The size of letters, in pixels of the picture. */
const letter = { width: 6.4, height: 15 }

/** Names of lines that stand out come first, and are written whatever stands there; others give way. */
export function labelsOf(lines: readonly Line[], obstacles: readonly Rect[], isLit: (line: Line) => boolean): Label[] {
  const taken: Rect[] = []
  const labels: Label[] = []
  const put = (line: Line, lit: boolean) => {
    const { name: text } = line.relation
    const { x, y } = labelPoint(line.route)
    const width = text.length * letter.width
    const box = { x: x - width / 2, y: y - letter.height / 2, width, height: letter.height }
    const isFree = !taken.some(other => intersects(other, box)) && !obstacles.some(other => intersects(other, box))
    if (text === '' || !(lit || isFree)) return
    taken.push(box)
    labels.push({ x, y, text, isLit: lit })
  }
  const lit = new Set(lines.filter(isLit))
  for (const line of lit) put(line, true)
  for (const line of lines) if (!lit.has(line)) put(line, false)
  return labels
}
