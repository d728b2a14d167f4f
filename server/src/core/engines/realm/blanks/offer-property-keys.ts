// What may be written into the object form of a property: the keys that it lacks.
import type { Offer } from '../../../catalog/mention.ts'
import { choice } from '../../../write/snippet.ts'
import { quoted, type Style } from '../../../write/style.ts'
import { valueTypes } from '../schema/normalize.ts'
import type { Property, RealmClass } from '../types.ts'
import type { BlankSources } from './blank-sources.ts'
import { homesOf } from './homes.ts'

const collections: ReadonlySet<string> = new Set(['list', 'set', 'dictionary'])
/** Types that can be indexed (`property.hpp` of realm-core, `type_is_indexable`). */
const indexable: ReadonlySet<string> = new Set(['int', 'bool', 'date', 'string', 'objectId', 'uuid', 'mixed'])

/** The keys that suit the type of a property and are not there. */
export function offerPropertyKeys(
  sources: BlankSources,
  one: RealmClass,
  { entries, name }: Property,
  style: Style,
): readonly Offer[] {
  const typed = entries.get('type')
  const type = typed && sources.scope.text(typed.value)?.text
  const targets = homesOf(sources, one).flatMap(store => store.classNames())
  const isLink = type === 'object' || type === 'linkingObjects'
  const isKey = one.primaryKey?.text === name.text
  const offer = (label: string, value: string, detail: string): readonly Offer[] =>
    entries.has(label) ? [] : [{ label, snippet: `${label}: ${value}`, detail }]
  if (type === undefined)
    return offer('type', quoted(choice(1, [...valueTypes, 'list', 'object', 'linkingObjects']), style), 'what it holds')
  const elements = isLink ? targets : [...valueTypes, ...targets]
  return [
    ...(isLink || collections.has(type)
      ? offer(
          'objectType',
          quoted(elements.length > 0 ? choice(1, [...new Set(elements)]) : '$1', style),
          'what it links to or holds',
        )
      : []),
    ...(type === 'linkingObjects' ? offer('property', quoted('$1', style), 'the property that links here') : []),
    ...(!isLink && !isKey ? offer('optional', 'true', 'may be null') : []),
    ...(!isLink && !collections.has(type) ? offer('default', defaults(type, style), 'the value of new objects') : []),
    ...(indexable.has(type) && !isKey ? offer('indexed', 'true', 'for properties that queries filter by') : []),
    ...(type !== 'linkingObjects' && !isKey
      ? offer('mapTo', quoted('$1', style), 'the name that it has in the file')
      : []),
  ]
}

/** A value, or a function that makes one for each object. */
function defaults(type: string, style: Style): string {
  switch (type) {
    case 'string':
      return quoted('$1', style)
    case 'bool':
      return choice(1, ['false', 'true'])
    case 'date':
      return '() => new Date()'
    case 'objectId':
      return `() => new ${choice(1, ['Realm.BSON.ObjectId'])}()`
    case 'uuid':
      return `() => new ${choice(1, ['Realm.BSON.UUID'])}()`
    case 'int':
    case 'float':
    case 'double':
      return choice(1, ['0'])
    default:
      return '$1'
  }
}
