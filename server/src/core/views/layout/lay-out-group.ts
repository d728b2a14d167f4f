// Places the boxes of one group: dealt out to columns, and within them ordered so that links cross little.
import { Graph, layout as layered } from '@dagrejs/dagre'
import { columnsOf } from './columns.ts'
import type { Box, Link, Point, Size } from './layout.ts'
import { upTo } from './snap.ts'
import { stackUp } from './stack-up.ts'

/** Boxes relative to the corner of their group, which is at 0, 0. */
export interface GroupLayout extends Size {
  readonly places: ReadonlyMap<string, Point>
}

/** Room between boxes above each other, and between columns, where links run. */
const rowGap = 28
const columnGap = 88
/** Heights are reserved in steps of this, so that one more field seldom moves a neighbour. */
const heightStep = 44

/** Lays out `boxes`, which are sorted by id; `links` are those between them. */
export function layOutGroup(boxes: readonly Box[], links: readonly Link[]): GroupLayout {
  const ids = boxes.map(box => box.id)
  const sizes = new Map(boxes.map(box => [box.id, { width: box.width, height: upTo(box.height, heightStep) }]))
  const own = ownLinks(links, sizes)
  const columns = columnsOf({ ids, sizes, links: own, columnGap, rowGap })

  const graph = new Graph()
  // A name such as `12` would be moved to the front of the others, so none is given as it is.
  for (const id of ids) graph.setNode(`n:${id}`, { ...sizes.get(id)! })
  for (const { from, to } of own) {
    const [left, right] = columns.get(from)! < columns.get(to)! ? [from, to] : [to, from]
    if (columns.get(left) !== columns.get(right)) graph.setEdge(`n:${left}`, `n:${right}`, {})
  }
  graph.setGraph({
    rankdir: 'LR',
    nodesep: rowGap,
    edgesep: 8,
    ranksep: columnGap,
    // The columns are known. Room for labels doubles the ranks before it comes to this.
    ranker: (ranked: Graph) => {
      for (const id of ranked.nodes()) ranked.node(id).rank = 2 * (columns.get(id.slice(2)) ?? 0)
    },
  })
  layered(graph)

  const stacks = Array.from({ length: Math.max(...columns.values()) + 1 }, (): string[] => [])
  for (const id of ids) stacks[columns.get(id)!]!.push(id)
  const centre = (id: string) => (graph.node(`n:${id}`) as Point).y
  for (const stack of stacks) stack.sort((a, b) => centre(a) - centre(b) || (a < b ? -1 : 1))
  const stacked = stackUp(stacks, sizes, own, { columnGap, rowGap })
  const height = Math.max(...boxes.map(box => stacked.places.get(box.id)!.y + box.height))
  return { ...stacked, height }
}

/** Links between two different boxes of the group, each pair and direction once, in an order of their own. */
function ownLinks(links: readonly Link[], sizes: ReadonlyMap<string, Size>): readonly Link[] {
  const own = new Map<string, Link>()
  for (const link of links)
    if (link.from !== link.to && sizes.has(link.from) && sizes.has(link.to)) own.set(`${link.from}\0${link.to}`, link)
  return [...own].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, link]) => link)
}
