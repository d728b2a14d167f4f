// Members of a class that the Babel plugin drops or links wrongly, and what was most likely meant.
import type { Scope } from '../../../catalog/scope.ts'
import type { Value } from '../../../source/value.ts'
import { nameIn } from '../code/type-names.ts'
import { valueTypes } from '../schema/normalize.ts'
import type { DroppedMember, Member } from '../types.ts'
import type { RealmNames } from './realm-names.ts'
import type { RealmType } from './realm-type.ts'
import { parseType, type TypeText } from './type-text.ts'

/** What is wrong with a member that the plugin takes for `type`; undefined where nothing is. */
export function droppedMember(
  scope: Scope,
  member: Member,
  type: RealmType | undefined,
  names: RealmNames,
): DroppedMember | undefined {
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
  if (linked === undefined || valueTypes.has(linked)) return undefined
  if (globalTypes.has(linked)) return { ...told, why: 'wrong-link', link: linked }
  const ofEnum = enumType(scope, member.file, linked)
  return ofEnum === undefined
    ? undefined
    : { member, why: 'wrong-link', link: linked, ...(type.type === 'object' && { meant: ofEnum }) }
}

/** What the values of an enum are; undefined for what is none. */
function enumType(scope: Scope, file: string, name: string): string | undefined {
  const target = scope.target(nameIn(scope, file, name))
  const value = target.kind === 'value' ? target.located.value : undefined
  if (value?.kind !== 'object' || value.props.length === 0) return undefined
  const isAll = (kind: Value['kind']) => value.props.every(prop => prop.kind === 'named' && prop.value.kind === kind)
  return isAll('string') ? 'string' : isAll('number') ? 'Realm.Types.Int' : undefined
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
