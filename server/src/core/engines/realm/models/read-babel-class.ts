// What `@realm/babel-plugin` 0.2.0 makes of the members of a class (its `src/plugin/index.ts`).
import type { Named } from '../../../catalog/catalog.ts'
import type { Located, Scope } from '../../../catalog/scope.ts'
import type { DecoratorFact } from '../../../facts/file-facts.ts'
import { type Value, walkValue } from '../../../source/value.ts'
import { normaliseObject, typeText } from '../schema/normalize.ts'
import type { DroppedMember, Member, ModelClass, Property } from '../types.ts'
import { elidesTypeImports, isFromRealm } from './babel-plugin.ts'
import type { StaticMember } from './read-model-class.ts'
import { parseType, type TypeText } from './type-text.ts'

/** The schema that the plugin writes for a class. */
export interface BabelClass {
  readonly name: Named
  readonly primaryKey: Named | undefined
  readonly embedded: boolean
  readonly asymmetric: boolean
  readonly properties: readonly Property[]
  readonly dropped: readonly DroppedMember[]
}

/** What the plugin takes a type for. */
interface RealmType {
  readonly type: string
  readonly objectType?: string | undefined
  readonly property?: string | undefined
  readonly optional?: boolean | undefined
}

/** Reads a class as the plugin does; `staticOf` gives its own static members. */
export function readBabelClass(scope: Scope, model: ModelClass): BabelClass {
  const names = realmNames(scope, model.file)
  const own = (name: string): StaticMember | undefined => ownStatic(model, name)
  const primaryKey = literalText(own('primaryKey'))
  const properties: Property[] = []
  const dropped: DroppedMember[] = []
  for (const member of model.members) {
    // The plugin sees nothing of what other classes declare.
    if (member.fact.kind !== 'property' || member.file !== model.file || !isWithin(member, model)) continue
    if (!isPlainKey(member)) continue
    const type = memberType(member, names)
    const wrong = droppedMember(member, type, names)
    if (wrong) dropped.push(wrong)
    if (type) properties.push(propertyOf(scope, member, type, primaryKey?.text))
  }
  return {
    name: literalText(own('name')) ?? { text: model.name, at: model.nameAt },
    primaryKey,
    embedded: literalTrue(own('embedded')),
    asymmetric: literalTrue(own('asymmetric')),
    properties,
    dropped,
  }
}

const isWithin = ({ fact }: Member, model: ModelClass): boolean => model.fact.members.includes(fact)

/** Quoted, computed and private keys are skipped. */
const isPlainKey = ({ fact: { name, nameAt } }: Member): boolean =>
  /^[A-Za-z_$][\w$]*$/.test(name) && nameAt.end - nameAt.start === name.length

function ownStatic({ fact, file }: ModelClass, name: string): StaticMember | undefined {
  const member = fact.members.find(one => one.isStatic && one.name === name && one.kind === 'property')
  if (!member?.initializer) return undefined
  return { fact: member, at: { file, span: member.at }, value: { value: member.initializer, file } }
}

const literalText = (member: StaticMember | undefined): Named | undefined =>
  member?.value.value.kind === 'string'
    ? { text: member.value.value.text, at: { file: member.value.file, span: member.value.value.at } }
    : undefined

const literalTrue = (member: StaticMember | undefined): boolean =>
  member?.value.value.kind === 'boolean' && member.value.value.value

/** How the plugin finds names of the library in a file. */
interface RealmNames {
  /** True for an identifier that an import declaration of `realm` or `@realm/react` binds when the plugin looks. */
  has(name: string): boolean
  /** The same, had imports of types not been taken away. */
  wasImported(name: string): boolean
}

function realmNames(scope: Scope, file: string): RealmNames {
  const elides = elidesTypeImports(scope.workspace().project(file))
  const wasImported = (name: string) => isFromRealm(scope, file, name)
  return { wasImported, has: name => wasImported(name) && (!elides || isUsedAsValue(scope, file, name)) }
}

