// Gives everything that is to be drawn its place: the entities of each store, and the stores side by side.
import {
  type DiagramEntity,
  type DiagramGroup,
  type DiagramStore,
  type DiagramView,
  diagramMetrics,
} from '../../../../shared/diagram.ts'
import type { DrawnStore } from './drawn.ts'
import { entitySize } from './entity-size.ts'
import { layOut } from './layout/lay-out.ts'
import type { Layout, Link, Size } from './layout/layout.ts'
import { remember } from './layout/remember.ts'
import { aboutStore, storeTitleWidth } from './store-title.ts'

const storeGap = 96
const wantedAspect = 1.6
/** So many stores stand in one row, whatever their sizes. */
const fewStores = 3

/** The last layouts that somebody looks at, by the ids of stores. */
export type LastLayouts = Map<string, Layout>

/**
 * Arranges stores in the order given; `notes` and `steps` are taken over. With `last`, what stood somewhere mostly stays
 * there, and the new layouts take the place of the old ones.
 */
export function arrange(
  stores: readonly DrawnStore[],
  words: Pick<DiagramView, 'notes' | 'steps'>,
  last?: LastLayouts,
): DiagramView {
  const { framePadding, frameTitle } = diagramMetrics
  const parts = stores.map(store => {
    const sizes = new Map(store.entities.map(entity => [entity.id, entitySize(entity)]))
    const layout = layoutOf(store, sizes, last)
    // Among several stores, each has a frame and a title of its own.
    const [x, y] = stores.length > 1 ? [framePadding, frameTitle + framePadding] : [0, 0]
    const title = storeTitleWidth(store.name, aboutStore({ ...store, entities: store.entities.length }))
    const width = Math.ceil(Math.max(layout.width, title)) + 2 * x
    return { store, sizes, layout, x, y, width, height: layout.height + y + x }
  })
  const area = parts.reduce((sum, { width, height }) => sum + (width + storeGap) * (height + storeGap), 0)
  const isFew = parts.length <= fewStores
  const most = isFew ? Infinity : Math.max(Math.sqrt(area * wantedAspect) * 1.1, ...parts.map(part => part.width))

  const view = {
    stores: [] as DiagramStore[],
    groups: [] as DiagramGroup[],
    entities: [] as DiagramEntity[],
    relations: stores.flatMap(store => store.relations),
  }
  let [left, top, row, width] = [0, 0, 0, 0]
  for (const part of parts) {
    if (left > 0 && left + part.width > most) {
      top += row + storeGap
      left = row = 0
    }
    put(view, part, left, top)
    left += part.width + storeGap
    row = Math.max(row, part.height)
    width = Math.max(width, left - storeGap)
  }
  return { ...view, width, height: top + row, ...words }
}

interface Part extends Size {
  readonly store: DrawnStore
  readonly sizes: ReadonlyMap<string, Size>
  readonly layout: Layout
  /** Where the layout begins in the frame of the store. */
  readonly x: number
  readonly y: number
}

interface Growing {
  readonly stores: DiagramStore[]
  readonly groups: DiagramGroup[]
  readonly entities: DiagramEntity[]
}

function put(view: Growing, { store, sizes, layout, ...part }: Part, left: number, top: number): void {
  const { entities, relations: _relations, ...about } = store
  view.stores.push({ ...about, entities: entities.length, x: left, y: top, width: part.width, height: part.height })
  const groupOf = new Map<string, string>()
  for (const { id, title, members, x, y, width, height } of layout.groups) {
    const group = `${store.id}#${id}`
    for (const member of members) groupOf.set(member, group)
    if (layout.groups.length > 1)
      view.groups.push({
        id: group,
        store: store.id,
        title,
        x: left + part.x + x,
        y: top + part.y + y,
        width,
        height,
      })
  }
  for (const { file: _file, ...entity } of entities) {
    const { x, y } = layout.places.get(entity.id)!
    view.entities.push({
      ...entity,
      group: groupOf.get(entity.id)!,
      x: left + part.x + x,
      y: top + part.y + y,
      ...sizes.get(entity.id)!,
    })
  }
}

/** The layout of a store; asked for again with the same schema, it is the same. */
function layoutOf(store: DrawnStore, sizes: ReadonlyMap<string, Size>, last?: LastLayouts): Layout {
  const boxes = store.entities.map(({ id, name, file }) => ({ id, name, ...sizes.get(id)!, ...(file && { file }) }))
  const links: readonly Link[] = store.relations.map(({ from, to }) => ({ from, to }))
  const before = last?.get(store.id)
  const layout = before
    ? layOut(boxes, links, before)
    : remembered(JSON.stringify([boxes, links]), () => layOut(boxes, links))
  // A schema that cannot be read for a moment comes back.
  if (boxes.length > 0) last?.set(store.id, layout)
  return layout
}

const remembered = remember<Layout>(20)
