// What is on the table, after dragging, folding, focusing and filtering.
import assert from 'node:assert/strict'
import { diagramMetrics } from '../../../../shared/diagram.ts'
import type { Rect } from '../../../webview/geometry.ts'
import { boundsOf, intersects } from '../../../webview/geometry.ts'
import { labelsOf } from '../../../webview/labels.ts'
import { neighboursOf, placeInColumns, placeNeighbours } from '../../../webview/neighbours.ts'
import { type Arrangement, fieldRect, headHeight, rowHeight, sceneOf, withMoved } from '../../../webview/scene.ts'
import { keepingPlace, lineAt, nearestToMiddle } from '../../../webview/sight.ts'
import { smallView } from './support.ts'

const plain: Arrangement = { positions: {}, folded: new Set(), focus: undefined, only: undefined }
const sceneWith = (arrangement: Partial<Arrangement> = {}) => sceneOf(smallView(), { ...plain, ...arrangement })
const screen = { width: 1000, height: 600 }

describe('sceneOf', () => {
  it('puts entities where they are laid out, or where they were dragged', () => {
    const { boxes } = sceneWith({ positions: { 'app/posts': { x: 40, y: 900 } } })
    assert.deepEqual([boxes.get('app/users')?.x, boxes.get('app/users')?.y], [0, 0])
    assert.deepEqual([boxes.get('app/posts')?.x, boxes.get('app/posts')?.y], [40, 900])
  })

  it('grows the frame around an entity that was dragged out of it', () => {
    const [frame] = sceneWith({ positions: { 'app/posts': { x: 400, y: 2000 } } }).frames
    assert.ok(frame && frame.y + frame.height > 2000)
  })

  it('joins the row of the key and the head of the other entity', () => {
    const { lines, boxes } = sceneWith()
    const line = lines.find(({ relation }) => relation.from === 'app/posts')
    assert.equal(line?.route.from.y, headHeight + 1.5 * rowHeight)
    assert.equal(line?.route.from.x, boxes.get('app/posts')?.x)
    assert.equal(line?.route.to.y, headHeight / 2)
  })

  it('has only the head of a folded entity, from which its lines start', () => {
    const { boxes, lines } = sceneWith({ folded: new Set(['app/posts']) })
    assert.equal(boxes.get('app/posts')?.height, headHeight)
    assert.equal(lines.find(({ relation }) => relation.from === 'app/posts')?.route.from.y, headHeight / 2)
  })

  it('has an entity and its neighbours only, when it is in focus', () => {
    const one = sceneWith({ focus: { entity: 'app/users', depth: 1 } })
    assert.deepEqual([...one.boxes.keys()], ['app/users', 'app/posts'])
    const two = sceneWith({ focus: { entity: 'app/users', depth: 2 } })
    assert.deepEqual([...two.boxes.keys()], ['app/users', 'app/posts', 'app/comments'])
    assert.equal(two.lines.length, 2)
  })

  it('has only what a filter leaves', () => {
    const { boxes, lines } = sceneWith({ only: new Set(['app/settings']) })
    assert.deepEqual([[...boxes.keys()], lines.length], [['app/settings'], 0])
  })

  it('counts the relations of the whole view, also in a part of it', () => {
    const { boxes } = sceneWith({ only: new Set(['app/posts']) })
    assert.equal(boxes.get('app/posts')?.relations, 2)
  })
})

describe('heights', () => {
  it('are those that the layout reckons with', () => {
    assert.equal(headHeight, diagramMetrics.head)
    assert.equal(rowHeight, diagramMetrics.row)
  })
})

describe('withMoved', () => {
  it('leads the lines of the moved entity anew, and leaves the others', () => {
    const before = sceneWith()
    const after = withMoved(before, 'app/comments', { x: 800, y: 500 })
    assert.equal(after.boxes.get('app/comments')?.y, 500)
    assert.equal(after.lines[0], before.lines[0])
    assert.notEqual(after.lines[1]?.route.from.y, before.lines[1]?.route.from.y)
  })
})

