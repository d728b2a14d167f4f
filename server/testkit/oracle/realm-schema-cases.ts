// Schemas, right and wrong, about which Realm itself and the rules must agree.
import type { AnyRule } from '../../src/core/rules/rule.ts'
import type { RealmObjectSchema } from './realm.ts'

/** A schema. `newer`: realm 12.0, which the oracle is, does not know this yet, so only realm 20's own checks are asked. */
export interface SchemaCase {
  readonly name: string
  readonly schema: readonly unknown[]
  readonly newer?: boolean
  /** The version of realm in the app; 20.2.0 where not said. */
  readonly version?: string
}

const named = (name: string, properties: object, more: object = {}): RealmObjectSchema => ({
  name,
  ...more,
  properties,
})
const embedded = (name: string, properties: object, more: object = {}) =>
  named(name, properties, { embedded: true, ...more })
const other = named('B', {
  one: 'A',
  many: 'A[]',
  named: 'A{}',
  other: 'B',
  count: 'int',
  mapped: { type: 'object', objectType: 'A', mapTo: 'in_file' },
})
/** A class `A` with a property `x`, and the class `B`. */
const property = (declaration: unknown, more: object = {}) => [named('A', { x: declaration }, more), other]
const backlink = (more: object) => property({ type: 'linkingObjects', objectType: 'B', ...more })
const long = (length: number) => 'n'.repeat(length)

const values = 'bool int float double decimal128 objectId string data date mixed uuid'.split(' ')

const texts = [
  ...values.flatMap(type => [type, `${type}?`, `${type}[]`, `${type}?[]`]),
  ...['int{}', 'int?{}', 'int<>', 'int?<>', 'B', 'B?', 'B[]', 'B?[]', 'B{}', 'B?{}', 'B<>', 'B?<>', 'mixed?{}'],
  ...['', '?', '[]', '<>', '{}', '?[]', 'int[][]', 'int[]?', 'int<>?', 'int{}?', 'int{}[]', 'int<>[]', 'int[]?[]'],
  ...['list', 'set', 'dictionary', 'object', 'linkingObjects', 'list[]', 'object?', 'linkingObjects[]', 'list?'],
  ...[
    'Int',
    'boolean',
    'number',
    'number?',
    'String[]',
    'list<int>',
    'int ',
    ' int',
    'C',
    'C[]',
    'C?',
    'b',
    'B ',
    'Date',
  ],
]

const objects: readonly object[] = [
  { type: 'int?' },
  { type: 'B[]' },
  { type: 'B?' },
  { type: 'int?[]' },
  { type: 'int{}' },
  { type: 'B' },
  { type: 'list', objectType: 'int?' },
  { type: 'list', objectType: 'B?' },
  { type: 'object', objectType: 'B?' },
  { type: 'list', objectType: 'B[]' },
  { type: 'int?', optional: true },
  { type: 'int?', optional: false },
  { type: 'B[]', optional: true },
  { type: 'list', objectType: 'int', optional: true },
  { type: 'list', objectType: 'B' },
  { type: 'list', objectType: 'B', optional: true },
  { type: 'list', objectType: 'B', optional: false },
  { type: 'set', objectType: 'B', optional: true },
  { type: 'dictionary', objectType: 'B', optional: true },
  { type: 'dictionary', objectType: 'B', optional: false },
  { type: 'dictionary', objectType: 'int', optional: false },
  { type: 'object', objectType: 'B', optional: true },
  { type: 'object', objectType: 'B', optional: false },
  { type: 'mixed', optional: true },
  { type: 'mixed', optional: false },
  { type: 'list', objectType: 'mixed', optional: false },
  { type: 'list' },
  { type: 'set' },
  { type: 'object' },
  { type: 'linkingObjects' },
  { type: 'list', objectType: 'list' },
  { type: 'list', objectType: 'object' },
  { type: 'object', objectType: 'int' },
  { type: 'object', objectType: 'C' },
  { type: 'list', objectType: 'C' },
  { type: 'list', objectType: 'Int' },
  { type: 'int', objectType: 'string' },
  { type: 'int', objectType: 'B' },
  { type: 'array', objectType: 'int' },
  { type: 'number' },
  { type: 'Boolean' },
  { type: '' },
  { type: 5 },
  { objectType: 'B' },
  {},
  { type: 'int', optional: 'true' },
  { type: 'int', indexed: 'yes' },
  { type: 'int', indexed: 1 },
  { type: 'int', mapTo: 5 },
  { type: 'int', mapTo: '' },
  { type: 'int', mapTo: 'y' },
  { type: 'int', name: 'z' },
  { type: 'int', optional: undefined, objectType: undefined, indexed: undefined, mapTo: undefined, default: undefined },
  { type: 'int', nullable: true },
  { type: 'int', isOptional: true },
  { type: 'int', defaultValue: 1 },
  { type: 'int', unique: true },
  { type: 'int', optional: true, nullable: true },
  { type: 'int', property: 'one' },
  { type: 'object', objectType: 'B', property: 'one' },
]

