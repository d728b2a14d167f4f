// What an edit left alone keeps its identity, and its spans move.
import assert from 'node:assert/strict'
import { reconcile } from '../../src/core/facts/reconcile.ts'

const at = (start: number) => ({ start, end: start + 1 })

describe('reconcile', () => {
  it('keeps what is equal and moves its spans', () => {
    const old = { a: { at: at(1), name: 'x' }, b: [{ at: at(5), v: 1 }] }
    const { a, b } = old
    const span = a.at
    const result = reconcile(old, { a: { at: at(11), name: 'x' }, b: [{ at: at(15), v: 1 }] })
    assert.equal(result, old)
    assert.equal(result.a, a)
    assert.equal(result.b, b)
    assert.equal(result.a.at, span)
    assert.deepEqual(result, { a: { at: at(11), name: 'x' }, b: [{ at: at(15), v: 1 }] })
  })

  it('makes new only what leads to a change', () => {
    const old = { a: { at: at(1) }, b: { c: { v: 1, at: at(2) }, d: { v: 2, at: at(3) } } }
    const { a, b } = old
    const { c, d } = b
    const result = reconcile(old, { a: { at: at(1) }, b: { c: { v: 1, at: at(4) }, d: { v: 9, at: at(5) } } })
    assert.equal(result.a, a)
    assert.notEqual(result.b, b)
    assert.equal(result.b.c, c)
    assert.notEqual(result.b.d, d)
    assert.deepEqual(result, { a: { at: at(1) }, b: { c: { v: 1, at: at(4) }, d: { v: 9, at: at(5) } } })
  })

  it('matches lists by their ends', () => {
    const item = (v: number, place = v) => ({ v, at: at(place) })
    const old = [item(1), item(2), item(3), item(4)]
    const [first, , third, fourth] = old
    const result = reconcile(old, [item(1), item(3, 2), item(4, 3)])
    assert.deepEqual(result, [item(1), item(3, 2), item(4, 3)])
    assert.ok(result[0] === first && result[1] === third && result[2] === fourth)
  })

  it('uses no object twice', () => {
    const item = (place: number) => ({ v: 1, at: at(place) })
    const old = [item(1)]
    const result = reconcile(old, [item(1), item(2), item(3)])
    assert.deepEqual(result, [item(1), item(2), item(3)])
    assert.equal(new Set(result).size, 3)
  })

  it('keeps shared parts shared', () => {
    const shared = { v: 1, at: at(1) }
    const next = { v: 1, at: at(2) }
    const result = reconcile(
      { a: { of: shared, k: 1 }, b: { of: shared, k: 1 } },
      { a: { of: next, k: 1 }, b: { of: next, k: 2 } },
    )
    assert.equal(result.a.of, result.b.of)
    assert.equal(result.a.of, shared)
  })

  it('never lets one object stand for two', () => {
    const old = { a: { v: 1, at: at(1) }, b: { v: 1, at: at(1) } }
    old.b = old.a
    const result = reconcile(old, { a: { v: 1, at: at(3) }, b: { v: 1, at: at(7) } })
    assert.deepEqual(result, { a: { v: 1, at: at(3) }, b: { v: 1, at: at(7) } })
  })

  it('tells absent from undefined and records of another kind', () => {
    const old: Record<string, unknown> = { a: 1, b: undefined }
    assert.deepEqual(Object.keys(reconcile(old, { a: 1 })), ['a'])
    assert.deepEqual(reconcile<unknown>({ a: at(1) }, { a: { start: 1, end: 2, more: 3 } }), {
      a: { start: 1, end: 2, more: 3 },
    })
    assert.deepEqual(reconcile<unknown>([1], { 0: 1 }), { 0: 1 })
  })
})
