// Types of other languages and libraries, as Realm spells them.
import { valueTypes } from './normalize.ts'

const spellings: Readonly<Record<string, string>> = {
  number: 'double',
  integer: 'int',
  long: 'int',
  bigint: 'int',
  boolean: 'bool',
  text: 'string',
  str: 'string',
  datetime: 'date',
  timestamp: 'date',
  decimal: 'decimal128',
  binary: 'data',
  blob: 'data',
  buffer: 'data',
  arraybuffer: 'data',
  any: 'mixed',
  guid: 'uuid',
  array: 'list',
  map: 'dictionary',
}

const byLowerCase = new Map([...valueTypes, 'list', 'set', 'dictionary'].map(type => [type.toLowerCase(), type]))

/** The type of Realm that a word means which is none: `int` for `Int`, `bool` for `boolean`. */
export function typeLike(word: string): string | undefined {
  const lower = word.trim().toLowerCase()
  const found = byLowerCase.get(lower) ?? (Object.hasOwn(spellings, lower) ? spellings[lower] : undefined)
  return found === word ? undefined : found
}
