// What is on the table: entities and lines in their places, after dragging, folding, focusing and filtering.
import type { DiagramEntity, DiagramRelation, DiagramView } from '../../shared/diagram.ts'
import type { DiagramPositions } from '../../shared/diagram-panel.ts'
import { boundsOf, grown, type Point, type Rect } from './geometry.ts'
import { neighboursOf, placeInColumns, placeNeighbours } from './neighbours.ts'
import { boxOf, type Route, routeOf } from './route.ts'

/** Heights within an entity, in pixels of the picture; the layout reckons with the same. */
export const headHeight = 34
export const rowHeight = 22

export interface Box extends Rect {
  readonly id: string
  readonly entity: DiagramEntity
  /** How many relations it has in the whole view. */
  readonly relations: number
  readonly isFolded: boolean
}

export interface Line {
  readonly relation: DiagramRelation
  readonly lane: number
  readonly route: Route
  readonly box: Rect
}

/** A frame around the entities of a group, or of a whole store. */
export interface Frame extends Rect {
  readonly id: string
  readonly title: string
  readonly isStore: boolean
}

export interface Scene {
  readonly boxes: ReadonlyMap<string, Box>
  readonly lines: readonly Line[]
  readonly frames: readonly Frame[]
  readonly bounds: Rect
}

export interface Arrangement {
  readonly positions: DiagramPositions
  readonly folded: ReadonlySet<string>
  /** One entity and those within `depth` steps of it, and nothing else. */
  readonly focus: { readonly entity: string; readonly depth: number } | undefined
  /** Only these entities; undefined for all. */
  readonly only: ReadonlySet<string> | undefined
}

/** Puts a view in its places. */
export function sceneOf(view: DiagramView, arrangement: Arrangement): Scene {
  const { positions, folded, focus, only } = arrangement
  const relations = countRelations(view.relations)
  const near = focus && neighboursOf(view.relations, focus.entity, focus.depth)
  const shown = view.entities.filter(({ id }) => (near ? near.has(id) : (only?.has(id) ?? true)))
  const sizes = new Map(
    shown.map(entity => [
      entity.id,
      { width: entity.width, height: folded.has(entity.id) ? headHeight : entity.height },
    ]),
  )
  const sizeOf = (id: string) => sizes.get(id) ?? { width: 0, height: 0 }
  const places = near ? placeNeighbours(near, sizeOf) : only && placeInColumns([...sizes.keys()], sizeOf)
  const boxes = new Map<string, Box>()
  for (const entity of shown) {
    const { id } = entity
    const at: Point = places?.get(id) ?? positions[id] ?? entity
    boxes.set(id, {
      id,
      entity,
      relations: relations.get(id) ?? 0,
      isFolded: folded.has(id),
      x: at.x,
      y: at.y,
      ...sizes.get(id)!,
    })
  }
  const obstacles = [...boxes.values()]
  const lines = view.relations.flatMap((relation, lane) => lineOf(relation, lane, boxes, obstacles) ?? [])
  const frames = near || only ? [] : framesOf(view, boxes, positions)
  return { boxes, lines, frames, bounds: boundsOf([...obstacles, ...frames]) ?? { x: 0, y: 0, width: 1, height: 1 } }
}

/** The scene with one entity elsewhere; only its own lines are found anew. */
export function withMoved(scene: Scene, id: string, to: Point): Scene {
  const box = scene.boxes.get(id)
  if (!box) return scene
  const boxes = new Map(scene.boxes).set(id, { ...box, x: to.x, y: to.y })
  const obstacles = [...boxes.values()]
  const lines = scene.lines.map(line =>
    line.relation.from === id || line.relation.to === id
      ? (lineOf(line.relation, line.lane, boxes, obstacles) ?? line)
      : line,
  )
  return { ...scene, boxes, lines, bounds: boundsOf([...obstacles, ...scene.frames]) ?? scene.bounds }
}

/** Where the row of a field is, in the picture; the head where the field is folded away or unknown. */
export function fieldRect(box: Box, field: string | undefined): Rect {
  const index = box.isFolded ? -1 : box.entity.fields.findIndex(({ name }) => name === field)
  if (index < 0) return { x: box.x, y: box.y, width: box.width, height: headHeight }
  return { x: box.x, y: box.y + headHeight + index * rowHeight, width: box.width, height: rowHeight }
}

function lineOf(
  relation: DiagramRelation,
  lane: number,
  boxes: ReadonlyMap<string, Box>,
  obstacles: readonly Box[],
): Line | undefined {
  const [from, to] = [boxes.get(relation.from), boxes.get(relation.to)]
  if (!from || !to) return undefined
  const own = fieldRect(from, relation.fromField)
  const others = obstacles.filter(box => box !== from && box !== to)
  const ends = { from, fromY: own.y + own.height / 2, to, toY: to.y + headHeight / 2 }
  const route = routeOf(ends, others, lane)
  return { relation, lane, route, box: boxOf(route) }
}

function countRelations(relations: readonly DiagramRelation[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { from, to } of relations) for (const id of new Set([from, to])) counts.set(id, (counts.get(id) ?? 0) + 1)
  return counts
}

const framePadding = 28
const frameTitle = 34

/** Frames as laid out, or around their entities where one of these was dragged. */
function framesOf(view: DiagramView, boxes: ReadonlyMap<string, Box>, positions: DiagramPositions): Frame[] {
  const around = (laidOut: Rect, members: readonly DiagramEntity[]): Rect => {
    if (members.every(({ id }) => positions[id] === undefined)) return laidOut
    const bounds = boundsOf(members.map(({ id, width, height }) => ({ ...boxes.get(id)!, width, height })))
    if (!bounds) return laidOut
    const { x, y, width, height } = grown(bounds, framePadding)
    return { x, y: y - frameTitle, width, height: height + frameTitle }
  }
  const rect = ({ x, y, width, height }: Rect): Rect => ({ x, y, width, height })
  const groups = view.groups.map(group => ({
    ...around(
      rect(group),
      view.entities.filter(entity => entity.group === group.id),
    ),
    id: group.id,
    title: group.title,
    isStore: false,
  }))
  if (view.stores.length < 2) return groups
  const stores = view.stores.map(store => ({
    ...around(
      rect(store),
      view.entities.filter(entity => entity.store === store.id),
    ),
    id: store.id,
    title: [store.name, store.engineTitle, store.version === undefined ? '' : `version ${store.version}`]
      .filter(part => part !== '')
      .join(' · '),
    isStore: true,
  }))
  return [...stores, ...groups]
}