describe('fieldRect', () => {
  it('is the row of a field, and the head for one that is unknown', () => {
    const posts = sceneWith().boxes.get('app/posts')!
    assert.equal(fieldRect(posts, 'author_id').y, headHeight + rowHeight)
    assert.equal(fieldRect(posts, 'nothing').y, 0)
  })
})

describe('neighbours', () => {
  const { relations } = smallView()

  it('are counted below zero on the side of what is referred to', () =>
    assert.deepEqual(Object.fromEntries(neighboursOf(relations, 'app/posts', 1)), {
      'app/posts': 0,
      'app/users': -1,
      'app/comments': 1,
    }))

  it('has what was picked from a large picture close together', () => {
    const ids = Array.from({ length: 60 }, (_, i) => `n${i}`)
    const size = { width: 200, height: 180 }
    const bounds = boundsOf([...placeInColumns(ids, () => size).values()].map(place => ({ ...place, ...size })))
    const aspect = (bounds?.width ?? 0) / (bounds?.height ?? 1)
    assert.ok(aspect > 0.8 && aspect < 2.5, `${aspect}`)
  })

  it('never stand upon each other, however many', () => {
    const distances = new Map([['hub', 0], ...Array.from({ length: 40 }, (_, i) => [`n${i}`, i % 3 ? 1 : -1] as const)])
    const size = { width: 200, height: 180 }
    const places = placeNeighbours(distances, () => size)
    const boxes: Rect[] = [...places.values()].map(place => ({ ...place, ...size }))
    assert.equal(boxes.length, 41)
    for (const [i, box] of boxes.entries())
      for (const other of boxes.slice(i + 1)) assert.ok(!intersects(box, other), JSON.stringify([box, other]))
  })
})

describe('sight', () => {
  it('finds what is nearest to the middle of the screen', () =>
    assert.equal(nearestToMiddle(sceneWith(), { x: 0, y: 300, k: 1 }, screen)?.id, 'app/posts'))

  it('keeps what is looked at in its place when the picture changes', () => {
    const camera = { x: 10, y: 20, k: 0.5 }
    const after = sceneWith({ positions: { 'app/users': { x: 100, y: -60 } } })
    assert.deepEqual(keepingPlace(camera, screen, sceneWith(), after, 'app/users'), { x: -40, y: 50, k: 0.5 })
  })

  it('hits a line beside the entities, and none upon them', () => {
    const scene = sceneWith()
    const camera = { x: 0, y: 0, k: 1 }
    const line = scene.lines[0]!
    const found = lineAt(scene, camera, { x: line.route.turn + 2, y: (line.route.from.y + line.route.to.y) / 2 })
    assert.equal(found?.relation.id, line.relation.id)
    assert.equal(lineAt(scene, camera, { x: 450, y: line.route.from.y }), undefined)
    assert.equal(lineAt(scene, camera, { x: 300, y: 400 }), undefined)
  })
})

describe('labelsOf', () => {
  const { lines } = sceneWith()
  const [first, second] = lines

  it('writes the names that have room', () =>
    assert.deepEqual(
      labelsOf(lines, [], () => false).map(({ text }) => text),
      ['users', 'posts'],
    ))

  it('leaves out a name that would stand upon another, or upon an entity', () => {
    assert.equal(labelsOf([first!, first!], [], () => false).length, 1)
    assert.equal(labelsOf(lines, [{ x: -9999, y: -9999, width: 99999, height: 99999 }], () => false).length, 0)
  })

  it('always writes the names of lines that stand out', () => {
    const wall = [{ x: -9999, y: -9999, width: 99999, height: 99999 }]
    assert.deepEqual(
      labelsOf(lines, wall, line => line === second).map(({ text, isLit }) => [text, isLit]),
      [['posts', true]],
    )
  })
})
