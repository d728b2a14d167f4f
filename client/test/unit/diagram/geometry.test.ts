// The camera and the rectangles of the diagram.
import assert from 'node:assert/strict'
import {
  boundsOf,
  fitting,
  largestZoom,
  nextTowards,
  type Rect,
  seenBy,
  showing,
  smallestZoom,
  toPicture,
  zoomedAt,
} from '../../../webview/geometry.ts'

const screen = { width: 1000, height: 600 }
const rect = (x: number, y: number, width = 200, height = 100): Rect => ({ x, y, width, height })

describe('the camera of the diagram', () => {
  it('keeps what is under the pointer in its place while it zooms', () => {
    const camera = { x: 40, y: -30, k: 0.7 }
    const at = { x: 333, y: 222 }
    const zoomed = zoomedAt(camera, at, 1.7)
    assert.equal(zoomed.k, 0.7 * 1.7)
    const [before, after] = [toPicture(camera, at), toPicture(zoomed, at)]
    assert.ok(Math.abs(before.x - after.x) < 1e-9 && Math.abs(before.y - after.y) < 1e-9)
  })

  it('zooms neither closer nor farther than its ends', () => {
    assert.equal(zoomedAt({ x: 0, y: 0, k: 2 }, { x: 0, y: 0 }, 100).k, largestZoom)
    assert.equal(zoomedAt({ x: 0, y: 0, k: 0.1 }, { x: 0, y: 0 }, 0.001).k, smallestZoom)
  })

  it('fits a large picture into the screen, and shows a small one in its own size', () => {
    const large = rect(-500, 200, 8000, 3000)
    const seen = seenBy(fitting(large, screen), screen)
    assert.ok(seen.x <= large.x && seen.x + seen.width >= large.x + large.width)
    assert.ok(seen.y <= large.y && seen.y + seen.height >= large.y + large.height)
    assert.deepEqual(fitting(rect(0, 0), screen), { x: 400, y: 250, k: 1 })
  })

  it('does not move for what is seen already', () => {
    const camera = { x: 0, y: 0, k: 1 }
    assert.deepEqual(showing(rect(300, 200), camera, screen, 0.8), camera)
  })

  it('moves no further than needed for what is outside', () => {
    const camera = { x: 0, y: 0, k: 1 }
    assert.deepEqual(showing(rect(1200, 200), camera, screen, 0.8), { x: -440, y: 0, k: 1 })
    assert.deepEqual(showing(rect(-300, 200), camera, screen, 0.8), { x: 340, y: 0, k: 1 })
  })

  it('comes close enough to read', () => {
    const { k } = showing(rect(4000, 4000), { x: 0, y: 0, k: 0.1 }, screen, 0.8)
    assert.equal(k, 0.8)
  })

  it('shows the beginning of what is taller than the screen', () => {
    assert.equal(showing(rect(300, 1000, 200, 2000), { x: 0, y: 0, k: 1 }, screen, 0.8).y, 40 - 1000)
  })
})

describe('boundsOf', () => {
  it('is nothing around nothing', () => assert.equal(boundsOf([]), undefined))
  it('holds all rectangles', () =>
    assert.deepEqual(boundsOf([rect(-10, 0), rect(500, 300)]), { x: -10, y: 0, width: 710, height: 400 }))
})

describe('nextTowards', () => {
  const [middle, right, farRight, below, diagonal] = [
    rect(0, 0),
    rect(300, 10),
    rect(700, 0),
    rect(0, 200),
    rect(290, 900),
  ]
  const boxes = [middle, right, farRight, below, diagonal]

  it('takes the nearest straight ahead', () => {
    assert.equal(nextTowards(middle, boxes, 'right'), right)
    assert.equal(nextTowards(right, boxes, 'right'), farRight)
    assert.equal(nextTowards(middle, boxes, 'down'), below)
    assert.equal(nextTowards(farRight, boxes, 'left'), right)
  })

  it('takes what is far aside where nothing else lies ahead', () =>
    assert.equal(nextTowards(rect(0, 0), [rect(100, 2000)], 'right')?.y, 2000))

  it('finds nothing where nothing lies ahead', () => {
    assert.equal(nextTowards(middle, boxes, 'up'), undefined)
    assert.equal(nextTowards(middle, boxes, 'left'), undefined)
  })
})
