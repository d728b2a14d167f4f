// The keys of classes and of properties (`packages/realm/src/schema/validate.ts` of realm-js 12 to 20), and how people misspell them.
import { closest } from '../../../text/similar.ts'

/** The keys of a class. */
export const classKeys: ReadonlySet<string> = new Set([
  'name',
  'primaryKey',
  'embedded',
  'asymmetric',
  'properties',
  'ctor',
])

/** The keys of a property in object form. */
export const propertyKeys: ReadonlySet<string> = new Set([
  'type',
  'objectType',
  'presentation',
  'property',
  'default',
  'optional',
  'indexed',
  'mapTo',
  'name',
])

const otherWords: Readonly<Record<string, string>> = {
  nullable: 'optional',
  isOptional: 'optional',
  isNullable: 'optional',
  index: 'indexed',
  isIndexed: 'indexed',
  defaultValue: 'default',
  columnName: 'mapTo',
  alias: 'mapTo',
  linkType: 'objectType',
  elementType: 'objectType',
  isEmbedded: 'embedded',
  props: 'properties',
  fields: 'properties',
  columns: 'properties',
}

type Given = ReadonlyMap<string, unknown>

/** The key of a class that `word` was most likely meant to be, unless that is given already. */
export const meantClassKey = (word: string, given: Given): string | undefined => meant(word, classKeys, given)

/** The key of a property that `word` was most likely meant to be, unless that is given already. */
export const meantPropertyKey = (word: string, given: Given): string | undefined => meant(word, propertyKeys, given)

function meant(word: string, keys: ReadonlySet<string>, given: Given): string | undefined {
  const other = Object.hasOwn(otherWords, word) ? otherWords[word] : undefined
  const found = other !== undefined && keys.has(other) ? other : closest(word, keys)
  return found === undefined || given.has(found) ? undefined : found
}
