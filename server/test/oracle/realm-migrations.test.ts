// The table of what Realm does about each kind of change, asked of the real core, and the migrations that mend it.
import assert from 'node:assert/strict'
import { effects } from '../../src/core/engines/realm/migrations/compare-schemas.ts'
import { allDifferences } from '../../src/core/engines/realm/migrations/upgrade-of.ts'
import type { RealmStore } from '../../src/core/engines/realm/types.ts'
import { needOracle } from '../../testkit/oracle/installed.ts'
import type { RealmValues } from '../../testkit/oracle/realm.ts'
import {
  appAfter,
  appWith,
  functionIn,
  migrated,
  type UpgradeSchema,
  upgraded,
  upgradeFile,
  versionIn,
} from '../../testkit/oracle/realm-upgrade.ts'

type Rows = readonly (readonly [string, RealmValues])[]
type Stored = Readonly<Record<string, readonly RealmValues[]>>

interface Case {
  readonly name: string
  readonly kinds: readonly (keyof typeof effects)[]
  readonly released: UpgradeSchema
  readonly now: UpgradeSchema
  readonly rows: Rows
  /** What Realm says at the same version; nothing where it opens. */
  readonly refused?: RegExp
  /** What is stored after a bump without any copy, or what Realm says then. */
  readonly bare: Stored | RegExp
  /** What is stored after the created migration; the same as `bare` where not said. */
  readonly mended?: Stored
}

const a = (properties: object, more: object = {}) => ({ name: 'A', properties, ...more })
const keyed = (properties: object, name = 'A') => ({ name, primaryKey: 'id', properties: { id: 'int', ...properties } })
const rowsOf = (...values: readonly RealmValues[]): Rows => values.map(one => ['A', one])
const zero = new Date(0)

/** One property of which only the type changes. */
const retyped = (
  before: string,
  now: string,
  given: readonly unknown[],
  bare: readonly unknown[],
  mended: readonly unknown[],
  kind: keyof typeof effects = 'type-changed',
): Case => ({
  name: `${before} becomes ${now}`,
  kinds: [kind],
  released: [a({ x: before, other: 'int' })],
  now: [a({ x: now, other: 'int' })],
  rows: given.map((x, i) => ['A', { x, other: i }]),
  refused:
    kind === 'type-changed' ? /has been changed from/ : kind === 'made-required' ? /made required/ : /made optional/,
  bare: { A: bare.map((x, i) => ({ x, other: i })) },
  mended: { A: mended.map((x, i) => ({ x, other: i })) },
})

