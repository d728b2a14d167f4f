// One entity and what is related to it: who belongs to the picture at a depth, and where they stand in it.
import type { DiagramRelation } from '../../shared/diagram.ts'
import type { Point, Size } from './geometry.ts'

/** The ids within `depth` steps of an entity, with their distance; those it refers to are counted below zero. */
export function neighboursOf(
  relations: readonly DiagramRelation[],
  center: string,
  depth: number,
): ReadonlyMap<string, number> {
  const found = new Map<string, number>([[center, 0]])
  let edge = [center]
  for (let step = 1; step <= depth; step++) {
    const next: string[] = []
    const reach = (id: string, from: string, side: 1 | -1) => {
      if (found.has(id)) return
      const place = found.get(from) ?? 0
      found.set(id, step * (place === 0 ? side : Math.sign(place)))
      next.push(id)
    }
    const isEdge = new Set(edge)
    for (const { from, to } of relations) {
      if (isEdge.has(from)) reach(to, from, -1)
      if (isEdge.has(to)) reach(from, to, 1)
    }
    edge = next
  }
  return found
}

const columnGap = 120
const rowGap = 28
/** A column that grows taller than this gets another beside it. */
const tallest = 1400

/** Places for an entity and its neighbours: it in the middle, what it refers to on the left, what refers to it on the right. */
export function placeNeighbours(
  distances: ReadonlyMap<string, number>,
  sizeOf: (id: string) => Size,
): ReadonlyMap<string, Point> {
  const places = new Map<string, Point>()
  const ids = [...distances.keys()]
  const center = ids.find(id => distances.get(id) === 0)
  if (center === undefined) return places
  const size = sizeOf(center)
  places.set(center, { x: 0, y: -size.height / 2 })
  for (const side of [-1, 1]) {
    let x = side < 0 ? 0 : size.width
    const deepest = Math.max(0, ...ids.map(id => side * (distances.get(id) ?? 0)))
    for (let depth = 1; depth <= deepest; depth++)
      for (const column of columnsOf(
        ids.filter(id => distances.get(id) === side * depth),
        sizeOf,
      )) {
        const width = Math.max(...column.map(id => sizeOf(id).width))
        const height = column.reduce((sum, id) => sum + sizeOf(id).height + rowGap, -rowGap)
        x += side * columnGap
        const left = side < 0 ? x - width : x
        let y = -height / 2
        for (const id of column) {
          const own = sizeOf(id)
          places.set(id, { x: side < 0 ? left + width - own.width : left, y })
          y += own.height + rowGap
        }
        x = side < 0 ? left : left + width
      }
  }
  return places
}

/** Places for entities that were picked from a large picture, where they stood far apart: columns, about as wide as high. */
export function placeInColumns(ids: readonly string[], sizeOf: (id: string) => Size): ReadonlyMap<string, Point> {
  const places = new Map<string, Point>()
  const total = ids.reduce((sum, id) => sum + sizeOf(id).height + rowGap, 0)
  const widest = Math.max(0, ...ids.map(id => sizeOf(id).width)) + columnGap
  let x = 0
  for (const column of columnsOf(ids, sizeOf, Math.max(400, Math.sqrt((total * widest) / 1.5)))) {
    let y = 0
    for (const id of column) {
      places.set(id, { x, y })
      y += sizeOf(id).height + rowGap
    }
    x += Math.max(...column.map(id => sizeOf(id).width)) + columnGap
  }
  return places
}

function columnsOf(ids: readonly string[], sizeOf: (id: string) => Size, most = tallest): string[][] {
  const columns: string[][] = []
  let room = 0
  for (const id of ids) {
    const { height } = sizeOf(id)
    const last = columns.at(-1)
    if (last && height <= room) {
      last.push(id)
      room -= height + rowGap
    } else {
      columns.push([id])
      room = most - height - rowGap
    }
  }
  return columns
}
