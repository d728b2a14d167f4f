// What `@realm/babel-plugin` 0.2.0 takes a type annotation or an initialiser for (its `src/plugin/index.ts`).
import type { Value } from '../../../source/value.ts'
import type { Member } from '../types.ts'
import { hasLiteral, isCast } from './literal-value.ts'
import type { RealmNames } from './realm-names.ts'
import { parseType, type TypeText } from './type-text.ts'

/** What the plugin takes a type for. */
export interface RealmType {
  readonly type: string
  readonly objectType?: string | undefined
  readonly property?: string | undefined
  readonly optional?: boolean | undefined
}

/** What the plugin takes a member for; undefined for one that it drops. */
export function memberType({ fact }: Member, names: RealmNames): RealmType | undefined {
  if (fact.type) return realmType(parseType(fact.type.text), names)
  const { initializer } = fact
  if (initializer && hasLiteral(fact)) {
    if (initializer.kind === 'boolean') return { type: 'bool' }
    if (initializer.kind === 'string') return { type: 'string' }
    return initializer.kind === 'number' ? { type: 'double' } : undefined
  }
  if (initializer?.kind !== 'call' || !initializer.isNew || isCast(fact)) return undefined
  const { callee } = initializer
  if (callee.kind === 'name') {
    if (callee.name === 'Date') return { type: 'date' }
    return callee.name === 'ArrayBuffer' ? { type: 'data' } : undefined
  }
  if (callee.kind !== 'member' || callee.name === undefined || !isRealmMember(callee.of, names)) return undefined
  const type =
    bsonNames.has(callee.name) || callee.name === 'Date' || callee.name === 'Data' ? scalars[callee.name] : undefined
  return type === undefined ? undefined : { type }
}

const scalars: Readonly<Record<string, string>> = {
  Bool: 'bool',
  String: 'string',
  Int: 'int',
  Float: 'float',
  Double: 'double',
  Decimal128: 'decimal128',
  ObjectId: 'objectId',
  UUID: 'uuid',
  Date: 'date',
  Data: 'data',
}
const bsonNames = new Set(['Decimal128', 'ObjectId', 'UUID'])
const containers: Readonly<Record<string, string>> = { List: 'list', Set: 'set', Dictionary: 'dictionary' }

/** `isRealmTypeAlias`: whether `written` means the type `name` of a namespace of the library. */
function isAlias(written: string, name: string, names: RealmNames, namespace: string | null = 'Types'): boolean {
  const parts = written.split('.')
  if (parts.at(-1) !== name) return false
  const [first = '', second] = parts
  if (parts.length === 1) return names.has(first)
  if (parts.length === 2 && namespace === null) return first === 'Realm' && names.has(first)
  if (parts.length === 2) return first === namespace && names.has(first)
  return parts.length === 3 && first === 'Realm' && second === namespace && names.has(first)
}

function referenceType(type: TypeText & { kind: 'reference' }, names: RealmNames): RealmType | undefined {
  const { name, args } = type
  for (const [alias, realm] of Object.entries(scalars)) {
    if (isAlias(name, alias, names)) return { type: realm }
    if (bsonNames.has(alias) && isAlias(name, alias, names, 'BSON')) return { type: realm }
    if (alias === 'Date' && name === 'Date') return { type: 'date' }
    if (alias === 'Data' && name === 'ArrayBuffer') return { type: 'data' }
  }
  for (const [alias, realm] of Object.entries(containers)) {
    if (!isAlias(name, alias, names) && !isAlias(name, alias, names, null)) continue
    const element = args[0] && realmType(args[0], names)
    const objectType = element?.type === 'object' ? element.objectType : element?.type
    return { type: realm, objectType, optional: element?.optional }
  }
  if (isAlias(name, 'Mixed', names) || isAlias(name, 'Mixed', names, null)) return { type: 'mixed' }
  if (isAlias(name, 'LinkingObjects', names)) {
    const [of, via] = args
    if (of?.kind !== 'reference' || of.name.includes('.') || via?.kind !== 'string') return undefined
    return { type: 'linkingObjects', objectType: of.name, property: via.text }
  }
  return name.includes('.') ? undefined : { type: 'object', objectType: name }
}

function realmType(type: TypeText, names: RealmNames): RealmType | undefined {
  if (type.kind === 'keyword') {
    if (type.name === 'boolean') return { type: 'bool' }
    if (type.name === 'string') return { type: 'string' }
    return type.name === 'number' ? { type: 'double' } : undefined
  }
  if (type.kind === 'reference') return referenceType(type, names)
  if (type.kind !== 'union' || type.parts.length !== 2) return undefined
  const isUndefined = (one: TypeText | undefined) => one?.kind === 'keyword' && one.name === 'undefined'
  const [first, last] = type.parts
  const rest = isUndefined(first) ? last : isUndefined(last) ? first : undefined
  const found = rest && realmType(rest, names)
  return found && { ...found, optional: true }
}

/** `Realm`, `Realm.BSON`, `BSON`: what leads back to an import. */
function isRealmMember(value: Value, names: RealmNames): boolean {
  if (value.kind === 'member') return isRealmMember(value.of, names)
  return value.kind === 'name' && names.has(value.name)
}
