// Reads one entry of `properties`: what it declares, and why realm-js refuses it.

import type { Named } from '../../../catalog/catalog.ts'
import { placeOf } from '../../../catalog/place-of.ts'
import type { Entry, Located, Scope, Shape } from '../../../catalog/scope.ts'
import type { Value } from '../../../source/value.ts'
import type { Member, Property, PropertyFault, PropertyShape } from '../types.ts'
import { propertyKeys } from './keys.ts'
import { type DeclaredObject, type Normalised, normaliseObject, normaliseShorthand, typeText } from './normalize.ts'

/** What is known of the class around a property. */
export interface ClassAround {
  /** The class's name, for messages; '' where it is not known. */
  readonly name: string
  readonly primaryKey: string | undefined
  /** The major version of `realm`; undefined where it is not known. */
  readonly major: number | undefined
  /** The field of the JavaScript class that has this name. */
  member(name: string): Member | undefined
}

/** Reads `name: declaration`. */
export function readProperty(scope: Scope, entry: Entry, around: ClassAround): Property {
  const declared = scope.follow(entry.value)
  const text = scope.text(entry.value)
  const read = text ? readShorthand(text, entry, around) : readObjectForm(scope, declared, entry, around)
  const isPrimary = entry.name === around.primaryKey
  const name: Named = { text: entry.name, at: entry.nameAt }
  const { shape } = read
  return {
    name,
    persisted: read.mapTo ?? name,
    form: text ? 'shorthand' : 'object',
    shape,
    type: shape && { text: typeText(shape), at: read.typeAt },
    optional: shape?.optional ?? false,
    index: read.index,
    indexed: read.index === true || read.index === 'full-text',
    ...(isPrimary && { isPrimary }),
    fault: read.fault,
    mapTo: read.mapTo,
    default: read.default,
    entry,
    declared,
    entries: read.entries,
    unclear: read.unclear,
    member: around.member(entry.name),
    at: entry.at,
  }
}

interface Read {
  readonly shape: PropertyShape | undefined
  readonly typeAt: Property['at']
  readonly fault: PropertyFault | undefined
  readonly index: Property['index']
  readonly mapTo: Named | undefined
  readonly default: Located | undefined
  readonly entries: ReadonlyMap<string, Entry>
  readonly unclear: boolean
}

const nothing: ReadonlyMap<string, Entry> = new Map()

function readShorthand(text: Named, entry: Entry, around: ClassAround): Read {
  const { shape, refusal } = normaliseShorthand(spelled(text.text, around))
  return {
    shape,
    typeAt: text.at,
    fault:
      refusal && (isStrict(around) || !takenBefore.test(text.text))
        ? { ...refusal, at: placeOf(entry.value) }
        : undefined,
    index: entry.name === around.primaryKey,
    mapTo: undefined,
    default: undefined,
    entries: nothing,
    unclear: false,
  }
}

function readObjectForm(scope: Scope, declared: Located, entry: Entry, around: ClassAround): Read {
  const written = scope.shape(declared)
  const typeAt = placeOf(written?.entries.get('type')?.value ?? entry.value)
  if (!written) {
    const got = kindOf(declared.value)
    // Before 12 a wrong declaration was read in other ways.
    const message = got && `Expected '${entry.name}' on '${around.name}' to be an object, got ${got}`
    const fault =
      message && isStrict(around) ? ({ kind: 'schema', at: placeOf(entry.value), message } as const) : undefined
    const unclear = got === undefined
    return {
      shape: undefined,
      typeAt,
      fault,
      index: undefined,
      mapTo: undefined,
      default: undefined,
      entries: nothing,
      unclear,
    }
  }
  const keys = readKeys(scope, written)
  const primary = entry.name === around.primaryKey
  const normalised = normalise(keys, primary, around)
  const refusal = isStrict(around) ? normalised?.refusal : undefined
  const isIndexed = keys.indexed.value ?? (keys.indexed.isUnknown ? undefined : false)
  return {
    shape: normalised?.shape,
    typeAt,
    fault:
      (isStrict(around) ? invalidKey(scope, written, entry, around) : undefined) ??
      (refusal && { ...refusal, at: placeOf((refusal.key && written.entries.get(refusal.key)?.value) || entry.value) }),
    index: primary && isIndexed === false ? true : isIndexed,
    mapTo: keys.mapTo,
    default: written.entries.get('default')?.value,
    entries: written.entries,
    unclear: !written.complete || keys.isUnclear,
  }
}

/**
 * From realm 12 on the whole declaration is validated. Before, a parser in C++ looked at nothing but what it needed
 * (`src/js_schema.hpp` of realm-js 10 and 11).
 */
const isStrict = ({ major }: ClassAround): boolean => major !== undefined && major >= 12

/** What that parser took although it is refused now: `{}`, `int{}?`, collections of two kinds at once, a class `counter`. */
const takenBefore = /[{}]|<>\[\]|^counter/