/** True when something other than a type uses an import: then it is not taken away. */
function isUsedAsValue(scope: Scope, file: string, key: string): boolean {
  const uses = (value: Value | undefined): boolean => {
    if (!value) return false
    for (const part of walkValue(value)) if (part.kind === 'name' && part.key === key) return true
    return false
  }
  for (const name of scope.classKeys(file)) {
    const fact = scope.classOf(file, name)
    if (!fact) continue
    if (uses(fact.superclass) || fact.assigned.some(one => uses(one.value))) return true
    for (const member of fact.members)
      if (uses(member.initializer) || member.decorators.some(one => uses(one.callee) || one.args?.some(uses)))
        return true
  }
  const usage = scope.usage(file)
  if (usage?.calls.some(call => uses(call.value))) return true
  if (usage?.assigns.some(one => uses(one.value) || uses(one.target))) return true
  if (usage?.functions.some(one => one.returns.some(uses))) return true
  const module = scope.module(file)
  if (Object.values(module?.bindings ?? {}).some(one => uses(one.value))) return true
  return Object.values(module?.exports ?? {}).some(one =>
    one.kind === 'binding' ? one.key === key : one.kind === 'value' && uses(one.value),
  )
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

function memberType({ fact }: Member, names: RealmNames): RealmType | undefined {
  if (fact.type) return realmType(parseType(fact.type.text), names)
  const { initializer } = fact
  if (initializer?.kind === 'boolean') return { type: 'bool' }
  if (initializer?.kind === 'string') return { type: 'string' }
  if (initializer?.kind === 'number') return initializer.value < 0 ? undefined : { type: 'double' }
  if (initializer?.kind !== 'call' || !initializer.isNew) return undefined
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

/** `Realm`, `Realm.BSON`, `BSON`: what leads back to an import. */
function isRealmMember(value: Value, names: RealmNames): boolean {
  if (value.kind === 'member') return isRealmMember(value.of, names)
  return value.kind === 'name' && names.has(value.name)
}

/** What a class of the schema is certainly not called. */
const globalTypes = new Set([
  'Array',
  'ReadonlyArray',
  'Record',
  'Map',
  'Uint8Array',
  'Int8Array',
  'Buffer',
  'Partial',
  'Promise',
])

function droppedMember(member: Member, type: RealmType | undefined, names: RealmNames): DroppedMember | undefined {
  const parsed = member.fact.type && parseType(member.fact.type.text)
  const meant = parsed && meantType(parsed)
  const told = { member, ...(meant !== undefined && { meant }) }
  const elided = parsed && [...referencesIn(parsed)].find(name => isElided(name, names))
  if (elided !== undefined) {
    const text = member.fact.type!.text.replace(
      /\b(?:Types|BSON|List|Set|Dictionary|Mixed)\b/g,
      (word, at: number, whole: string) => (whole[at - 1] === '.' || !isElided(word, names) ? word : `Realm.${word}`),
    )
    return { member, why: 'elided-import', meant: text }
  }
  if (!type) return { ...told, why: 'dropped' }
  const linked = type.type === 'object' || type.objectType !== undefined ? type.objectType : undefined
  return linked !== undefined && globalTypes.has(linked) ? { ...told, why: 'wrong-link' } : undefined
}

const isElided = (name: string, names: RealmNames): boolean => {
  const first = name.split('.')[0]!
  return names.wasImported(first) && !names.has(first)
}

function* referencesIn(type: TypeText): Generator<string> {
  if (type.kind === 'reference') {
    yield type.name
    for (const one of type.args) yield* referencesIn(one)
  }
  if (type.kind === 'union') for (const one of type.parts) yield* referencesIn(one)
  if (type.kind === 'array') yield* referencesIn(type.of)
}

const meantByName: Readonly<Record<string, string>> = {
  'Realm.ObjectId': 'Realm.BSON.ObjectId',
  'Realm.UUID': 'Realm.BSON.UUID',
  'Realm.Decimal128': 'Realm.BSON.Decimal128',
  Uint8Array: 'ArrayBuffer',
  any: 'Realm.Mixed',
  unknown: 'Realm.Mixed',
}

/** What was most likely meant by a type that the plugin does not take. */
function meantType(type: TypeText): string | undefined {
  switch (type.kind) {
    case 'keyword':
      return meantByName[type.name]
    case 'array': {
      const of = spelled(type.of)
      return of && `Realm.List<${of}>`
    }
    case 'reference': {
      const [first, second] = type.args.map(spelled)
      if (type.name === 'Array' || type.name === 'ReadonlyArray') return first && `Realm.List<${first}>`
      if (type.name === 'Record') return first === 'string' && second ? `Realm.Dictionary<${second}>` : undefined
      if (type.name === 'Realm.LinkingObjects') {
        const via = type.args[1]
        return first && via?.kind === 'string' ? `Realm.Types.LinkingObjects<${first}, "${via.text}">` : undefined
      }
      return meantByName[type.name]
    }
    case 'union': {
      const rest = type.parts.filter(
        part => !(part.kind === 'keyword' && (part.name === 'null' || part.name === 'undefined')),
      )
      const [only] = rest
      const inner = rest.length === 1 && only ? (meantType(only) ?? spelled(only)) : undefined
      return inner && `${inner} | undefined`
    }
    default:
      return undefined
  }
}

/** A type that the plugin takes, as a text. */
function spelled(type: TypeText): string | undefined {
  if (type.kind === 'keyword') return ['string', 'number', 'boolean'].includes(type.name) ? type.name : undefined
  if (type.kind !== 'reference' || type.args.length > 0) return undefined
  return meantByName[type.name] ?? type.name
}

function propertyOf(scope: Scope, member: Member, type: RealmType, primaryKey: string | undefined): Property {
  const { fact, file, nameAt, at } = member
  const name: Named = { text: fact.name, at: nameAt }
  const isPrimary = fact.name === primaryKey
  const mapTo = decoratorText(scope, member, 'mapTo')
  const indexText = decoratorText(scope, member, 'index')
  const isIndexed = hasDecorator(scope, member, 'index')
  const index = indexText ? indexText.text === 'full-text' && 'full-text' : isIndexed || isPrimary
  const optional = fact.isOptional || type.optional === true
  const { shape, refusal } = normaliseObject(
    {
      type: type.type,
      objectType: type.objectType,
      property: type.property,
      ...(optional && { optional }),
      isPrimaryKey: isPrimary,
    },
    12,
  )
  const typeAt = fact.type ? { file, span: fact.type.at } : nameAt
  const persisted = mapTo?.text ? mapTo : name
  return {
    name,
    persisted,
    form: 'member',
    shape,
    type: shape && { text: typeText(shape), at: typeAt },
    optional: shape?.optional ?? false,
    index,
    indexed: index !== false,
    ...(isPrimary && { isPrimary }),
    fault: refusal && { ...refusal, at: typeAt },
    mapTo: mapTo?.text ? mapTo : undefined,
    default: fact.initializer && { value: fact.initializer, file },
    entry: undefined,
    declared: undefined,
    entries: new Map(),
    unclear: false,
    member,
    at,
  }
}

/** `@index` or `@Realm.index`, called or not, that leads to an import of the library. */
function findDecorator(scope: Scope, { fact, file }: Member, name: string): DecoratorFact | undefined {
  return fact.decorators.find(({ callee }) => {
    if (callee.kind === 'name') return callee.name === name && isFromRealm(scope, file, callee.key ?? '')
    if (callee.kind !== 'member' || callee.name !== name || callee.of.kind !== 'name') return false
    return callee.of.name === 'Realm' && isFromRealm(scope, file, callee.of.key ?? '')
  })
}

const hasDecorator = (scope: Scope, member: Member, name: string): boolean => {
  const found = findDecorator(scope, member, name)
  return found !== undefined && found.args === undefined
}

function decoratorText(scope: Scope, member: Member, name: string): Named | undefined {
  const argument = findDecorator(scope, member, name)?.args?.[0]
  const located: Located | undefined = argument && { value: argument, file: member.file }
  return argument?.kind === 'string' && located
    ? { text: argument.text, at: { file: member.file, span: argument.at } }
    : undefined
}
