// A property's type in TypeScript, and a TypeScript type as a declaration of a property.
import type { Scope } from '../../../catalog/scope.ts'
import { quoted, type Style } from '../../../write/style.ts'
import type { PropertyShape, RealmStore, ValueType } from '../types.ts'
import { isFromRealm } from './babel-plugin.ts'
import type { FieldPart, FieldType } from './field-type.ts'

/** The name that a file knows the library by, as a value or also as a type; undefined where it imports none. */
export function realmName(scope: Scope, file: string, isValue = false): string | undefined {
  const bindings = scope.module(file)?.bindings ?? {}
  for (const [key, { name, import: from }] of Object.entries(bindings)) {
    const isWhole = from?.name === 'default' || from?.name === 'Realm' || from?.name === '*'
    if (isValue && from?.typeOnly) continue
    if (isWhole && (from.from === 'realm' || (from.from === '@realm/react' && from.name === 'Realm'))) return name
    if (key === 'Realm' && !isFromRealm(scope, file, key)) return undefined
  }
  return undefined
}

const plain: Readonly<Partial<Record<ValueType, string>>> = {
  bool: 'boolean',
  int: 'number',
  float: 'number',
  double: 'number',
  string: 'string',
  data: 'ArrayBuffer',
  date: 'Date',
}
const bson: Readonly<Partial<Record<ValueType, string>>> = {
  objectId: 'ObjectId',
  uuid: 'UUID',
  decimal128: 'Decimal128',
}
const containers = { list: 'List', set: 'Set', dictionary: 'Dictionary' } as const

/**
 * The TypeScript type of what is read of a property, without null. `realm` is the file's name for the library;
 * `className` gives its name for a class. Undefined where one of them is needed and not known.
 */
export function typeOfShape(
  shape: PropertyShape,
  realm: string | undefined,
  className: (target: string) => string | undefined,
): string | undefined {
  const { kind } = shape
  const scalar = (type: ValueType): string | undefined =>
    plain[type] ?? (realm && (bson[type] ? `${realm}.BSON.${bson[type]}` : type === 'mixed' ? `${realm}.Mixed` : ''))
  const target = () => (shape.target === undefined ? undefined : className(shape.target))
  switch (kind) {
    case 'object':
      return target()
    case 'linkingObjects': {
      const of = target()
      return of && realm && `${realm}.Results<${of}>`
    }
    case 'list':
    case 'set':
    case 'dictionary': {
      const inner = shape.element === 'object' ? target() : scalar(shape.element!)
      const isEmpty = shape.optional && shape.element !== 'mixed'
      return inner && realm && `${realm}.${containers[kind]}<${inner}${isEmpty ? ' | null' : ''}>`
    }
    default:
      return shape.isCounter ? realm && `${realm}.Types.Counter` : scalar(kind) || undefined
  }
}

const declared: Readonly<Partial<Record<FieldPart['kind'], string>>> = {
  string: 'string',
  // What the Babel plugin makes of it: an int would cut decimals off.
  number: 'double',
  boolean: 'bool',
  Date: 'date',
  ArrayBuffer: 'data',
  bytes: 'data',
  ObjectId: 'objectId',
  UUID: 'uuid',
  Decimal128: 'decimal128',
  Counter: 'counter',
}
const suffixes: Readonly<Partial<Record<FieldPart['kind'], string>>> = {
  array: '[]',
  List: '[]',
  Set: '<>',
  Dictionary: '{}',
}

/**
 * The declaration, as source text, of a property that holds what a type says: `'string?'`, `'Task[]'`. `schemaName` gives
 * the schema name of a class. Undefined where Realm has no such property.
 */
export function declarationOfType(
  type: FieldType,
  isOptional: boolean,
  schemaName: (target: string) => string | undefined,
  style: Style,
): string | undefined {
  const [part] = type.parts
  if (!part || new Set(type.parts.map(one => one.kind)).size > 1) return undefined
  const mayBeNull = isOptional || type.hasNull || type.hasUndefined
  if (part.kind === 'LinkingObjects') {
    const target = part.target === undefined ? undefined : schemaName(part.target)
    if (target === undefined || part.origin === undefined) return undefined
    const text = `type: 'linkingObjects', objectType: '${target}', property: '${part.origin}'`
    return `{ ${style.quote === '"' ? text.replaceAll("'", '"') : text} }`
  }
  const suffix = suffixes[part.kind]
  if (suffix !== undefined) {
    const element = part.element?.parts[0]
    if (!element || part.element.parts.length > 1) return undefined
    const base = element.kind === 'object' ? schemaName(element.target!) : (element.realmType ?? declared[element.kind])
    const mark = element.kind !== 'object' && (part.element.hasNull || part.element.hasUndefined) ? '?' : ''
    return base && quoted(`${base}${mark}${suffix}`, style)
  }
  const base = part.kind === 'object' ? schemaName(part.target!) : (part.realmType ?? declared[part.kind])
  return base && quoted(`${base}${mayBeNull ? '?' : ''}`, style)
}

/** The name by which a file knows the JavaScript class of a schema's class; undefined where it has none there. */
export function classNameIn(store: RealmStore, file: string, target: string): string | undefined {
  const model = store.class(target)?.model
  if (!model || model.name === 'default') return undefined
  if (model.file === file) return model.name
  const { scope } = store
  const bindings = Object.values(scope.module(file)?.bindings ?? {})
  return bindings.find(({ name, import: from, at }) => {
    if (!from) return false
    const found = scope.target({ file, value: { kind: 'name', name, key: name, at } })
    return (
      found.kind === 'value' &&
      found.located.file === model.file &&
      found.located.value.kind === 'class' &&
      found.located.value.key === model.key
    )
  })?.name
}