/** To that parser, `{}` was a dictionary of anything. */
const spelled = (type: string, { major }: ClassAround): string =>
  major !== undefined && major < 12 && (type === '{}' || type === '{}?') ? 'mixed{}' : type

interface Read1<T> {
  readonly value: T | undefined
  readonly isUnknown: boolean
}

interface Keys {
  readonly type: Read1<string>
  readonly objectType: Read1<string>
  readonly presentation: Read1<string>
  readonly property: Read1<string>
  readonly optional: Read1<boolean>
  readonly indexed: Read1<boolean | 'full-text'>
  readonly mapTo: Named | undefined
  readonly isUnclear: boolean
}

function readKeys(scope: Scope, written: Shape): Keys {
  const read = <T>(key: string, of: (located: Located) => T | undefined): Read1<T> => {
    const entry = written.entries.get(key)
    if (!entry || scope.follow(entry.value).value.kind === 'undefined')
      return { value: undefined, isUnknown: !written.complete && !entry }
    const value = of(entry.value)
    return { value, isUnknown: value === undefined }
  }
  const text = (located: Located) => scope.text(located)?.text
  const keys = {
    type: read('type', text),
    objectType: read('objectType', text),
    presentation: read('presentation', text),
    property: read('property', text),
    optional: read('optional', located => scope.boolean(located)),
    indexed: read(
      'indexed',
      located => scope.boolean(located) ?? (text(located) === 'full-text' ? 'full-text' : undefined),
    ),
  }
  const mapTo = written.entries.get('mapTo')
  const mapped = scope.text(mapTo?.value)
  const isUnclear = Object.values(keys).some(key => key.isUnknown) || (mapTo !== undefined && !mapped)
  return { ...keys, mapTo: mapped?.text ? mapped : undefined, isUnclear }
}

function normalise(keys: Keys, isPrimaryKey: boolean, around: ClassAround): Normalised | undefined {
  const { major } = around
  const { type, objectType, presentation, property, optional, indexed } = keys
  if (type.value === undefined) return undefined
  if ([objectType, presentation, property, optional].some(key => key.isUnknown)) return undefined
  const declared: DeclaredObject = {
    type: spelled(type.value, around),
    objectType: objectType.value,
    presentation: presentation.value,
    property: property.value,
    optional: optional.value,
    indexed: indexed.value,
    isPrimaryKey,
  }
  if (major !== undefined) return normaliseObject(declared, major)
  // Where the version is not known, only what all versions agree on is known.
  const [old, now] = [normaliseObject(declared, 11), normaliseObject(declared, 12)]
  return old.shape && now.shape ? now : undefined
}

/** What `validatePropertySchema` says of keys and of the kinds of their values (`packages/realm/src/schema/validate.ts`). */
function invalidKey(scope: Scope, written: Shape, entry: Entry, around: ClassAround): PropertyFault | undefined {
  const fault = (at: Entry | undefined, message: string): PropertyFault => ({
    kind: 'schema',
    at: at ? placeOf(at.value) : entry.nameAt,
    message,
  })
  const on = `' on '${around.name}'`
  for (const key of ['type', 'objectType', 'presentation', 'optional', 'property', 'indexed', 'mapTo']) {
    const one = written.entries.get(key)
    const wanted = key === 'optional' ? 'a boolean' : 'a string'
    if (!one && (key !== 'type' || !written.complete)) continue
    const value = one && scope.follow(one.value).value
    const got = value ? kindOf(value) : 'undefined'
    if (got === 'undefined' && key !== 'type') continue
    if (key === 'indexed') {
      const isText = one && scope.text(one.value)
      if (got === 'a boolean' || (isText ? isText.text === 'full-text' : got === undefined)) continue
      return fault(one, `Expected '${entry.name}.indexed${on} to be a boolean or 'full-text'.`)
    }
    if (got === undefined || got === wanted) continue
    return fault(one, `Expected '${entry.name}.${key}${on} to be ${wanted}, got ${got}`)
  }
  const others = [...written.entries.values()].filter(one => !propertyKeys.has(one.name))
  const [first] = others
  if (!first) return undefined
  const names = others.map(one => one.name).join("', '")
  return {
    kind: 'schema',
    at: first.nameAt,
    message: `Unexpected field(s) found on the schema for property '${entry.name}${on}: '${names}'.`,
  }
}

/** What `TypeAssertionError.deriveType` calls a value; undefined where only running would tell. */
export function kindOf(value: Value): string | undefined {
  switch (value.kind) {
    case 'string':
    case 'template':
      return 'a string'
    case 'number':
      return 'a number'
    case 'boolean':
      return 'a boolean'
    case 'null':
      return 'null'
    case 'undefined':
      return 'undefined'
    case 'array':
      return 'an array'
    case 'object':
      return 'an object'
    case 'function':
      return 'a function or class'
    case 'class':
      return 'a function or class'
    default:
      return undefined
  }
}
