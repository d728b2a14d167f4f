// Measures of layouts that tests speak of: how long links are, what stayed, and that nothing is over another.
import assert from 'node:assert/strict'
import type { Layout } from '../../src/core/views/layout/layout.ts'
import { type MadeSchema, randomFrom } from './made-schema.ts'

/** The mean distance between the middles of linked boxes. */
export function meanLength({ boxes, links }: MadeSchema, { places }: Layout): number {
  const middles = new Map(
    boxes.map(({ id, width, height }) => [id, { x: places.get(id)!.x + width / 2, y: places.get(id)!.y + height / 2 }]),
  )
  const lengths = links.map(({ from, to }) => {
    const [a, b] = [middles.get(from)!, middles.get(to)!]
    return Math.hypot(a.x - b.x, a.y - b.y)
  })
  return lengths.reduce((sum, length) => sum + length, 0) / lengths.length
}

/** A layout without the order of what is in it. */
export const plain = (layout: Layout) => ({
  ...layout,
  places: [...layout.places].sort(([a], [b]) => (a < b ? -1 : 1)),
  groups: layout.groups
    .map(group => ({ ...group, members: [...group.members].sort() }))
    .sort((a, b) => (a.id < b.id ? -1 : 1)),
})

/** The same things in another order. */
export function shuffled<T>(items: readonly T[], seed: number): T[] {
  const random = randomFrom(seed)
  return items
    .map(item => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item)
}

/** Of the boxes of both layouts that are in no group of one of `edited`, the share that stands exactly where it stood. */
export function stayed(before: Layout, after: Layout, edited: readonly string[] = []): number {
  const near = new Set(
    [...before.groups, ...after.groups]
      .filter(({ members }) => edited.some(id => members.includes(id)))
      .flatMap(({ members }) => members),
  )
  const both = [...before.places].filter(([id]) => after.places.has(id) && !near.has(id))
  const same = both.filter(([id, { x, y }]) => after.places.get(id)!.x === x && after.places.get(id)!.y === y)
  return both.length > 0 ? same.length / both.length : 1
}

/** Fails where two overlap. */
export function assertApart(
  rects: readonly { id: string; x: number; y: number; width: number; height: number }[],
): void {
  for (const [index, a] of rects.entries())
    for (let other = index + 1; other < rects.length; other++) {
      const b = rects[other]!
      if (a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y) continue
      assert.fail(`${a.id} and ${b.id} overlap`)
    }
}

/** Fails where a box is missing, twice, outside of its frame or over another, or where the picture has another size. */
export function assertSound({ boxes }: MadeSchema, layout: Layout): void {
  const known = new Map(boxes.map(box => [box.id, box]))
  assertApart(boxes.map(box => ({ ...box, ...layout.places.get(box.id)! })))
  assertApart(layout.groups)
  assert.deepEqual(layout.groups.flatMap(({ members }) => members).sort(), [...known.keys()].sort())
  for (const { members, x, y, width, height } of layout.groups)
    for (const id of members) {
      const [box, at] = [known.get(id)!, layout.places.get(id)!]
      assert.ok(at.x > x && at.y > y && at.x + box.width < x + width && at.y + box.height < y + height, id)
    }
  const right = Math.max(...layout.groups.map(group => group.x + group.width))
  const bottom = Math.max(...layout.groups.map(group => group.y + group.height))
  assert.deepEqual([layout.width, layout.height], [right, bottom])
}
