import assert from 'node:assert/strict'
import { layOut } from '../../src/core/views/layout/lay-out.ts'
import type { Box, Layout, Link } from '../../src/core/views/layout/layout.ts'
import { type MadeSchema, type Manner, madeSchema, randomFrom } from './made-schema.ts'
import { assertApart, assertSound, meanLength, plain, shuffled } from './measures.ts'

const manners: readonly Manner[] = ['families', 'communities', 'random']

/** Shares of the boxes of both layouts that stand where they stood: in the picture, and in their group. */
function kept(before: Layout, after: Layout): { readonly inPicture: number; readonly inGroup: number } {
  const corners = ({ groups }: Layout) =>
    new Map(groups.flatMap(group => group.members.map(id => [id, group] as const)))
  const [old, young] = [corners(before), corners(after)]
  const both = [...before.places].filter(([id]) => after.places.has(id))
  let [inPicture, inGroup] = [0, 0]
  for (const [id, was] of both) {
    const is = after.places.get(id)!
    if (was.x === is.x && was.y === is.y) inPicture++
    const [a, b] = [old.get(id)!, young.get(id)!]
    if (was.x - a.x === is.x - b.x && was.y - a.y === is.y - b.y) inGroup++
  }
  return { inPicture: inPicture / both.length, inGroup: inGroup / both.length }
}

/** The means over some edits, each at a place of its own. */
function afterEdits(schema: MadeSchema, edit: (schema: MadeSchema, pick: (most: number) => number) => MadeSchema) {
  const random = randomFrom(7)
  const before = layOut(schema.boxes, schema.links)
  const edits = Array.from({ length: 6 }, () => {
    const { boxes, links } = edit(schema, most => Math.floor(random() * most))
    return kept(before, layOut(boxes, links))
  })
  const mean = (key: 'inPicture' | 'inGroup') => edits.reduce((sum, one) => sum + one[key], 0) / edits.length
  return { inPicture: mean('inPicture'), inGroup: mean('inGroup') }
}

