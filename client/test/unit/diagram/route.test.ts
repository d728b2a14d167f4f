// The lines of relations: their way, their marks, and whether a pointer is on them.
import assert from 'node:assert/strict'
import type { Rect } from '../../../webview/geometry.ts'
import { boxOf, distanceTo, endMark, labelPoint, pathOf, routeOf } from '../../../webview/route.ts'

const rect = (x: number, y: number, width = 200, height = 100): Rect => ({ x, y, width, height })
const between = (from: Rect, to: Rect, obstacles: readonly Rect[] = [], lane = 2) =>
  routeOf({ from, fromY: from.y + 50, to, toY: to.y + 50 }, obstacles, lane)

describe('routeOf', () => {
  it('leaves on the side that faces the other entity', () => {
    const rightwards = between(rect(0, 0), rect(500, 300))
    assert.deepEqual(
      [rightwards.from, rightwards.to],
      [
        { x: 200, y: 50, way: 1 },
        { x: 500, y: 350, way: -1 },
      ],
    )
    const leftwards = between(rect(500, 300), rect(0, 0))
    assert.deepEqual([leftwards.from.way, leftwards.to.way], [-1, 1])
  })

  it('runs around two that stand above each other', () => {
    const { from, to, turn } = between(rect(0, 0), rect(0, 300))
    assert.deepEqual([from.way, to.way], [1, 1])
    assert.ok(turn > 200)
  })

  it('leads from an entity back to itself', () => {
    const own = rect(0, 0)
    const { from, to, turn } = routeOf({ from: own, fromY: 80, to: own, toY: 17 }, [])
    assert.deepEqual([from.x, to.x], [200, 200])
    assert.ok(turn > 200)
  })

  it('turns where it runs behind nothing', () => {
    const wall = rect(390, 0, 120, 800)
    const { turn } = between(rect(0, 0), rect(700, 600), [wall])
    assert.ok(turn < wall.x || turn > wall.x + wall.width, `${turn} is behind the wall`)
  })

  it('keeps lines of different lanes apart', () => {
    const turns = [0, 1, 2, 3, 4].map(lane => between(rect(0, 0), rect(500, 300), [], lane).turn)
    assert.equal(new Set(turns).size, 5)
  })
})

describe('pathOf', () => {
  it('begins and ends at the entities', () => {
    const d = pathOf(between(rect(0, 0), rect(500, 300)))
    assert.match(d, /^M200 50H/)
    assert.match(d, /H500$/)
  })

  it('is a straight line between equal heights', () => {
    assert.doesNotMatch(pathOf(between(rect(0, 0), rect(500, 0))), /[QV]/)
  })

  it('has no corner larger than its pieces', () => {
    const d = pathOf(between(rect(0, 0), rect(500, 6)))
    assert.match(d, /V53Q/)
  })
})

describe('endMark', () => {
  const right = { x: 100, y: 50, way: 1 } as const
  const left = { x: 100, y: 50, way: -1 } as const

  it('spreads its toes on the entity for many', () => {
    assert.match(endMark(right, 'many'), /^M100 44L112 50L100 56/)
    assert.match(endMark(left, 'many'), /^M100 44L88 50L100 56/)
  })
  it('is two bars for one', () => assert.equal(endMark(right, 'one').match(/v10/g)?.length, 2))
  it('is a bar and a ring for none or one', () => {
    assert.equal(endMark(left, 'zero-or-one').match(/v10/g)?.length, 1)
    assert.equal(endMark(left, 'zero-or-one').match(/a3\.5/g)?.length, 2)
  })
})

describe('a pointer and a line', () => {
  const route = between(rect(0, 0), rect(500, 300))

  it('meet on each of its pieces', () => {
    assert.equal(distanceTo(route, { x: 210, y: 53 }), 3)
    assert.equal(distanceTo(route, { x: route.turn + 4, y: 200 }), 4)
    assert.equal(distanceTo(route, { x: 490, y: 350 }), 0)
  })
  it('do not meet elsewhere', () => assert.ok(distanceTo(route, { x: 210, y: 200 }) > 100))
  it('meet nowhere outside of its box', () => {
    const { x, y, width, height } = boxOf(route)
    assert.ok(distanceTo(route, { x: x - 20, y: y - 20 }) > 10)
    assert.ok(distanceTo(route, { x: x + width + 20, y: y + height + 20 }) > 10)
  })
  it('have a name on the upright piece', () => assert.deepEqual(labelPoint(route), { x: route.turn, y: 200 }))
  it('have it above a line that is level', () =>
    assert.deepEqual(labelPoint(between(rect(0, 0), rect(500, 0))), { x: 350, y: 41 }))
})
