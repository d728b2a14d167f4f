// Realm objects as JSON and back, for every type: what comes back is what was there.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { RealmRow } from '../../templates/realm/realm-types.ts'
import { createSerialisers, type Serialisers } from '../../templates/realm/serialisers.ts'
import type { JsonObject } from '../../templates/sync/types.ts'
import { needOracle } from '../../testkit/oracle/installed.ts'
import { type RealmBson, type RealmObjectSchema, realmBson, withRealm } from '../../testkit/oracle/realm.ts'
import type { WholeRealm } from '../../testkit/sync/realm-app.ts'

const scalars = ['bool', 'int', 'double', 'decimal128', 'objectId', 'string', 'data', 'date', 'uuid'] as const
const properties = Object.fromEntries(
  scalars.flatMap(type => [
    [type, type],
    [`${type}Maybe`, `${type}?`],
    [`${type}List`, `${type}[]`],
    [`${type}Set`, `${type}<>`],
    [`${type}Map`, `${type}{}`],
  ]),
)
const schema: readonly RealmObjectSchema[] = [
  {
    name: 'All',
    primaryKey: 'key',
    properties: {
      key: 'uuid',
      ...properties,
      holes: 'int?[]',
      any: 'mixed',
      anyList: 'mixed[]',
      part: 'Part',
      parts: 'Part[]',
      other: 'Other',
      others: 'Other[]',
    },
  },
  { name: 'Part', embedded: true, properties: { text: 'string?', at: 'date?', other: 'Other', inner: 'Inner' } },
  { name: 'Inner', embedded: true, properties: { text: 'string' } },
  {
    name: 'Other',
    primaryKey: 'id',
    properties: { id: 'int', all: { type: 'linkingObjects', objectType: 'All', property: 'other' } },
  },
]

describe('the serialisers of the layer over Realm', function () {
  this.timeout(60_000)
  before(function () {
    needOracle(this)
  })

  it('give back what was there, by way of JSON text', async () => {
    const bson = await realmBson()
    await withRealm(schema, ({ realm }) => {
      const whole = realm as WholeRealm
      const serialisers = createSerialisers({ realm: whole, bson })
      const others = [1, 2, 3].map(id => whole.write(() => whole.create('Other', { id })))
      fc.assert(
        fc.property(object(bson, others), values => {
          const json = roundTrip(whole, serialisers, bson, values)
          assert.deepEqual(withSortedSets(json.after), withSortedSets(json.before))
        }),
        { numRuns: 150 },
      )
    })
  })

  it('keep backlinks, keys and marks to themselves, and pass over what a newer server sends', async () => {
    const bson = await realmBson()
    await withRealm(
      [{ name: 'A', primaryKey: 'id', properties: { id: 'string', n: 'int', photo: 'data?', _version: 'string?' } }],
      ({ realm }) => {
        const whole = realm as WholeRealm
        const serialisers = createSerialisers({ realm: whole, bson, fields: { A: ['n'] } })
        const row = whole.write(() => whole.create('A', { id: 'a', n: 1, _version: '7' }))
        assert.deepEqual(serialisers.toJson('A', row), { n: 1 })
        assert.deepEqual(serialisers.decode('A', { n: 2, id: 'b', _version: '8', more: true }).values, { n: 2 })
        assert.throws(() => serialisers.encode('A', { more: 1 }), /no property more/)
      },
    )
  })
})

/** A set has no order, and with NaN in it Realm gives it in another one each time. */
const withSortedSets = (json: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(json).map(([name, value]) => {
      if (!name.endsWith('Set') || !Array.isArray(value)) return [name, value]
      return [name, [...value].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))]
    }),
  )

/** An object as JSON, before and after a second object was made of that JSON. */
function roundTrip(realm: WholeRealm, serialisers: Serialisers, bson: RealmBson, values: RealmRow) {
  return realm.write(() => {
    const row = realm.create('All', { ...values, key: new bson.UUID() })
    const before = serialisers.toJson('All', row)
    const text = JSON.parse(JSON.stringify(before)) as typeof before
    const { values: decoded, missing } = serialisers.decode('All', text)
    assert.deepEqual(missing, [])
    const copy = realm.create('All', { ...decoded, key: new bson.UUID() })
    const after = serialisers.toJson('All', copy)
    // What is the same as JSON must be the same in Realm, too.
    for (const name of ['decimal128', 'objectId', 'uuid']) assert.equal(String(copy[name]), String(row[name]))
    assert.equal(Number(copy['date']), Number(row['date']))
    assert.deepEqual(new Uint8Array(copy['data'] as ArrayBuffer), new Uint8Array(row['data'] as ArrayBuffer))
    assert.ok(Object.is(copy['double'], row['double']))
    realm.delete(row)
    realm.delete(copy)
    return { before, after }
  })
}

function object(bson: RealmBson, others: readonly RealmRow[]): fc.Arbitrary<RealmRow> {
  const hex = (length: number) =>
    fc.array(fc.constantFrom(...'0123456789abcdef'), { minLength: length, maxLength: length }).map(one => one.join(''))
  const of: Record<(typeof scalars)[number], fc.Arbitrary<unknown>> = {
    bool: fc.boolean(),
    int: fc.maxSafeInteger(),
    // JSON has one zero.
    double: fc.double().map(one => (one === 0 ? 0 : one)),
    decimal128: fc.tuple(fc.integer(), fc.nat(20)).map(([n, e]) => bson.Decimal128.fromString(`${n}E-${e}`)),
    objectId: hex(24).map(one => new bson.ObjectId(one)),
    string: fc.string({ unit: 'grapheme' }).filter(one => !one.includes('\0')),
    data: fc.uint8Array({ maxLength: 9 }).map(one => one.slice().buffer),
    // The oracle's build of Realm itself moves times before 1970 that are no whole second.
    date: fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(1e14) }),
    uuid: fc.uuid({ version: 4 }).map(one => new bson.UUID(one)),
  }
  const key = fc.stringMatching(/^[a-z]{1,5}$/)
  const fields = Object.fromEntries(
    scalars.flatMap(type => [
      [type, of[type]],
      [`${type}Maybe`, fc.option(of[type])],
      [`${type}List`, fc.array(of[type], { maxLength: 3 })],
      [`${type}Set`, fc.array(of[type], { maxLength: 3 })],
      [`${type}Map`, fc.dictionary(key, of[type], { maxKeys: 3 })],
    ]),
  )
  const other = fc.option(fc.constantFrom(...others))
  const part = fc.record({
    text: fc.option(of.string),
    at: fc.option(of.date),
    other,
    inner: fc.option(fc.record({ text: of.string })),
  })
  const any = fc.oneof(
    fc.constant(null),
    of.bool,
    of.double,
    of.string,
    of.date,
    of.objectId,
    of.uuid,
    of.decimal128,
    of.data,
    fc.constantFrom(...others),
  )
  return fc.record({
    ...fields,
    holes: fc.array(fc.option(fc.integer()), { maxLength: 3 }),
    any,
    anyList: fc.array(any, { maxLength: 3 }),
    part: fc.option(part),
    parts: fc.array(part, { maxLength: 2 }),
    other,
    others: fc.array(fc.constantFrom(...others), { maxLength: 3 }),
  }) as fc.Arbitrary<RealmRow>
}
