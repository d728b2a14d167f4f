// What realm-js makes of a property's declaration, and why it refuses one (`packages/realm/src/schema/normalize.ts`).
import type { PropertyShape, ValueType } from '../types.ts'

/** The object form of a declaration. A key that is absent is undefined; every key here is known. */
export interface DeclaredObject {
  readonly type: string
  readonly objectType?: string | undefined
  readonly presentation?: string | undefined
  readonly property?: string | undefined
  readonly optional?: boolean | undefined
  readonly indexed?: boolean | 'full-text' | undefined
  readonly isPrimaryKey: boolean
}

/** Why realm-js throws, in its own words, and where: in `type`, in another key, or in the whole. */
export interface Refusal {
  readonly kind: 'type' | 'shorthand-in-object' | 'primary-key' | 'backlink'
  readonly key?: 'type' | 'objectType' | 'property' | 'presentation' | 'optional' | 'indexed'
  readonly message: string
  /** The shorthand that was most likely meant. */
  readonly meant?: string
}

export type Normalised =
  | { readonly shape: PropertyShape; readonly refusal?: undefined }
  | { readonly shape?: undefined; readonly refusal: Refusal }

/** The types of values. */
export const valueTypes: ReadonlySet<string> = new Set<ValueType>([
  'bool',
  'int',
  'float',
  'double',
  'decimal128',
  'objectId',
  'string',
  'data',
  'date',
  'mixed',
  'uuid',
])

const collections = { '[]': 'list', '{}': 'dictionary', '<>': 'set' } as const
type Suffix = keyof typeof collections
type Collection = (typeof collections)[Suffix]
const collectionNames: ReadonlySet<string> = new Set(Object.values(collections))

const isValueType = (type: string): type is ValueType => valueTypes.has(type)
const isCollection = (type: string): type is Collection => collectionNames.has(type)
const isClassName = (type: string | undefined): type is string =>
  !!type && !isValueType(type) && !isCollection(type) && type !== 'object' && type !== 'linkingObjects'
const suffixOf = (text: string): Suffix | undefined => {
  const suffix = text.slice(-2)
  return suffix in collections ? (suffix as Suffix) : undefined
}

const refuse = (message: string, meant?: string): Normalised => ({
  refusal: { kind: 'type', message, ...(meant !== undefined && { meant }) },
})

/** Reads a shorthand such as `int?[]`. */
export function normaliseShorthand(text: string): Normalised {
  if (text === '') return refuse('The type must be specified.')
  const suffix = suffixOf(text)
  let base = suffix ? text.slice(0, -2) : text
  if (suffix && base === '') return refuse(`The element type must be specified (Example: 'int${suffix}')`)
  if (suffix && suffixOf(base)) return refuse('Nested collections are not supported.')
  const isOptional = base.endsWith('?')
  if (isOptional) {
    base = base.slice(0, -1)
    if (base === '') return refuse("The type must be specified. (Examples: 'int?' and 'int?[]')")
    const inner = suffixOf(base)
    if (inner)
      return refuse(
        "Collections cannot be optional. To allow elements of the collection to be optional, use '?' after the element type. (Examples: 'int?[]', 'int?{}', and 'int?<>')",
        suffix ? undefined : optionalElements(base.slice(0, -2), inner),
      )
  }
  const isCounter = base === 'counter'
  if (isCounter && suffix) return refuse('Counters cannot be used in collections.')
  if (isCounter) base = 'int'
  if (isCollection(base))
    return refuse(
      `Cannot use the collection name ${base}. (Examples: 'int[]' (list), 'int{}' (dictionary), and 'int<>' (set))`,
    )
  if (base === 'object')
    return refuse(
      "To define a relationship, use either 'MyObjectType' or { type: 'object', objectType: 'MyObjectType' }",
    )
  if (base === 'linkingObjects')
    return refuse(
      "To define an inverse relationship, use { type: 'linkingObjects', objectType: 'MyObjectType', property: 'myObjectTypesProperty' }",
    )
  const collection = suffix && collections[suffix]
  if (isOptional && isClassName(base) && (collection === 'list' || collection === 'set'))
    return refuse(
      "User-defined types in lists and sets are always non-optional and cannot be made optional. Remove '?' or change the type.",
      `${base}${suffix}`,
    )
  return { shape: shapeOf(collection, base, isOptional, isCounter) }
}

/** Objects in a collection cannot be optional, so only values keep the mark. */
const optionalElements = (element: string, suffix: Suffix): string =>
  isValueType(element) ? `${element}?${suffix}` : `${element}${suffix}`

function shapeOf(
  collection: Collection | undefined,
  base: string,
  isOptional: boolean,
  isCounter: boolean,
): PropertyShape {
  const isObject = !isValueType(base)
  const optional = isAlwaysOptional(collection, base) || (isOptional && !(collection && isObject))
  if (!collection)
    return isObject
      ? { kind: 'object', target: base, optional: true, isCounter: false }
      : { kind: base as ValueType, optional, isCounter }
  return {
    kind: collection,
    element: isObject ? 'object' : (base as ValueType),
    ...(isObject && { target: base }),
    optional,
    isCounter: false,
  }
}

