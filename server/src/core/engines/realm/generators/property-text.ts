// How a property is declared in a schema, and as a field of a class.
import type { Project } from '../../../catalog/scope.ts'
import { quoted, type Style } from '../../../write/style.ts'
import { typeOfShape } from '../models/spell-type.ts'
import { declarationText } from '../schema/write-declaration.ts'
import type { ModelClass, PropertyShape, RealmClass } from '../types.ts'

const suffixes = { list: '[]', set: '<>', dictionary: '{}' } as const

/** `int?[]`: the shorthand for a shape that has one. */
export function shorthandOf({ kind, element, target, optional, isCounter }: PropertyShape): string {
  const isObject = target !== undefined
  const isAlways = isObject || kind === 'mixed' || element === 'mixed'
  const mark = optional && !isAlways ? '?' : ''
  if (kind === 'list' || kind === 'set' || kind === 'dictionary') return `${target ?? element}${mark}${suffixes[kind]}`
  return `${isCounter ? 'counter' : (target ?? kind)}${mark}`
}

/** What a shorthand says as well. */
const needless: ReadonlySet<string> = new Set(['type', 'objectType', 'optional'])

/** The value of an entry of `properties`, in the form that the class has most of. */
export function declarationOf(shape: PropertyShape, isIndexed: boolean, one: RealmClass, style: Style): string {
  // A default or an index can be told in no other form: only who could have been short shows the habit.
  const free = one.fields.filter(({ entries }) => [...entries.keys()].every(key => needless.has(key)))
  const inFull = free.filter(field => field.form === 'object').length * 2 > free.length
  if (isIndexed) return declarationText(shape, ['indexed: true'], style)
  return inFull ? declarationText(shape, [], style) : quoted(shorthandOf(shape), style)
}

/** How the fields of a class are written. */
export interface FieldHabits {
  readonly isDeclared: boolean
  readonly mark: '!' | ''
  /** True where what may be null is written `name?: T`. */
  readonly isOptionalByMark: boolean
}

/** The habits of a class with typed fields of its own; undefined where it has none. */
export function fieldHabits({ fact }: ModelClass): FieldHabits | undefined {
  const fields = fact.members.filter(one => !one.isStatic && one.kind === 'property' && one.type)
  if (fields.length === 0) return undefined
  const most = (test: (one: (typeof fields)[number]) => boolean) => fields.filter(test).length * 2 > fields.length
  const lax = fields.filter(one => !one.isOptional && !one.initializer)
  return {
    isDeclared: most(one => one.isDeclare),
    mark: lax.some(one => one.isDefinite) ? '!' : '',
    isOptionalByMark: fields.some(one => one.isOptional),
  }
}

/** How fields are written that nothing shows the habits of: never so that they hide what Realm holds. */
export const safeHabits = ({ babel }: Project): FieldHabits =>
  babel === undefined
    ? { isDeclared: true, mark: '', isOptionalByMark: false }
    : // Babel refuses `declare` unless it is told to take it, and drops fields without a value.
      { isDeclared: false, mark: '!', isOptionalByMark: false }

/** `declare name: string | null`, without a sign behind it. */
export function fieldText(
  name: string,
  shape: PropertyShape,
  type: string,
  { isDeclared, mark, isOptionalByMark }: FieldHabits,
): string {
  const mayBeNull = shape.optional && shape.element === undefined && shape.kind !== 'mixed'
  const start = isDeclared ? 'declare ' : ''
  if (mayBeNull && isOptionalByMark) return `${start}${name}?: ${type} | null`
  return `${start}${name}${isDeclared ? '' : mark}: ${type}${mayBeNull ? ' | null' : ''}`
}

/** The TypeScript type of a property; links to what has no class in the file are objects of any kind. */
export function typeText(
  shape: PropertyShape,
  realm: string | undefined,
  className: (target: string) => string | undefined,
): string {
  const found = typeOfShape(shape, realm, target => className(target) ?? (realm && `${realm}.Object`))
  return found ?? 'unknown'
}

/** What the Babel plugin reads as this type (`typescript.ts` of @realm/babel-plugin); undefined where it knows none. */
export function babelType(shape: PropertyShape, className: (target: string) => string | undefined): string | undefined {
  const { kind, element, target } = shape
  const containers = { list: 'Realm.List', set: 'Realm.Set', dictionary: 'Realm.Dictionary' } as const
  if (kind === 'list' || kind === 'set' || kind === 'dictionary') {
    const inner = target === undefined ? element && scalars[element] : className(target)
    return (
      inner &&
      `${containers[kind]}<${inner}${shape.optional && target === undefined && element !== 'mixed' ? ' | undefined' : ''}>`
    )
  }
  if (kind === 'object') return target === undefined ? undefined : className(target)
  return shape.isCounter ? undefined : scalars[kind]
}

const scalars: Readonly<Record<string, string>> = {
  bool: 'boolean',
  string: 'string',
  date: 'Date',
  data: 'ArrayBuffer',
  int: 'Realm.Types.Int',
  float: 'Realm.Types.Float',
  double: 'Realm.Types.Double',
  decimal128: 'Realm.Types.Decimal128',
  objectId: 'Realm.Types.ObjectId',
  uuid: 'Realm.Types.UUID',
  mixed: 'Realm.Mixed',
}

/** True for files that hold types. */
export const isTyped = (file: string): boolean => /\.[cm]?tsx?$/.test(file)
