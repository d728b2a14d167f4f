// A realm with every type of property, for queries: as schemas for the library, and as the world of the checker.
import type { RqlClass, RqlProperty, RqlPropertyType, RqlWorld } from '../../src/core/engines/realm/rql/world.ts'
import { type OpenedRealm, type RealmObjectSchema, realmBson } from './realm.ts'

/** Properties by class. `A` is a link, `A[]` `A<>` `A{}` are collections, `A.p` are linking objects; `=name` is a mapTo. */
const classes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Person: {
    id: 'int',
    name: 'string',
    nick: 'string?',
    title: 'string=full_title',
    age: 'int',
    height: 'int?',
    score: 'double?',
    ratio: 'float',
    price: 'decimal128',
    active: 'bool',
    born: 'date',
    died: 'date?',
    photo: 'data',
    key: 'uuid',
    ref: 'objectId',
    any: 'mixed',
    best: 'Person',
    dog: 'Dog',
    toy: 'Toy',
    place: 'Place',
    friends: 'Person[]',
    dogs: 'Dog[]',
    tags: 'string[]',
    nums: 'int[]',
    reals: 'double?[]',
    days: 'date[]',
    flags: 'bool[]',
    things: 'mixed[]',
    labels: 'string<>',
    marks: 'int<>',
    counts: 'int{}',
    texts: 'string{}',
    admirers: 'Person.best',
    pets: 'Dog.owner',
    in: 'int',
    limit: 'int',
    size: 'string',
    first: 'string',
    text: 'string',
    sort: 'int',
    asc: 'bool',
    contains: 'string',
    'tax-no': 'int',
    'two words': 'string',
    größe: 'double',
  },
  Dog: { name: 'string', weight: 'int', owner: 'Person', toys: 'Toy[]', sire: 'Dog', born: 'date?', nicks: 'string[]' },
  Toy: { label: 'string', cost: 'double' },
  Place: { type: 'string', coordinates: 'double[]' },
}
const primaryKeys: Readonly<Record<string, string>> = { Person: 'id', Dog: 'name' }

/** The classes as Realm takes them. */
export const peopleSchemas: readonly RealmObjectSchema[] = Object.entries(classes).map(([name, properties]) => ({
  name,
  ...(primaryKeys[name] ? { primaryKey: primaryKeys[name] } : { embedded: true }),
  properties: Object.fromEntries(Object.entries(properties).map(([key, type]) => [key, schemaOf(type)])),
}))

/** The classes as the checker takes them; `core` is that of the oracle where not said. */
export function peopleWorld(core: RqlWorld['core'] | 'unknown' = 13): RqlWorld {
  const all = Object.entries(classes).map(
    ([name, properties]): RqlClass => ({
      name,
      complete: true,
      properties: Object.entries(properties).map(([key, type]) => propertyOf(key, type, primaryKeys[name] === key)),
    }),
  )
  return {
    classOf: name => all.find(one => one.name === name),
    classNames: all.map(({ name }) => name),
    complete: true,
    ...(core === 'unknown' ? {} : { core }),
  }
}

/** Three people and two dogs, so that sorting has something to do. */
export async function insertPeople(realm: OpenedRealm): Promise<void> {
  const bson = await realmBson()
  const person = (id: number, more: object = {}) => {
    const made = realm.insert('Person', {
      id,
      name: `name ${id}`,
      title: 'Dr',
      age: id * 10,
      ratio: 0.5,
      price: bson.Decimal128.fromString('1.5'),
      active: id > 1,
      born: new Date(id),
      photo: new ArrayBuffer(id),
      key: new bson.UUID('12345678-1234-4234-8234-123456789012'),
      ref: new bson.ObjectId('0123456789abcdef01234567'),
      in: id,
      limit: id,
      size: 'L',
      first: 'f',
      text: 't',
      sort: id,
      asc: true,
      contains: 'c',
      'tax-no': id,
      'two words': 'w',
      größe: 1.5,
      tags: ['a', 'b'],
      nums: [id, 5],
      counts: { k: id },
      texts: { k: 'v' },
      any: id === 1 ? 'text' : id,
      ...more,
    })
    if (!made.ok) throw new Error(made.message)
    return made.value
  }
  const one = person(1)
  const two = person(2, { best: one, friends: [one], toy: { label: 'ball', cost: 1 } })
  person(3, { best: two, friends: [one, two] })
  const dog = realm.insert('Dog', { name: 'Rex', weight: 5, owner: one, toys: [{ label: 'bone', cost: 2 }] })
  const pup = realm.insert('Dog', { name: 'Pup', weight: 2, owner: two, sire: dog.ok ? dog.value : null })
  if (!dog.ok || !pup.ok) throw new Error('The dogs could not be created')
}

function schemaOf(type: string): unknown {
  const [plain, mapTo] = type.split('=') as [string, string?]
  if (mapTo) return { type: plain, mapTo }
  const [objectType, property] = plain.split('.') as [string, string?]
  if (property) return { type: 'linkingObjects', objectType, property }
  return plain
}

function propertyOf(name: string, written: string, isPrimary: boolean): RqlProperty {
  const [plain, mappedTo] = written.split('=') as [string, string?]
  const [, base, origin, question, suffix] = /^(\w+)(?:\.(\w+))?(\?)?(\[\]|<>|\{\})?$/.exec(plain)!
  const isClass = base! in classes
  const collections = { '[]': 'list', '<>': 'set', '{}': 'dictionary' } as const
  const collection = collections[suffix as keyof typeof collections]
  return {
    name,
    type: origin ? 'linkingObjects' : isClass ? 'object' : (base as RqlPropertyType),
    optional: question === '?' || (isClass && !collection) || base === 'mixed',
    ...(mappedTo ? { mappedTo } : {}),
    ...(collection ? { collection } : {}),
    ...(isClass ? { objectType: base } : {}),
    ...(origin ? { origin } : {}),
    ...(isPrimary ? { isPrimary } : {}),
  }
}
