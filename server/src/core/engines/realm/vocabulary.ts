// The words of Realm: what it calls things, the types that properties have, the names that are taken.
import type { FieldType, NameRules, Terms } from '../../catalog/terms.ts'
import type { RealmStore } from './types.ts'

export const terms: Terms = { entity: ['object schema', 'object schemas'], field: ['property', 'properties'] }

/** What each type of a value holds. */
export const valueDetails: Readonly<Record<string, string>> = {
  string: 'a text',
  int: 'a whole number',
  bool: 'true or false',
  date: 'a point in time',
  double: 'a number of 64 bits',
  float: 'a number of 32 bits',
  decimal128: 'a decimal number, exact',
  objectId: 'an id of 12 bytes',
  uuid: 'an id of 16 bytes',
  data: 'bytes',
  mixed: 'any of the others, or null',
}

const values: readonly FieldType[] = Object.entries(valueDetails).map(([text, detail]) => ({ text, detail }))

/** The types of values, then links to the classes of a realm and lists of them. */
export function fieldTypes(store: RealmStore): readonly FieldType[] {
  const classes = store.classNames().filter(name => store.class(name)?.asymmetric === false)
  return [
    ...values,
    { text: 'string[]', detail: 'a list of texts' },
    ...classes.flatMap(name => [
      { text: name, detail: `a link to one ${name}` },
      { text: `${name}[]`, detail: `a list of ${name}` },
    ]),
  ]
}

/** Words that no query can name (`parser/query_flex.ll` of realm-core). */
const wordsOfQueries: readonly string[] = [
  'and',
  'or',
  'not',
  'any',
  'some',
  'all',
  'none',
  'true',
  'false',
  'null',
  'nil',
  'inf',
  'infinity',
  'nan',
  'obj',
  'subquery',
  'geobox',
  'geocircle',
  'geopolygon',
  'geowithin',
  'truepredicate',
  'falsepredicate',
]

/** What methods and accessors of `Realm.Object` and of all objects are called. */
const members: readonly string[] = [
  'constructor',
  'prototype',
  '__proto__',
  'keys',
  'entries',
  'toJSON',
  'isValid',
  'objectSchema',
  'linkingObjects',
  'linkingObjectsCount',
  'addListener',
  'removeListener',
  'removeAllListeners',
  'getPropertyType',
  'hasOwnProperty',
  'isPrototypeOf',
  'toString',
  'toLocaleString',
  'valueOf',
]

/** A class that is called like a type could be the target of no shorthand. */
const words: readonly string[] = [
  ...Object.keys(valueDetails),
  'counter',
  'list',
  'set',
  'dictionary',
  'object',
  'linkingObjects',
]

/** What is called like this hides what the language or the library has. */
const globals: readonly string[] = ['Realm', 'Object', 'Array', 'Date', 'Map', 'Set', 'Promise', 'Error']

export const names: NameRules = {
  entity: { reserved: [...words, ...globals, 'constructor', 'prototype', '__proto__'] },
  field: { reserved: [...wordsOfQueries, ...members] },
  ignoresCase: false,
}
