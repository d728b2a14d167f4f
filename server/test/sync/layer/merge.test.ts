// The laws of the three-way merge, on random records.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { type FieldPolicies, type FieldPolicy, mergeFields, overrides } from '../../../templates/sync/merge.ts'
import type { JsonObject, JsonValue } from '../../../templates/sync/types.ts'

const names = ['title', 'body', 'tags', 'count', '__proto__', 'constructor']
const policyNames: readonly FieldPolicy[] = ['newer', 'max', 'min', 'set']

const value: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom('a', 'b', 'ab', ''),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.constantFrom('x', 'y', 'z'), { maxLength: 3 }).map(items => [...new Set(items)].sort()),
  fc.record({ deep: fc.integer({ min: 0, max: 1 }) }, { noNullPrototype: true }),
)
const record: fc.Arbitrary<JsonObject> = fc
  .array(fc.tuple(fc.constantFrom(...names), value), { maxLength: 6 })
  .map(fields => Object.fromEntries(fields))
const policies: fc.Arbitrary<FieldPolicies> = fc
  .array(fc.tuple(fc.constantFrom(...names), fc.constantFrom(...policyNames)), { maxLength: 6 })
  .map(fields => Object.fromEntries(fields))
const stamp = fc.constantFrom(null, 'a', 'b')

const side = (values: JsonObject, at: string | null = null) => ({ values, stamp: at })
const plain = (values: JsonObject) => JSON.parse(JSON.stringify(sorted(values))) as unknown
const sorted = (values: JsonObject) => Object.fromEntries(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)))
const runs = { numRuns: 5000 }

describe('mergeFields', () => {
  it('does not care which side is which', () => {
    fc.assert(
      fc.property(record, record, record, stamp, stamp, policies, (base, one, other, a, b, rules) => {
        assert.deepEqual(
          mergeFields(base, side(one, a), side(other, b), rules),
          mergeFields(base, side(other, b), side(one, a), rules),
        )
      }),
      runs,
    )
  })

  it('gives the other side back when one has changed nothing', () => {
    fc.assert(
      fc.property(record, record, policies, stamp, (base, other, rules, at) => {
        assert.deepEqual(plain(mergeFields(base, side(base, at), side(other), rules)), plain(other))
      }),
      runs,
    )
  })

  it('gives an edit back that both sides have made', () => {
    fc.assert(
      fc.property(record, record, policies, (base, edit, rules) => {
        assert.deepEqual(plain(mergeFields(base, side(edit), side(edit), rules)), plain(edit))
      }),
      runs,
    )
  })

  it('changes nothing when its result is merged again', () => {
    fc.assert(
      fc.property(record, record, record, policies, (base, one, other, rules) => {
        const merged = mergeFields(base, side(one, 'a'), side(other, 'b'), rules)
        assert.deepEqual(plain(mergeFields(other, side(merged, 'c'), side(other, 'b'), rules)), plain(merged))
        assert.deepEqual(plain(mergeFields(base, side(merged, 'c'), side(merged, 'c'), rules)), plain(merged))
      }),
      runs,
    )
  })

  it('keeps edits of different fields from both sides', () => {
    const base = { title: 'a', body: 'a', count: 1 }
    const merged = mergeFields(base, side({ ...base, title: 'b' }), side({ ...base, body: 'c' }))
    assert.deepEqual(merged, { title: 'b', body: 'c', count: 1 })
  })

  it('takes the later edit of a field by its stamp', () => {
    const merged = mergeFields({ title: 'a' }, side({ title: 'z' }, '1'), side({ title: 'b' }, '2'))
    assert.deepEqual(merged, { title: 'b' })
  })

  it('keeps what either side has added to a set and drops what either has removed', () => {
    const merged = mergeFields({ tags: ['a', 'b'] }, side({ tags: ['b', 'c'] }), side({ tags: ['a', 'b', 'd'] }), {
      tags: 'set',
    })
    assert.deepEqual(merged, { tags: ['b', 'c', 'd'] })
  })

  it('removes a field that one side has removed', () => {
    assert.deepEqual(mergeFields({ title: 'a', body: 'b' }, side({ title: 'a' }), side({ title: 'a', body: 'b' })), {
      title: 'a',
    })
  })

  it('does not touch the prototype of its result', () => {
    const hostile = JSON.parse('{"__proto__":{"isAdmin":true}}') as JsonObject
    const merged = mergeFields({}, side(hostile), side({}))
    assert.equal(Object.getPrototypeOf(merged), Object.prototype)
    assert.equal((merged as { isAdmin?: boolean }).isAdmin, undefined)
  })

  it('leaves its arguments as they are', () => {
    const base = Object.freeze({ tags: Object.freeze(['b', 'a']) })
    const one = Object.freeze({ tags: Object.freeze(['c', 'b']) })
    mergeFields(base, side(one), side({ tags: ['z'] }), { tags: 'set' })
    assert.deepEqual(one.tags, ['c', 'b'])
  })
})

describe('overrides', () => {
  it('names the fields that make the record into the values', () => {
    fc.assert(
      fc.property(record, record, (before, values) => {
        assert.deepEqual(plain({ ...sorted(before), ...overrides(before, values) }), plain({ ...before, ...values }))
      }),
      runs,
    )
    assert.deepEqual(overrides({ title: 'a', count: 1 }, { title: 'a', count: 2 }), { count: 2 })
  })
})
