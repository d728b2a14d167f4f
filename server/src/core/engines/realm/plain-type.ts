// The types of properties as other systems know them.
import type { PlainType } from '../../catalog/catalog.ts'
import type { Property, PropertyShape, RealmStore, ValueType } from './types.ts'

const plain: Readonly<Record<ValueType, Exclude<PlainType, object>>> = {
  bool: 'boolean',
  int: 'integer',
  float: 'number',
  double: 'number',
  decimal128: 'decimal',
  objectId: 'id',
  string: 'text',
  data: 'bytes',
  date: 'date',
  mixed: 'json',
  uuid: 'id',
}

/** The plain type of a property: a link is an id, an embedded object JSON. Undefined for what is not stored, or not known. */
export function plainType(store: RealmStore, { shape }: Property): PlainType | undefined {
  if (!shape || shape.kind === 'linkingObjects') return undefined
  switch (shape.kind) {
    case 'object':
      return linkType(store, shape)
    case 'dictionary':
      return 'json'
    case 'list':
    case 'set':
      return collectionType(store, shape)
    default:
      return plain[shape.kind]
  }
}

/** A list with places that may be null is no list of its element's type. */
function collectionType(store: RealmStore, shape: PropertyShape): PlainType {
  if (shape.element === 'object') return { list: linkType(store, shape) }
  if (shape.element === undefined || (shape.optional && shape.element !== 'mixed')) return 'json'
  return { list: plain[shape.element] }
}

function linkType(store: RealmStore, { target }: PropertyShape): 'id' | 'json' {
  return target !== undefined && store.class(target)?.embedded === false ? 'id' : 'json'
}
