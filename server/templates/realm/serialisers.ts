// Between Realm objects and the JSON that crosses the line, by the classes that Realm itself tells: they are never out of date.
import type { JsonObject, JsonValue } from '../sync/types.ts'
import type { RealmClass, RealmProperty, RealmRow, SyncedRealm } from './realm-types.ts'
import { type Bson, decodeScalar, encodeScalar } from './scalars.ts'
import { isTrackedProperty } from './sync-schema.ts'

export interface Serialisers {
  /** The key of an object as text. */
  entityIdOf(className: string, row: RealmRow): string
  /** The object with this key; null where there is none. */
  find(className: string, entityId: string): RealmRow | null
  /** The key of an object as a property of its values. */
  keyOf(className: string, entityId: string): RealmRow
  /** The whole record, without its key and what the layer keeps on it. */
  toJson(className: string, row: RealmRow): JsonObject
  /** Some values of a record, as the app writes them. @throws for a property that the class does not have. */
  encode(className: string, values: RealmRow): JsonObject
  /** The values for `realm.create`. What the class does not have is left out: a newer server may send more. */
  decode(className: string, values: JsonObject): Decoded
  classOf(className: string): RealmClass
  /** The properties that cross the line. */
  sentOf(className: string): readonly string[]
  /** True for a class whose objects stand by themselves, so that others link to them by key. */
  isLinked(name: string): boolean
  /** A key for a new object, as text. Realm's own UUID takes no version but 4; a text gets what `newId` gives. */
  newKey(className: string, newId: () => string): string
}

export interface Decoded {
  readonly values: RealmRow
  /** Properties with links to objects that are not there; in `values` these links are left out. */
  readonly missing: readonly string[]
}

interface Decoding {
  isMissing: boolean
}

export interface SerialiserOptions {
  readonly realm: SyncedRealm
  readonly bson: Bson
  /** The properties that cross the line, by class; of a class that is not named, all of them. */
  readonly fields?: Readonly<Record<string, readonly string[]>>
}