const keys: readonly unknown[] = [
  ...values.map(type => type),
  ...['string?', 'int?', 'uuid?', 'objectId?', 'int[]', 'string<>', 'B', 'B[]', 'mixed?'],
  { type: 'int' },
  { type: 'int', indexed: true },
  { type: 'int', indexed: false },
  { type: 'string', indexed: 'full-text' },
  { type: 'double' },
  { type: 'int', mapTo: 'y' },
  { type: 'int', mapTo: 'x' },
  { type: 'int', optional: true },
]

/** All of them. */
export const schemaCases: readonly SchemaCase[] = [
  ...texts.map(text => ({ name: `'${text}'`, schema: property(text) })),
  ...objects.map(object => ({ name: JSON.stringify(object), schema: property(object) })),
  ...keys.map(key => ({ name: `primary key ${JSON.stringify(key)}`, schema: property(key, { primaryKey: 'x' }) })),
  ...values.map(type => ({ name: `index on ${type}`, schema: property({ type, indexed: true }) })),
  ...[
    { type: 'object', objectType: 'B' },
    { type: 'set', objectType: 'string' },
    { type: 'list', objectType: 'int' },
    { type: 'dictionary', objectType: 'string' },
    { type: 'linkingObjects', objectType: 'B', property: 'one' },
  ].map(object => ({ name: `index on ${object.type}`, schema: property({ ...object, indexed: true }) })),
  {
    name: 'index on a list of string',
    schema: property({ type: 'list', objectType: 'string', indexed: true }),
    version: '12.6.2',
  },
  {
    name: 'index on a list of string, core 14',
    schema: property({ type: 'list', objectType: 'string', indexed: true }),
    newer: true,
  },
  { name: 'full-text', schema: property({ type: 'string', indexed: 'full-text' }), newer: true },
  ...['counter', 'counter?', 'counter[]', 'counter{}'].map(text => ({
    name: text,
    schema: property(text),
    newer: true,
  })),
  ...[
    { type: 'counter' },
    { type: 'int', presentation: 'counter' },
    { type: 'double', presentation: 'counter' },
    { type: 'list', objectType: 'counter' },
    { type: 'list', objectType: 'int', presentation: 'counter' },
  ].map(object => ({ name: JSON.stringify(object), schema: property(object), newer: true })),
  {
    name: 'counter as key',
    schema: property({ type: 'int', presentation: 'counter' }, { primaryKey: 'x' }),
    newer: true,
  },

  ...[undefined, null, 5, true, [], ['int']].map(value => ({
    name: `property ${JSON.stringify(value)}`,
    schema: property(value),
  })),
  { name: 'key that is missing', schema: property('int', { primaryKey: 'y' }) },
  { name: 'key in other letters', schema: property('int', { primaryKey: 'X' }) },
  { name: 'key by its name in the file', schema: property({ type: 'int', mapTo: 'y' }, { primaryKey: 'y' }) },
  { name: 'empty key', schema: property('int', { primaryKey: '' }) },
  { name: 'keys that are undefined', schema: property('int', { primaryKey: undefined, embedded: undefined }) },
  { name: 'key that is true', schema: property('int', { primaryKey: true }) },
  { name: 'embedded as a text', schema: property('int', { embedded: 'true' }) },
  { name: 'primarykey', schema: property('int', { primarykey: 'x' }) },
  { name: 'unknown key of a class', schema: property('int', { version: 1 }) },
  { name: 'no properties', schema: [{ name: 'A' }] },
  { name: 'no name', schema: [{ properties: {} }] },
  { name: 'empty name', schema: [named('', {})] },
  { name: 'name that is a number', schema: [{ name: 5, properties: {} }] },
  { name: 'properties that are a text', schema: [{ name: 'A', properties: 'x' }] },
  { name: 'properties that are null', schema: [{ name: 'A', properties: null }] },
  { name: 'empty properties', schema: [named('A', {})] },
  { name: 'undefined in the list', schema: [other, named('A', {}), undefined] },
  { name: 'null in the list', schema: [named('A', {}), null] },
  { name: 'a text in the list', schema: [named('A', {}), 'A'] },
  { name: 'class named like a type', schema: [named('Int', {}), named('A', { x: 'Int', y: 'Int[]' })] },
  { name: 'class with a blank in its name', schema: [named('My A', {}), named('A', { x: 'My A', y: 'My A[]' })] },

  { name: 'backlink', schema: backlink({ property: 'one' }) },
  { name: 'backlink of a list', schema: backlink({ property: 'many' }) },
  { name: 'backlink of a dictionary', schema: backlink({ property: 'named' }) },
  { name: 'backlink of a mapped link', schema: backlink({ property: 'in_file' }) },
  { name: 'backlink by the JavaScript name', schema: backlink({ property: 'mapped' }) },
  { name: 'backlink of nothing', schema: backlink({ property: 'zz' }) },
  { name: 'backlink of a number', schema: backlink({ property: 'count' }) },
  { name: 'backlink of another class', schema: backlink({ property: 'other' }) },
  { name: 'backlink without property', schema: backlink({}) },
  { name: 'backlink with an empty property', schema: backlink({ property: '' }) },
  {
    name: 'backlink of an unknown class',
    schema: property({ type: 'linkingObjects', objectType: 'C', property: 'one' }),
  },
  {
    name: 'backlink of a backlink',
    schema: [
      named('A', { b: 'B', x: { type: 'linkingObjects', objectType: 'B', property: 'y' } }),
      named('B', { y: { type: 'linkingObjects', objectType: 'A', property: 'b' } }),
    ],
  },
  {
    name: 'only one link can be meant',
    schema: [named('A', { x: { type: 'linkingObjects', objectType: 'B' } }), named('B', { a: 'A' })],
  },
  {
    name: 'only one link can be meant, mistyped',
    schema: [named('A', { x: { type: 'linkingObjects', objectType: 'B', property: 'zz' } }), named('B', { a: 'A' })],
  },

  { name: 'embedded, linked by nobody', schema: [embedded('E', { x: 'int' })] },
  { name: 'embedded with a key', schema: [embedded('E', { x: 'int' }, { primaryKey: 'x' })] },
  { name: 'embedded in a set', schema: [named('A', { x: 'E<>' }), embedded('E', {})] },
  {
    name: 'embedded in a set, as an object',
    schema: [named('A', { x: { type: 'set', objectType: 'E' } }), embedded('E', {})],
  },
  { name: 'embedded in a list', schema: [named('A', { x: 'E[]', y: 'E{}', z: 'E' }), embedded('E', {})] },
  { name: 'embedded in itself', schema: [embedded('E', { e: 'E' })] },
  { name: 'embedded in a list of itself', schema: [embedded('E', { e: 'E[]' })] },
  { name: 'embedded in a dictionary of itself', schema: [embedded('E', { e: 'E{}' })] },
  { name: 'two embedded in one another', schema: [embedded('E', { f: 'F' }), embedded('F', { e: 'E' })] },
  { name: 'embedded that leads to a cycle', schema: [embedded('E', { f: 'F' }), embedded('F', { f: 'F' })] },
  { name: 'a cycle that is not embedded throughout', schema: [embedded('E', { f: 'F' }), named('F', { e: 'E' })] },
  {
    name: 'embedded with a backlink',
    schema: [named('A', { e: 'E' }), embedded('E', { a: { type: 'linkingObjects', objectType: 'A', property: 'e' } })],
  },

  { name: 'a class twice', schema: [named('A', { x: 'int' }), named('A', { y: 'int' })] },
  { name: 'mapped to a property', schema: [named('A', { x: 'int', y: { type: 'int', mapTo: 'x' } })] },
  {
    name: 'mapped to one name',
    schema: [named('A', { x: { type: 'int', mapTo: 'z' }, y: { type: 'int', mapTo: 'z' } })],
  },
  { name: 'swapped', schema: [named('A', { x: { type: 'int', mapTo: 'y' }, y: { type: 'int', mapTo: 'x' } })] },
  {
    name: 'mapped to a name that is mapped',
    schema: [named('A', { x: { type: 'int', mapTo: 'z' }, y: { type: 'int', mapTo: 'x' } })],
  },
  { name: 'mapped to itself', schema: [named('A', { x: { type: 'int', mapTo: 'x' }, y: 'int' })] },
  { name: 'class of 57 bytes', schema: [named(long(57), {})] },
  { name: 'class of 58 bytes', schema: [named(long(58), {})] },
  { name: 'class of 29 letters', schema: [named('é'.repeat(29), {})] },
  { name: 'property of 63 bytes', schema: [named('A', { [long(63)]: 'int' })] },
  { name: 'property of 64 bytes', schema: [named('A', { [long(64)]: 'int?' })] },
  { name: 'property of 64 bytes, as an object', schema: [named('A', { [long(64)]: { type: 'int', optional: true } })] },
  { name: 'property of 64 bytes, mapped', schema: [named('A', { [long(64)]: { type: 'int', mapTo: 'x' } })] },
  { name: 'mapped to 64 bytes', schema: [named('A', { x: { type: 'int', mapTo: long(64) } })] },
  {
    name: 'backlink of 64 bytes',
    schema: [named('A', { x: 'A', [long(64)]: { type: 'linkingObjects', objectType: 'A', property: 'x' } })],
  },
]