const cases: readonly Case[] = [
  {
    name: 'a class is added, an index comes and goes, the order changes',
    kinds: [],
    released: [a({ x: { type: 'int', indexed: true }, y: 'int' })],
    now: [a({ y: { type: 'int', indexed: true }, x: 'int' }), { name: 'B', properties: { z: 'int' } }],
    rows: rowsOf({ x: 1, y: 2 }),
    bare: { A: [{ y: 2, x: 1 }], B: [] },
  },
  {
    name: 'a property is renamed with mapTo',
    kinds: [],
    released: [a({ x: 'int' })],
    now: [a({ z: { type: 'int', mapTo: 'x' } })],
    rows: rowsOf({ x: 1 }),
    bare: { A: [{ z: 1 }] },
  },
  {
    name: 'a class is removed',
    kinds: ['class-removed'],
    released: [a({ x: 'int' }), { name: 'B', properties: { other: 'string' } }],
    now: [a({ x: 'int' })],
    rows: rowsOf({ x: 1 }),
    bare: { A: [{ x: 1 }] },
  },
  {
    name: 'a class is renamed',
    kinds: ['class-renamed'],
    released: [a({ x: 'int', y: 'string', z: 'date?' })],
    now: [{ name: 'AA', properties: { x: 'int', y: 'string', z: 'date?', added: { type: 'int', default: 7 } } }],
    rows: rowsOf({ x: 1, y: 'one', z: new Date(5) }, { x: 2, y: 'two', z: null }),
    bare: { AA: [] },
    mended: {
      AA: [
        { x: 1, y: 'one', z: new Date(5), added: 7 },
        { x: 2, y: 'two', z: null, added: 7 },
      ],
    },
  },
  {
    name: 'a class is renamed that links to itself and is linked to',
    kinds: ['class-renamed', 'type-changed', 'type-changed'],
    released: [
      keyed({ name: 'string', text: 'string', parent: 'A?' }),
      { name: 'L', properties: { a: 'A?', list: 'A[]' } },
    ],
    now: [
      keyed({ name: 'string', text: 'string', parent: 'AA?' }, 'AA'),
      { name: 'L', properties: { a: 'AA?', list: 'AA[]' } },
    ],
    rows: [
      [
        'L',
        {
          a: { id: 2, name: 'two', text: 't', parent: { id: 1, name: 'one', text: 'o' } },
          list: [{ id: 3, name: 'three', text: 'x' }],
        },
      ],
      ['L', {}],
    ],
    bare: {
      AA: [],
      L: [
        { a: null, list: [] },
        { a: null, list: [] },
      ],
    },
    refused: /has been changed from '<A>' to '<AA>'/,
    mended: {
      AA: [
        { id: 2, name: 'two', text: 't', parent: 1 },
        { id: 1, name: 'one', text: 'o', parent: null },
        { id: 3, name: 'three', text: 'x', parent: null },
      ],
      L: [
        { a: 2, list: [3] },
        { a: null, list: [] },
      ],
    },
  },
  {
    name: 'a class without a key is renamed and linked to',
    kinds: ['class-renamed', 'type-changed'],
    released: [a({ x: 'int', y: 'int', z: 'int' }), { name: 'L', properties: { a: 'A?' } }],
    now: [
      { name: 'AA', properties: { x: 'int', y: 'int', z: 'int' } },
      { name: 'L', properties: { a: 'AA?' } },
    ],
    rows: [
      ['A', { x: 1, y: 1, z: 1 }],
      ['L', { a: { x: 2, y: 2, z: 2 } }],
      ['A', { x: 3, y: 3, z: 3 }],
    ],
    refused: /has been changed/,
    bare: { AA: [], L: [{ a: null }] },
    mended: {
      AA: [
        { x: 1, y: 1, z: 1 },
        { x: 2, y: 2, z: 2 },
        { x: 3, y: 3, z: 3 },
      ],
      L: [{ a: { x: 2, y: 2, z: 2 } }],
    },
  },
  {
    name: 'properties that may be empty are added',
    kinds: ['property-added', 'property-added', 'property-added'],
    released: [a({ x: 'int' })],
    now: [a({ x: 'int', o: 'string?', l: 'int[]', k: 'A?' })],
    rows: rowsOf({ x: 1 }),
    refused: /has been added/,
    bare: { A: [{ x: 1, o: null, l: [], k: null }] },
  },
  {
    name: 'required properties are added, some with a default',
    kinds: ['property-added', 'property-added', 'property-added', 'property-added'],
    released: [a({ x: 'int' })],
    now: [
      a({
        x: 'int',
        n: { type: 'int', default: 42 },
        s: { type: 'string', default: 'none' },
        b: { type: 'bool', default: true },
        d: 'date',
      }),
    ],
    rows: rowsOf({ x: 1 }),
    refused: /has been added/,
    bare: { A: [{ x: 1, n: 0, s: '', b: false, d: zero }] },
    mended: { A: [{ x: 1, n: 42, s: 'none', b: true, d: zero }] },
  },
  {
    name: 'a property is removed',
    kinds: ['property-removed'],
    released: [a({ x: 'int', y: 'string' })],
    now: [a({ x: 'int' })],
    rows: rowsOf({ x: 1, y: 'gone' }),
    refused: /has been removed/,
    bare: { A: [{ x: 1 }] },
  },
  {
    name: 'a property is renamed',
    kinds: ['property-renamed'],
    released: [a({ x: 'int', name: 'string' })],
    now: [a({ x: 'int', title: 'string' })],
    rows: rowsOf({ x: 1, name: 'one' }, { x: 2, name: 'two' }),
    refused: /'A.name' has been removed[\s\S]*'A.title' has been added/,
    bare: {
      A: [
        { x: 1, title: '' },
        { x: 2, title: '' },
      ],
    },
    mended: {
      A: [
        { x: 1, title: 'one' },
        { x: 2, title: 'two' },
      ],
    },
  },
  {
    name: 'links, lists of them and embedded objects are renamed',
    kinds: ['property-renamed', 'property-renamed', 'property-renamed', 'property-renamed'],
    released: [
      keyed({ friend: 'A?', friends: 'A[]', at: 'E', ats: 'E[]' }),
      { name: 'E', embedded: true, properties: { city: 'string', to: 'A?' } },
    ],
    now: [
      keyed({ bestFriend: 'A?', allFriends: 'A[]', place: 'E', places: 'E[]' }),
      { name: 'E', embedded: true, properties: { city: 'string', to: 'A?' } },
    ],
    rows: rowsOf(
      { id: 1, at: { city: 'Rome' } },
      { id: 2, friend: { id: 3 }, friends: [{ id: 4 }], ats: [{ city: 'Oslo' }] },
    ),
    refused: /has been removed/,
    bare: {
      A: [1, 2, 3, 4].map(id => ({ id, bestFriend: null, allFriends: [], place: null, places: [] })),
    },
    mended: {
      A: [
        { id: 1, bestFriend: null, allFriends: [], place: { city: 'Rome', to: null }, places: [] },
        { id: 2, bestFriend: 3, allFriends: [4], place: null, places: [{ city: 'Oslo', to: null }] },
        { id: 3, bestFriend: null, allFriends: [], place: null, places: [] },
        { id: 4, bestFriend: null, allFriends: [], place: null, places: [] },
      ],
    },
  },
  {
    name: 'properties of embedded objects are renamed, retyped and added, also in those that other ones hold',
    kinds: ['property-renamed', 'type-changed', 'property-added', 'made-required'],
    released: [
      keyed({ x: 'int', at: 'E', ats: 'E[]' }),
      { name: 'E', embedded: true, properties: { city: 'string', zip: 'int', inner: 'I' } },
      { name: 'I', embedded: true, properties: { n: 'int?' } },
    ],
    now: [
      keyed({ x: 'int', at: 'E', ats: 'E[]' }),
      {
        name: 'E',
        embedded: true,
        properties: { cityName: 'string', zip: 'string', inner: 'I', land: { type: 'string', default: 'it' } },
      },
      { name: 'I', embedded: true, properties: { n: 'int' } },
    ],
    rows: rowsOf(
      { id: 1, x: 5, at: { city: 'Rome', zip: 7, inner: { n: 3 } } },
      { id: 2, x: 6, ats: [{ city: 'Oslo', zip: 8, inner: { n: null } }] },
    ),
    refused: /'E.city' has been removed/,
    bare: {
      A: [
        { id: 1, x: 5, at: { cityName: '', zip: '', inner: { n: 0 }, land: '' }, ats: [] },
        { id: 2, x: 6, at: null, ats: [{ cityName: '', zip: '', inner: { n: 0 }, land: '' }] },
      ],
    },
    mended: {
      A: [
        { id: 1, x: 5, at: { cityName: 'Rome', zip: '7', inner: { n: 3 }, land: 'it' }, ats: [] },
        { id: 2, x: 6, at: null, ats: [{ cityName: 'Oslo', zip: '8', inner: { n: 0 }, land: 'it' }] },
      ],
    },
  },
  retyped('int', 'string', [1, 2], ['', ''], ['1', '2']),
  retyped('string', 'int', ['5', 'x'], [0, 0], [5, 0]),
  retyped('string', 'int?', ['5', 'x'], [null, null], [5, null]),
  retyped('int', 'double', [1, 2], [0, 0], [1, 2]),
  retyped('double', 'int?', [1.4, 2.6], [null, null], [1, 3]),
  retyped('int', 'mixed', [1, 2], [null, null], [1, 2]),
  retyped('int', 'bool', [1, 0], [false, false], [true, false]),
  retyped('bool', 'int', [true, false], [0, 0], [1, 0]),
  retyped('int?', 'string', [1, null], ['', ''], ['1', '']),
  retyped('date', 'string', [new Date(5)], [''], [new Date(5).toISOString()]),
  retyped('string', 'date', ['2020-01-01', 'x'], [zero, zero], [new Date('2020-01-01'), zero]),
  retyped('int', 'date', [5], [zero], [new Date(5)]),
  retyped('date?', 'double', [new Date(5), null], [0, 0], [5, 0]),
  retyped('string', 'string[]', ['a'], [[]], [['a']]),
  retyped('string?', 'string[]', ['a', null], [[], []], [['a'], []]),
  retyped('int[]', 'int<>', [[1, 2]], [[]], [[1, 2]]),
  retyped('int[]', 'string[]', [[1, 2]], [[]], [['1', '2']]),
  // A dictionary is read as its entries.
  retyped('int{}', 'string{}', [{ k: 1 }], [[]], [[['k', '1']]]),
  retyped('int', 'int?', [1, 2], [1, 2], [1, 2], 'made-optional'),
  retyped('int?[]', 'int[]', [[1, null]], [[]], [[1, 0]], 'made-required'),
  retyped('int?', 'int', [1, null], [0, 0], [1, 0], 'made-required'),
  retyped('string?', 'string', ['a', null], ['', ''], ['a', ''], 'made-required'),
  {
    name: 'a primary key is added, with unique values',
    kinds: ['key-added'],
    released: [a({ id: 'int', x: 'int' })],
    now: [keyed({ x: 'int' })],
    rows: rowsOf({ id: 1, x: 1 }, { id: 2, x: 2 }),
    refused: /Primary Key for class 'A' has been added/,
    bare: {
      A: [
        { id: 1, x: 1 },
        { id: 2, x: 2 },
      ],
    },
  },
  {
    name: 'a primary key is removed',
    kinds: ['key-removed'],
    released: [keyed({ x: 'int' })],
    now: [a({ id: 'int', x: 'int' })],
    rows: rowsOf({ id: 1, x: 1 }),
    refused: /Primary Key for class 'A' has been removed/,
    bare: { A: [{ id: 1, x: 1 }] },
  },
  {
    name: 'a primary key moves',
    kinds: ['key-moved'],
    released: [keyed({ x: 'int' })],
    now: [a({ id: 'int', x: 'int' }, { primaryKey: 'x' })],
    rows: rowsOf({ id: 1, x: 8 }, { id: 2, x: 9 }),
    refused: /Primary Key for class 'A' has changed/,
    bare: {
      A: [
        { id: 1, x: 8 },
        { id: 2, x: 9 },
      ],
    },
  },
  {
    name: 'a primary key is renamed',
    kinds: ['key-renamed'],
    released: [keyed({ x: 'int' })],
    now: [a({ _id: 'int', x: 'int' }, { primaryKey: '_id' })],
    rows: rowsOf({ id: 1, x: 8 }, { id: 2, x: 9 }),
    refused: /Primary Key for class 'A' has changed/,
    bare: /has duplicate values after migration/,
    mended: {
      A: [
        { _id: 1, x: 8 },
        { _id: 2, x: 9 },
      ],
    },
  },
  {
    name: 'a primary key gets another type',
    kinds: ['key-retyped'],
    released: [keyed({ x: 'int' })],
    now: [a({ id: 'string', x: 'int' }, { primaryKey: 'id' })],
    rows: rowsOf({ id: 1, x: 8 }, { id: 2, x: 9 }),
    refused: /has been changed from 'int' to 'string'/,
    bare: /has duplicate values after migration/,
    mended: {
      A: [
        { id: '1', x: 8 },
        { id: '2', x: 9 },
      ],
    },
  },
  {
    name: 'a class stops being embedded',
    kinds: ['from-embedded'],
    released: [a({ e: 'E' }), { name: 'E', embedded: true, properties: { x: 'int' } }],
    now: [a({ e: 'E' }), { name: 'E', properties: { x: 'int' } }],
    rows: rowsOf({ e: { x: 1 } }),
    refused: /changed from Embedded to TopLevel/,
    bare: { A: [{ e: { x: 1 } }], E: [{ x: 1 }] },
  },
  {
    name: 'a class becomes embedded, each row has one link',
    kinds: ['to-embedded'],
    released: [a({ e: 'E' }), { name: 'E', properties: { x: 'int' } }],
    now: [a({ e: 'E' }), { name: 'E', embedded: true, properties: { x: 'int' } }],
    rows: rowsOf({ e: { x: 1 } }),
    refused: /changed from TopLevel to Embedded/,
    bare: { A: [{ e: { x: 1 } }] },
  },
  {
    name: 'a class becomes embedded, and a row has no link',
    kinds: ['to-embedded'],
    released: [a({ e: 'E' }), { name: 'E', properties: { x: 'int' } }],
    now: [a({ e: 'E' }), { name: 'E', embedded: true, properties: { x: 'int' } }],
    rows: [['E', { x: 1 }]],
    refused: /changed from TopLevel to Embedded/,
    bare: /no incoming links/,
  },
]

