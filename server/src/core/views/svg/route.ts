// The line of a relation: a bow from the row of the key to the head of what it points to, with a crow's foot at its ends.
import type { DiagramEntity, DiagramRelation } from '../../../../../shared/diagram.ts'
import { diagramMetrics } from '../../../../../shared/diagram.ts'
import { shortNumber } from './xml.ts'

/** Where a line touches an entity; `way` is 1 where it leaves to the right, -1 to the left. */
export interface Tip {
  readonly x: number
  readonly y: number
  readonly way: 1 | -1
}

/** Room at each end that its marks need before the line may bend. */
const stub = 18

/** The two ends of a relation. */
export function tipsOf({ fromField }: DiagramRelation, from: DiagramEntity, to: DiagramEntity): { from: Tip; to: Tip } {
  const { head, row } = diagramMetrics
  const index = from.fields.findIndex(field => field.name === fromField)
  const fromY = from.y + (index < 0 ? head / 2 : head + (index + 0.5) * row)
  const toY = to.y + head / 2
  const [fromRight, toRight] = [from.x + from.width, to.x + to.width]
  const left = (x: number, y: number): Tip => ({ x, y, way: -1 })
  const right = (x: number, y: number): Tip => ({ x, y, way: 1 })
  if (from.id !== to.id && to.x - fromRight >= 2 * stub) return { from: right(fromRight, fromY), to: left(to.x, toY) }
  if (from.id !== to.id && from.x - toRight >= 2 * stub) return { from: left(from.x, fromY), to: right(toRight, toY) }
  return from.id === to.id || Math.abs(fromRight - toRight) <= Math.abs(from.x - to.x)
    ? { from: right(fromRight, fromY), to: right(toRight, toY) }
    : { from: left(from.x, fromY), to: left(to.x, toY) }
}

/** The line as the `d` of a path. */
export function pathOf({ from, to }: { readonly from: Tip; readonly to: Tip }): string {
  const [a, b] = [from.x + from.way * stub, to.x + to.way * stub]
  const n = shortNumber
  if (from.way === to.way) {
    const outer = from.way === 1 ? Math.max(a, b) + 22 : Math.min(a, b) - 22
    return `M${n(from.x)} ${n(from.y)}H${n(a)}C${n(outer)} ${n(from.y)} ${n(outer)} ${n(to.y)} ${n(b)} ${n(to.y)}H${n(to.x)}`
  }
  const middle = (a + b) / 2
  return `M${n(from.x)} ${n(from.y)}H${n(a)}C${n(middle)} ${n(from.y)} ${n(middle)} ${n(to.y)} ${n(b)} ${n(to.y)}H${n(to.x)}`
}

/** The marks at an end: a crow's foot for many, two bars for one, a bar and a ring for none or one. */
export function endMark({ x, y, way }: Tip, end: DiagramRelation['toEnd']): string {
  const at = (distance: number) => shortNumber(x + way * distance)
  const [up, down] = [shortNumber(y - 6), shortNumber(y + 6)]
  if (end === 'many') return `M${shortNumber(x)} ${up}L${at(12)} ${shortNumber(y)}L${shortNumber(x)} ${down}`
  if (end === 'one') return `M${at(6)} ${up}V${down}M${at(10)} ${up}V${down}`
  return `M${at(6)} ${up}V${down}M${at(9)} ${shortNumber(y)}a3.5 3.5 0 1 0 ${way * 7} 0a3.5 3.5 0 1 0 ${way * -7} 0`
}