/** Which rule stands for what Realm says: the first pattern that fits counts. Of a list as primary key, it says that it has no index. */
export const ruleOfComplaint: readonly (readonly [RegExp, string])[] = [
  [/Cannot use shorthand/, 'shorthand-in-object-form'],
  [/Unexpected field|Expected '.*' on|object schema' to be|'name' must be specified|Expected 'name'/, 'invalid-schema'],
  [/Expected '\w+(\.\w+)?' on/, 'invalid-schema'],
  [/set as the primary key field but|cannot be made the primary key|Primary keys /, 'invalid-primary-key'],
  [/Specified primary key/, 'mapped-primary-key'],
  [/through 'property'|'property' can only|declared as origin/, 'invalid-backlink'],
  [/unknown object type/, 'unknown-object-type|unmappable-type'],
  [/Embedded object type|Cycles containing|Set property/, 'invalid-embedded'],
  [/appears more than once|has an alias/, 'duplicate-name'],
  [/Name too long/, 'name-too-long'],
  [/cannot be indexed/, 'not-indexable|invalid-primary-key'],
  [/Invalid type declaration/, 'invalid-property-type'],
]

/** The rules about what stops a realm from opening. */
export const openingRules = (rules: readonly AnyRule[]): readonly AnyRule[] => {
  const names = new Set(ruleOfComplaint.flatMap(([, found]) => found.split('|')).map(name => `realm/${name}`))
  return rules.filter(({ id }) => names.has(id))
}
