// Deals the boxes of a group out to columns: as many as make the group about as wide as high, linked boxes side by side.
import type { Link, Size } from './layout.ts'

/** What decides on columns. Pixels. */
export interface ColumnsRequest {
  /** In an order that does not depend on how they were given. */
  readonly ids: readonly string[]
  readonly sizes: ReadonlyMap<string, Size>
  /** Links between different boxes of `ids`. */
  readonly links: readonly Link[]
  readonly columnGap: number
  readonly rowGap: number
}

const wantedAspect = 1.25
/** Columns may be filled a little above the average before they count as full. */
const slack = 1.08

/** The column of each box, from 0; no column is empty. */
export function columnsOf(request: ColumnsRequest): ReadonlyMap<string, number> {
  const { ids, sizes, columnGap, rowGap } = request
  const heightOf = (id: string) => sizes.get(id)!.height + rowGap
  const total = ids.reduce((sum, id) => sum + heightOf(id), 0)
  const width = ids.reduce((sum, id) => sum + sizes.get(id)!.width, 0) / ids.length + columnGap
  const ends = endsOf(request.links)
  const order = nearestFirst(ids, ends)
  const wanted = Math.round(Math.sqrt((total * wantedAspect) / width))
  const count = Math.min(ids.length, Math.max(wanted, fewestColumns(order, ends)))
  const room = (total / count) * slack
  const loads = new Array<number>(count).fill(0)
  const columns = new Map<string, number>()

  for (const id of order) {
    const height = heightOf(id)
    const cost = (column: number) => {
      let sum = 0
      for (const { other, isParent } of ends.get(id) ?? []) {
        const at = columns.get(other)
        if (at === undefined) continue
        // Side by side is best; what holds the key stands to the right.
        const distance = Math.abs(at - column)
        sum += distance === 0 ? 1.3 : distance + (isParent === at > column ? 0.12 : 0)
      }
      const load = loads[column]!
      return sum + load / room + Math.max(0, (load + height - room) / height) * 4
    }
    let best = columns.size === 0 ? firstColumn(count, ends.get(id) ?? []) : 0
    if (columns.size > 0) for (let column = 1; column < count; column++) if (cost(column) < cost(best)) best = column
    columns.set(id, best)
    loads[best] = loads[best]! + height
  }
  const used = [...new Set(columns.values())].sort((a, b) => a - b)
  return new Map([...columns].map(([id, column]) => [id, used.indexOf(column)]))
}

/** The middle, or of two middles the one that leaves more room on the side of most neighbours. */
const firstColumn = (count: number, ends: readonly End[]): number =>
  ends.filter(end => end.isParent).length * 2 > ends.length ? Math.ceil((count - 1) / 2) : Math.floor((count - 1) / 2)

/** So many that a key and what it points to can stand side by side, as can a chain of three. */
function fewestColumns(order: readonly string[], ends: ReadonlyMap<string, readonly End[]>): number {
  const sides = new Set((ends.get(order[0]!) ?? []).map(end => end.isParent))
  return 1 + sides.size
}

interface End {
  readonly other: string
  /** True when `other` is what the key points to. */
  readonly isParent: boolean
}

function endsOf(links: readonly Link[]): ReadonlyMap<string, readonly End[]> {
  const ends = new Map<string, End[]>()
  const add = (id: string, end: End) => ends.set(id, [...(ends.get(id) ?? []), end])
  for (const { from, to } of links) {
    add(from, { other: to, isParent: true })
    add(to, { other: from, isParent: false })
  }
  return ends
}

/** The most linked box first, then its neighbours, then theirs; each connected part in turn. */
function nearestFirst(ids: readonly string[], ends: ReadonlyMap<string, readonly End[]>): readonly string[] {
  const degree = (id: string) => ends.get(id)?.length ?? 0
  const seen = new Set<string>()
  const order: string[] = []
  for (const start of [...ids].sort((a, b) => degree(b) - degree(a) || (a < b ? -1 : 1))) {
    if (seen.has(start)) continue
    seen.add(start)
    const queue = [start]
    for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
      order.push(id)
      const next = (ends.get(id) ?? []).map(end => end.other).filter(other => !seen.has(other))
      for (const other of [...new Set(next)].sort((a, b) => degree(b) - degree(a) || (a < b ? -1 : 1))) {
        seen.add(other)
        queue.push(other)
      }
    }
  }
  return order
}