describe('layOut', () => {
  for (const manner of manners) {
    describe(`500 boxes and 1000 links, ${manner}`, () => {
      const schema = madeSchema(500, 1000, manner)
      let layout: Layout
      before(() => {
        layout = layOut(schema.boxes, schema.links)
      })

      it('is between once and twice as wide as high', () => {
        const aspect = layout.width / layout.height
        assert.ok(aspect >= 1 && aspect <= 2, `aspect ${aspect}`)
      })

      it('takes less than a second and keeps linked boxes within 2500 pixels on the average', () => {
        // Each schema is new, so nothing is remembered of it; of two, the one that other processes disturbed least counts.
        const times = [11, 12].map(seed => {
          const other = madeSchema(500, 1000, manner, seed)
          const start = performance.now()
          const made = layOut(other.boxes, other.links)
          const time = performance.now() - start
          const mean = meanLength(other, made)
          assert.ok(mean < 2500, `mean ${mean} of seed ${seed}`)
          return time
        })
        assert.ok(Math.min(...times) < 1000, `${times} ms`)
        assert.ok(meanLength(schema, layout) < 2500)
      })

      it('places every box once, inside its frame and over no other', () => {
        assertSound(schema, layout)
      })

      it('draws the same in whatever order things come', () => {
        const other = layOut(shuffled(schema.boxes, 3), shuffled(schema.links, 4))
        assert.deepEqual(plain(other), plain(layout))
      })

      it('hardly moves anything when a box gets one more field', () => {
        const { inPicture, inGroup } = afterEdits(schema, ({ boxes, links }, pick) => {
          const one = boxes[pick(boxes.length)]
          return { boxes: boxes.map(box => (box === one ? { ...box, height: box.height + 22 } : box)), links }
        })
        assert.ok(inPicture > 0.95 && inGroup > 0.97, `${inPicture} in the picture, ${inGroup} in groups`)
      })

      // Where nothing but hubs holds boxes together, only the picture before keeps them in place.
      if (manner === 'random') return

      it('moves few when a linked box comes', () => {
        const { inPicture, inGroup } = afterEdits(schema, ({ boxes, links }, pick) => {
          const [like, to] = [boxes[pick(boxes.length)]!, boxes[pick(boxes.length)]!]
          const box: Box = { id: `${like.id}_more`, name: `${like.name}_more`, width: 200, height: 150 }
          return { boxes: [...boxes, box], links: [...links, { from: box.id, to: to.id }] }
        })
        assert.ok(inPicture > 0.5 && inGroup > 0.9, `${inPicture} in the picture, ${inGroup} in groups`)
      })

      it('moves few when a link comes', () => {
        const { inPicture, inGroup } = afterEdits(schema, ({ boxes, links }, pick) => {
          const link: Link = { from: boxes[pick(boxes.length)]!.id, to: boxes[pick(boxes.length)]!.id }
          return { boxes, links: [...links, link] }
        })
        assert.ok(inPicture > 0.5 && inGroup > 0.9, `${inPicture} in the picture, ${inGroup} in groups`)
      })

      it('moves few when a link goes', () => {
        const { inPicture, inGroup } = afterEdits(schema, ({ boxes, links }, pick) => {
          const gone = links[pick(links.length)]
          return { boxes, links: links.filter(link => link !== gone) }
        })
        assert.ok(inPicture > 0.5 && inGroup > 0.9, `${inPicture} in the picture, ${inGroup} in groups`)
      })
    })
  }

  it('keeps a shape that people can look at without any link, and with nothing but hubs', () => {
    for (const schema of [{ ...madeSchema(200, 0, 'communities'), links: [] }, madeSchema(300, 600, 'random')]) {
      const { width, height } = layOut(schema.boxes, schema.links)
      assert.ok(width / height > 0.8 && width / height < 2.2, `${width} × ${height}`)
    }
  })

  it('puts a box that comes among unlinked ones without moving the others', () => {
    const { boxes } = madeSchema(200, 0, 'communities')
    const [first, second] = [layOut(boxes, []), layOut([...boxes, { ...boxes[20]!, id: 'kaka', name: 'kaka' }], [])]
    const { inGroup } = kept(first, second)
    assert.ok(inGroup > 0.75, `${inGroup}`)
  })

  it('keeps boxes of one file together where files tell something', () => {
    const { boxes, links } = madeSchema(60, 80, 'random')
    const filed = boxes.map((box, index) => ({ ...box, file: `/app/${index % 6}.ts` }))
    const purity = (list: readonly Box[]) => {
      const files = new Map(filed.map(({ id, file }) => [id, file]))
      const shares = layOut(list, links).groups.map(({ members }) => {
        const counts = new Map<string, number>()
        for (const id of members) counts.set(files.get(id)!, (counts.get(files.get(id)!) ?? 0) + 1)
        return Math.max(...counts.values())
      })
      return shares.reduce((sum, share) => sum + share, 0) / list.length
    }
    assert.ok(purity(filed) > 0.9, `${purity(filed)}`)
    assert.ok(purity(filed) > purity(boxes) + 0.2)
  })

  it('stands a key beside what it points to, one group without a frame', () => {
    const box = (id: string, height: number): Box => ({ id, name: id, width: 200, height })
    const links = [
      { from: 'notes', to: 'notebooks' },
      { from: 'tags', to: 'notes' },
    ]
    const { places, groups, height } = layOut([box('notes', 180), box('notebooks', 140), box('tags', 80)], links)
    const xs = ['notebooks', 'notes', 'tags'].map(id => places.get(id)!.x)
    assert.deepEqual(xs, [0, 288, 576])
    assert.equal(groups.length, 1)
    assert.equal(height, 180)
  })

  it('draws nothing, one box, a link to itself, links to nowhere and names that look like numbers', () => {
    assert.deepEqual(plain(layOut([], [])), {
      width: 0,
      height: 0,
      places: [],
      groups: [],
      asNew: { aspect: 0, reach: 0, room: 0 },
    })
    const boxes = ['2', '10', 'constructor', '__proto__', ''].map(id => ({ id, name: id, width: 160, height: 60 }))
    const links = [
      { from: '2', to: '2' },
      { from: '10', to: 'nowhere' },
      { from: '__proto__', to: 'constructor' },
    ]
    assert.equal(layOut(boxes.slice(0, 1), links).places.size, 1)
    assertApart(boxes.map(box => ({ ...box, ...layOut(boxes, links).places.get(box.id)! })))
  })
})