const isAlwaysOptional = (collection: Collection | undefined, base: string): boolean =>
  base === 'mixed' || (!isValueType(base) && (collection === undefined || collection === 'dictionary'))

/** Reads the object form. `major` is that of the installed `realm`: shorthands in it are refused from 12 on. */
export function normaliseObject(declared: DeclaredObject, major: number): Normalised {
  const { type, objectType, presentation, property, optional, indexed, isPrimaryKey } = declared
  const fail = (key: Refusal['key'], message: string, kind: Refusal['kind'] = 'type'): Normalised => ({
    refusal: { kind, message, ...(key && { key }) },
  })
  if (type === '') return fail('type', "'type' must be specified.")
  for (const key of ['type', 'objectType'] as const) {
    const found = shorthandsIn(declared[key] ?? '')
    if (found.length === 0) continue
    if (major < 12) return normaliseShorthand(type)
    // The library shows how a counter is written in this form.
    const hint = found.includes('counter')
      ? " To use presentation types such as 'counter', use the field 'presentation'."
      : ''
    return {
      refusal: {
        kind: 'shorthand-in-object',
        key,
        message: `Cannot use shorthand '${found.join("' and '")}' in 'type' or 'objectType' when defining property objects.${hint}`,
        ...(key === 'type' && { meant: type }),
      },
    }
  }
  if (isValueType(type)) {
    if (objectType !== undefined) return fail('objectType', `'objectType' cannot be defined when 'type' is '${type}'.`)
  } else if (isCollection(type)) {
    if (objectType === undefined || (!isValueType(objectType) && !isClassName(objectType)))
      return fail(
        objectType === undefined ? 'type' : 'objectType',
        `A ${type} must contain only primitive or user-defined types specified through 'objectType'.`,
      )
  } else if (type === 'object' || type === 'linkingObjects') {
    if (!isClassName(objectType))
      return fail(
        objectType === undefined ? 'type' : 'objectType',
        "A user-defined type must be specified through 'objectType'.",
      )
    if (type === 'linkingObjects' && !property)
      return fail('type', "The linking object's property name must be specified through 'property'.", 'backlink')
  } else if (major < 12 && objectType === undefined) return normaliseShorthand(type)
  else
    return fail(
      'type',
      `If you meant to define a relationship, use { type: 'object', objectType: '${type}' } or { type: 'linkingObjects', objectType: '${type}', property: 'The ${type} property' }`,
    )
  if (type !== 'linkingObjects' && property !== undefined)
    return fail('property', "'property' can only be specified if 'type' is 'linkingObjects'.", 'backlink')
  if (presentation === 'counter' && type !== 'int')
    return fail('presentation', "Counters can only be used when 'type' is 'int'.")
  const collection = isCollection(type) ? type : undefined
  const base = isValueType(type) ? type : objectType!
  const isNever = isClassName(base) && (collection === 'list' || collection === 'set' || type === 'linkingObjects')
  if (!isNever && type !== 'linkingObjects' && isAlwaysOptional(collection, base)) {
    const displayed =
      base === 'mixed' ? "'mixed' types" : 'User-defined types as standalone objects and in dictionaries'
    if (optional === false) return fail('optional', `${displayed} are always optional and cannot be made non-optional.`)
  } else if (isNever && optional === true)
    return fail('optional', 'User-defined types in lists and sets are always non-optional and cannot be made optional.')
  if (isPrimaryKey) {
    if (indexed === false) return fail('indexed', 'Primary keys must always be indexed.', 'primary-key')
    if (indexed === 'full-text') return fail('indexed', 'Primary keys cannot be full-text indexed.', 'primary-key')
    if (presentation === 'counter') return fail('presentation', 'Counters cannot be primary keys.')
  }
  if (type === 'linkingObjects')
    return {
      shape: { kind: 'linkingObjects', target: objectType!, origin: property!, optional: false, isCounter: false },
    }
  return { shape: shapeOf(collection, base, optional === true, presentation === 'counter') }
}

/** The shorthand marks in a text: a collection's brackets, `?`, `counter`. */
function shorthandsIn(text: string): readonly string[] {
  const found: string[] = []
  const suffix = suffixOf(text)
  if (suffix) found.push(suffix)
  let base = suffix ? text.slice(0, -2) : text
  if (base.endsWith('?')) {
    found.push('?')
    base = base.slice(0, -1)
  }
  if (base === 'counter') found.push(base)
  return found
}

/** A shape as a shorthand where there is one, else in words: how hovers and diagrams show a type. */
export function typeText(shape: PropertyShape): string {
  const mark = shape.optional && shape.kind !== 'object' && shape.element !== 'object' && !isMixed(shape) ? '?' : ''
  const element = shape.element === 'object' ? (shape.target ?? '') : (shape.element ?? '')
  switch (shape.kind) {
    case 'list':
      return `${element}${mark}[]`
    case 'set':
      return `${element}${mark}<>`
    case 'dictionary':
      return `${element}${mark}{}`
    case 'object':
      return shape.target ?? ''
    case 'linkingObjects':
      return `linkingObjects<${shape.target}.${shape.origin}>`
    default:
      return `${shape.isCounter ? 'counter' : shape.kind}${mark}`
  }
}

const isMixed = ({ kind, element }: PropertyShape): boolean => kind === 'mixed' || element === 'mixed'