export function createSerialisers({ realm, bson, fields = {} }: SerialiserOptions): Serialisers {
  const classes = new Map(realm.schema.map(one => [one.name, one]))

  const classOf = (name: string): RealmClass => {
    const found = classes.get(name)
    if (found === undefined) throw new Error(`The schema has no class ${name}.`)
    return found
  }
  const keyProperty = (name: string): readonly [key: string, property: RealmProperty] => {
    const { primaryKey = '', properties } = classOf(name)
    const property = properties[primaryKey]
    if (property === undefined) throw new Error(`Class ${name} has no primary key, which sync needs.`)
    return [primaryKey, property]
  }
  const entityIdOf = (name: string, row: RealmRow): string => String(row[keyProperty(name)[0]])
  const keyOf = (name: string, entityId: string) => decodeScalar(keyProperty(name)[1].type, entityId, bson)
  const find = (name: string, entityId: string): RealmRow | null => {
    const key = keyOf(name, entityId)
    return (realm.objectForPrimaryKey(name, key as string) as RealmRow | null) ?? null
  }

  function encodeOne(type: string, objectType: string | undefined, value: unknown): JsonValue {
    if (value === null || value === undefined) return null
    if (type !== 'object') return type === 'mixed' ? encodeMixed(value) : encodeScalar(type, value)
    const target = classOf(objectType ?? '')
    if (target.embedded) return encodeAll(target, value as RealmRow)
    const [key, property] = keyProperty(target.name)
    // A link may be given as the object, or as its key.
    const isKey = typeof value !== 'object' || '_bsontype' in value
    return encodeScalar(property.type, isKey ? value : (value as RealmRow)[key])
  }

  function encodeProperty({ type, objectType }: RealmProperty, value: unknown): JsonValue {
    const [elementType, target] = elementOf(classes, objectType)
    const element = (one: unknown) => encodeOne(elementType, target, one)
    if (type === 'list' || type === 'set') return [...((value ?? []) as Iterable<unknown>)].map(element)
    if (type === 'dictionary')
      return Object.fromEntries(Object.entries((value ?? {}) as RealmRow).map(([name, one]) => [name, element(one)]))
    return encodeOne(type, objectType, value)
  }

  /** What has no type of its own says what it is, where JSON has no such value. */
  function encodeMixed(value: unknown): JsonValue {
    if (value === null || typeof value !== 'object') {
      return typeof value === 'number' && !Number.isFinite(value) ? { $double: String(value) } : (value as JsonValue)
    }
    if (Array.isArray(value)) return value.map(one => encodeMixed(one ?? null))
    if (value instanceof Date) return { $date: encodeScalar('date', value) }
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return { $data: encodeScalar('data', value) }
    const { _bsontype: name } = value as { _bsontype?: string }
    if (name !== undefined) return { [`$${tagOf(name)}`]: String(value) }
    const { objectSchema } = value as { objectSchema?: () => RealmClass }
    if (objectSchema !== undefined) {
      const { name: target } = objectSchema.call(value)
      return { $link: [target, entityIdOf(target, value as RealmRow)] }
    }
    if (Symbol.iterator in value) return [...(value as Iterable<unknown>)].map(one => encodeMixed(one ?? null))
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, encodeMixed(one ?? null)]))
  }

  function encodeAll(of: RealmClass, values: RealmRow): JsonObject {
    const names = sentOf(of)
    return Object.fromEntries(names.map(name => [name, encodeProperty(propertyOf(of, name), values[name])]))
  }

  function decodeOne(type: string, objectType: string | undefined, value: JsonValue, state: Decoding): unknown {
    if (value === null) return null
    if (type !== 'object') return type === 'mixed' ? decodeMixed(value, state) : decodeScalar(type, value, bson)
    const target = classOf(objectType ?? '')
    if (target.embedded) return decodeAll(target, value as JsonObject, state)
    return linked(target.name, String(value), state)
  }

  function linked(target: string, entityId: string, state: Decoding): RealmRow | null {
    const row = find(target, entityId)
    if (row === null) state.isMissing = true
    return row
  }

  function decodeProperty({ type, objectType }: RealmProperty, value: JsonValue, state: Decoding): unknown {
    const [elementType, target] = elementOf(classes, objectType)
    const isLink = elementType === 'object' && !classOf(target ?? '').embedded
    const element = (one: JsonValue) => decodeOne(elementType, target, one, state)
    if (type === 'list' || type === 'set') {
      const elements = ((value ?? []) as readonly JsonValue[]).map(element)
      return isLink ? elements.filter(one => one !== null) : elements
    }
    if (type === 'dictionary')
      return Object.fromEntries(Object.entries((value ?? {}) as JsonObject).map(([name, one]) => [name, element(one)]))
    return decodeOne(type, objectType, value, state)
  }

  function decodeMixed(value: JsonValue, state: Decoding): unknown {
    if (value === null || typeof value !== 'object') return value
    if (Array.isArray(value)) return value.map(one => decodeMixed(one, state))
    const [[tag, inner] = ['', null], ...others] = Object.entries(value as JsonObject)
    if (others.length === 0 && tag.startsWith('$')) {
      if (tag !== '$link') return decodeScalar(tag.slice(1), inner, bson)
      const [target, entityId] = inner as readonly [string, string]
      return linked(target, entityId, state)
    }
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, decodeMixed(one, state)]))
  }

  function decodeAll(of: RealmClass, values: JsonObject, state: Decoding): RealmRow {
    const names = sentOf(of).filter(name => Object.hasOwn(values, name))
    return Object.fromEntries(
      names.map(name => [name, decodeProperty(propertyOf(of, name), values[name] ?? null, state)]),
    )
  }

  const sentOf = (of: RealmClass): readonly string[] => {
    const asked = Object.hasOwn(fields, of.name) ? fields[of.name] : undefined
    return (asked ?? Object.keys(of.properties)).filter(name => isSent(of, name))
  }

  return {
    entityIdOf,
    newKey: (name, newId) => {
      const [, { type }] = keyProperty(name)
      if (type === 'objectId') return String(new bson.ObjectId())
      return type === 'uuid' ? String(new bson.UUID()) : newId()
    },
    keyOf: (name, entityId) => ({ [keyProperty(name)[0]]: keyOf(name, entityId) }),
    find,
    classOf,
    sentOf: name => sentOf(classOf(name)),
    isLinked: name => classes.get(name)?.embedded === false,
    toJson: (name, row) => encodeAll(classOf(name), row),
    encode: (name, values) => {
      const of = classOf(name)
      const sent = sentOf(of)
      const unknown = Object.keys(values).find(one => !sent.includes(one))
      if (unknown !== undefined) throw new Error(`Class ${name} has no property ${unknown} that can be sent.`)
      return Object.fromEntries(
        Object.entries(values).map(([one, value]) => [one, encodeProperty(propertyOf(of, one), value)]),
      )
    },
    decode: (name, values) => {
      const of = classOf(name)
      const missing: string[] = []
      const decoded: RealmRow = {}
      for (const one of sentOf(of)) {
        const value = Object.hasOwn(values, one) ? values[one] : undefined
        if (value === undefined) continue
        const state: Decoding = { isMissing: false }
        decoded[one] = decodeProperty(propertyOf(of, one), value, state)
        if (state.isMissing) missing.push(one)
      }
      return { values: decoded, missing }
    },
  }
}

/** True for a property that is stored, and is neither the key nor the layer's own. */
function isSent(of: RealmClass, name: string): boolean {
  const property = Object.hasOwn(of.properties, name) ? of.properties[name] : undefined
  const isOwn = name === of.primaryKey || isTrackedProperty(name)
  return property !== undefined && property.type !== 'linkingObjects' && !isOwn
}

function propertyOf(of: RealmClass, name: string): RealmProperty {
  const property = of.properties[name]
  if (property === undefined) throw new Error(`Class ${of.name} has no property ${name}.`)
  return property
}

/** The type of a collection's elements, and their class. */
function elementOf(
  classes: ReadonlyMap<string, RealmClass>,
  objectType: string | undefined,
): readonly [type: string, target: string | undefined] {
  return objectType !== undefined && classes.has(objectType)
    ? ['object', objectType]
    : [objectType ?? 'mixed', undefined]
}

/** The type of a value of the package, as schemas call it; older packages say `ObjectID`, and `Binary` for a UUID. */
function tagOf(bsonType: string): string {
  const types: Readonly<Record<string, string>> = { objectid: 'objectId', decimal128: 'decimal128' }
  return types[bsonType.toLowerCase()] ?? 'uuid'
}
