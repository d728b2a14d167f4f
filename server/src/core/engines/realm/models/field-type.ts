// What the type annotation of a class member certainly says: aliases, generics and enums could be anything.
import type { Scope } from '../../../catalog/scope.ts'
import { libraryType, nameIn } from '../code/type-names.ts'
import type { Library } from '../imports.ts'
import type { Member } from '../types.ts'
import { parseType, type TypeText } from './type-text.ts'

/** A kind of value that a plain type allows. */
export type FieldKind =
  | 'string'
  | 'number'
  | 'boolean'
  | 'Date'
  | 'ArrayBuffer'
  /** `Uint8Array` and its like, which may be written where a buffer is read. */
  | 'bytes'
  | 'ObjectId'
  | 'UUID'
  | 'Decimal128'
  | 'Counter'
  /** A plain array. */
  | 'array'
  | 'List'
  | 'Set'
  | 'Dictionary'
  | 'Results'
  | 'LinkingObjects'
  /** An object of a class of the app. */
  | 'object'

/** One part of a type besides null and undefined. */
export interface FieldPart {
  readonly kind: FieldKind
  /** For numbers: the type of Realm that the annotation names, such as `int`. */
  readonly realmType?: 'int' | 'float' | 'double' | 'counter'
  /** For collections: what they hold, where that is known. */
  readonly element?: FieldType | undefined
  /** For objects and LinkingObjects: the name of the class as written. */
  readonly target?: string
  /** For LinkingObjects: the property of the other class. */
  readonly origin?: string
}

/** A type of which every part is known. */
export interface FieldType {
  readonly parts: readonly FieldPart[]
  readonly hasNull: boolean
  readonly hasUndefined: boolean
}

/** The type of a member; undefined where it has none, or where a part of it could be anything. */
export function fieldType(scope: Scope, library: Library, { fact, file }: Member): FieldType | undefined {
  return fact.type && read(scope, library, file, parseType(fact.type.text))
}

function read(scope: Scope, library: Library, file: string, type: TypeText): FieldType | undefined {
  const all = type.kind === 'union' ? type.parts : [type]
  const isKeyword = (part: TypeText, name: string) => part.kind === 'keyword' && part.name === name
  const parts: FieldPart[] = []
  for (const part of all) {
    if (isKeyword(part, 'null') || isKeyword(part, 'undefined')) continue
    const known = partOf(scope, library, file, part)
    if (!known) return undefined
    parts.push(known)
  }
  return {
    parts,
    hasNull: all.some(part => isKeyword(part, 'null')),
    hasUndefined: all.some(part => isKeyword(part, 'undefined')),
  }
}

const globals: Readonly<Record<string, FieldPart>> = {
  Date: { kind: 'Date' },
  ArrayBuffer: { kind: 'ArrayBuffer' },
  Uint8Array: { kind: 'bytes' },
  Int8Array: { kind: 'bytes' },
  Buffer: { kind: 'bytes' },
}

const ofLibrary: Readonly<Record<string, FieldPart>> = {
  Bool: { kind: 'boolean' },
  String: { kind: 'string' },
  Int: { kind: 'number', realmType: 'int' },
  Float: { kind: 'number', realmType: 'float' },
  Double: { kind: 'number', realmType: 'double' },
  Counter: { kind: 'Counter', realmType: 'counter' },
  Decimal128: { kind: 'Decimal128' },
  ObjectId: { kind: 'ObjectId' },
  UUID: { kind: 'UUID' },
  Date: { kind: 'Date' },
  Data: { kind: 'ArrayBuffer' },
}

const collections: ReadonlySet<string> = new Set(['List', 'Set', 'Dictionary', 'Results'])

function partOf(scope: Scope, library: Library, file: string, type: TypeText): FieldPart | undefined {
  const inner = (one: TypeText | undefined) => one && read(scope, library, file, one)
  switch (type.kind) {
    case 'keyword':
      return type.name === 'string' || type.name === 'number' || type.name === 'boolean'
        ? { kind: type.name }
        : undefined
    case 'string':
      return { kind: 'string' }
    case 'array':
      return { kind: 'array', element: inner(type.of) }
    case 'reference':
      return referencePart(scope, library, file, type, inner)
    default:
      return undefined
  }
}

function referencePart(
  scope: Scope,
  library: Library,
  file: string,
  { name, args }: TypeText & { kind: 'reference' },
  inner: (type: TypeText | undefined) => FieldType | undefined,
): FieldPart | undefined {
  const head = name.split('.')[0] ?? ''
  const own = scope.binding(file, head)
  const found = libraryType(scope, library, file, name)?.name
  if (found?.startsWith('Realm.')) {
    const last = found.split('.').at(-1) ?? ''
    if (collections.has(last)) return { kind: last as FieldPart['kind'], element: inner(args[0]) }
    if (last === 'LinkingObjects') {
      const [of, via] = args
      const isPlain = of?.kind === 'reference' && via?.kind === 'string'
      return { kind: last, ...(isPlain && { target: of.name, origin: via.text }) }
    }
    return Object.hasOwn(ofLibrary, last) ? ofLibrary[last] : undefined
  }
  if (!own) {
    if (name === 'Array' || name === 'ReadonlyArray') return { kind: 'array', element: inner(args[0]) }
    if (name === 'true' || name === 'false') return { kind: 'boolean' }
    return Object.hasOwn(globals, name) ? globals[name] : undefined
  }
  const located = nameIn(scope, file, head)
  const target = scope.target(located)
  // The ids of `bson` are what Realm hands on.
  if (target.kind === 'external') {
    const last = name.split('.').at(-1) ?? ''
    const isId = last === 'ObjectId' || last === 'UUID' || last === 'Decimal128'
    return target.from === 'bson' && isId ? ofLibrary[last] : undefined
  }
  const isClass = target.kind === 'value' && target.located.value.kind === 'class' && !name.includes('.')
  return isClass && args.length === 0 ? { kind: 'object', target: name } : undefined
}