describe('oracle: migrations of Realm', function () {
  this.timeout(60_000)
  before(function () {
    needOracle(this)
  })

  for (const one of cases)
    it(one.name, async () => {
      const { released, now, rows } = one
      const app = appAfter(released, now)
      const store = app.analyzer.stores()[0] as RealmStore
      const kinds = allDifferences(store, store.baseline!.snapshots[0]!).map(({ kind }) => kind)
      assert.deepEqual([...kinds].sort(), [...one.kinds].sort())

      const same = await upgraded(released, now, rows, 1, undefined)
      assert.equal(
        kinds.some(kind => effects[kind].isRefused),
        one.refused !== undefined,
      )
      if (one.refused) assert.match(same.ok ? 'accepted' : same.message, one.refused)
      else assert.ok(same.ok)

      const bare = await upgraded(released, now, rows, 2, () => undefined)
      if (one.bare instanceof RegExp) assert.match(bare.ok ? JSON.stringify(bare.value) : bare.message, one.bare)
      else assert.deepEqual(bare, { ok: true, value: one.bare })

      const files = migrated(app)
      if (!files) {
        assert.equal(one.mended, undefined)
        return
      }
      const created = await functionIn(files)
      const after = await upgraded(released, now, rows, versionIn(files), created)
      if (one.mended) assert.deepEqual(after, { ok: true, value: one.mended }, files[upgradeFile]!)
      else assert.deepEqual(after, bare)
      assert.equal(migrated(appWith(released, files)), undefined, 'the migration leaves nothing to do')
    })
})
