import assert from 'node:assert/strict'
import { layOut } from '../../src/core/views/layout/lay-out.ts'
import type { Box, Layout } from '../../src/core/views/layout/layout.ts'
import { edits } from './made-edits.ts'
import { type MadeSchema, type Manner, madeSchema, randomFrom } from './made-schema.ts'
import { assertSound, meanLength, plain, shuffled, stayed } from './measures.ts'

const manners: readonly Manner[] = ['families', 'communities', 'random']
const mean = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length

function pickFrom(seed: number): (below: number) => number {
  const random = randomFrom(seed)
  return below => Math.floor(random() * below)
}

const groupOf = ({ groups }: Layout, id: string) => groups.find(({ members }) => members.includes(id))!

describe('layOut with the picture before', () => {
  for (const manner of manners) {
    describe(`500 boxes and 1000 links, ${manner}`, () => {
      const schema = madeSchema(500, 1000, manner)
      let before: Layout
      // Mocha has a hook of this name as well.
      globalThis.before(() => {
        before = layOut(schema.boxes, schema.links)
      })

      for (const [name, edit] of Object.entries(edits))
        it(`moves next to nothing outside of the group when ${name}`, () => {
          const pick = pickFrom(7)
          const shares = Array.from({ length: 5 }, (_, nth) => {
            const after = edit(schema, pick, nth)
            const layout = layOut(after.boxes, after.links, before)
            assertSound(after, layout)
            return stayed(before, layout, after.edited)
          })
          assert.ok(mean(shares) >= 0.96, `${mean(shares)}`)
        })

      it('stays in place and in shape through many edits', () => {
        const pick = pickFrom(11)
        const kinds = Object.values(edits)
        const shares: number[] = []
        let [now, layout]: [MadeSchema, Layout] = [schema, before]
        for (let nth = 0; nth < 30; nth++) {
          const after = kinds[pick(kinds.length)]!(now, pick, nth)
          const next = layOut(after.boxes, after.links, layout)
          shares.push(stayed(layout, next, after.edited))
          ;[now, layout] = [after, next]
        }
        assertSound(now, layout)
        assert.ok(mean(shares) >= 0.96, `${mean(shares)}`)
        assert.ok(stayed(before, layout) > 0.7, `${stayed(before, layout)} since the beginning`)
        const aspect = layout.width / layout.height
        assert.ok(aspect >= 1 && aspect <= 2, `aspect ${aspect}`)
        assert.ok(meanLength(now, layout) < 2500, `mean ${meanLength(now, layout)}`)
      })

      it('draws the same again, and in whatever order things come', () => {
        assert.deepEqual(plain(layOut(schema.boxes, schema.links, before)), plain(before))
        const { boxes, links } = edits['a linked entity comes']!(schema, pickFrom(5), 0)
        const other = layOut(shuffled(boxes, 3), shuffled(links, 4), before)
        assert.deepEqual(plain(other), plain(layOut(boxes, links, before)))
      })

      it('is made anew when much is different', () => {
        const boxes = schema.boxes.slice(100)
        const ids = new Set(boxes.map(({ id }) => id))
        const links = schema.links.filter(({ from, to }) => ids.has(from) && ids.has(to))
        assert.deepEqual(layOut(boxes, links, before), layOut(boxes, links))
      })
    })
  }

  it('is made anew when links have become much longer than they need be', () => {
    const { boxes, links } = madeSchema(300, 600, 'families')
    const first = layOut(boxes, links)
    const turned = links.map(({ from }, index) => ({ from, to: boxes[(index * 7) % 300]!.id }))
    const second = layOut(boxes, turned, first)
    assert.deepEqual(second, layOut(boxes, turned))
    assert.notDeepEqual(second.asNew, first.asNew)
  })

  it('puts what comes to those that it is linked with, and what is renamed where it was', () => {
    const schema = madeSchema(60, 90, 'families')
    const first = layOut(schema.boxes, schema.links)
    const host = first.groups.find(({ members }) => members.length > 3 && members.length < 12)!
    const box: Box = { id: 'kaka', name: 'kaka', width: 200, height: 150 }
    const links = host.members.slice(0, 2).map(to => ({ from: box.id, to }))
    const second = layOut([...schema.boxes, box], [...schema.links, ...links], first)
    assert.deepEqual([...groupOf(second, 'kaka').members].sort(), [...host.members, 'kaka'].sort())

    const renamed = [...schema.boxes, { ...box, id: 'quiqui', name: 'quiqui' }]
    const third = layOut(renamed, schema.links, second)
    assert.deepEqual([...groupOf(third, 'quiqui').members].sort(), [...host.members, 'quiqui'].sort())
  })

  it('opens one more group for those that belong to a full one', () => {
    const box = (id: string): Box => ({ id, name: id, width: 200, height: 100 })
    const rays = (hub: string, ids: readonly string[]) => ids.map(from => ({ from, to: hub }))
    const ids = (begin: string, count: number) => Array.from({ length: count }, (_, nth) => `${begin}${nth + 10}`)
    const [a, b, late] = [ids('a', 13), ids('b', 13), ids('late', 12)]
    let layout: Layout | undefined
    for (let count = 0; count <= late.length; count++) {
      const came = late.slice(0, count)
      const boxes = ['alba', 'bruno', ...a, ...b, ...came].map(box)
      layout = layOut(boxes, [...rays('alba', a), ...rays('bruno', b), ...rays('alba', came)], layout)
      assertSound({ boxes, links: [] }, layout)
    }
    const sizes = layout!.groups.map(({ members }) => members.length)
    assert.deepEqual(sizes, [24, 14, 2])
  })

  it('forgets a group that is empty and moves nothing', () => {
    const { boxes, links } = madeSchema(500, 1000, 'families')
    const first = layOut(boxes, links)
    const [gone] = first.groups
    const rest = boxes.filter(({ id }) => !gone!.members.includes(id))
    const second = layOut(rest, links, first)
    assertSound({ boxes: rest, links }, second)
    assert.equal(second.groups.length, first.groups.length - 1)
    assert.equal(stayed(first, second), 1)
  })
})
