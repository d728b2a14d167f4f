// What becomes of a value that a property cannot hold.
import type { Property } from '../types.ts'

/** What each type takes in code (`packages/realm/src/type-helpers`). */
const takes: Readonly<Record<string, string>> = {
  bool: 'a boolean',
  int: 'a whole number or a bigint',
  float: 'a number',
  double: 'a number',
  decimal128: 'a Decimal128',
  objectId: 'an ObjectId',
  string: 'a string',
  data: 'an ArrayBuffer, a typed array or a base64 string',
  date: 'a Date, or a text that is one',
  uuid: 'a UUID',
}

/** What a property takes, and that Realm throws at anything else; undefined for what is no plain value. */
export function valueNote({ shape }: Property): string | undefined {
  if (!shape || shape.kind === 'object' || shape.kind === 'linkingObjects') return undefined
  const type = shape.element ?? shape.kind
  const words = takes[type]
  if (words === undefined) return undefined
  const nothing = shape.optional ? ' or null' : ''
  return `${shape.element ? 'Each element' : 'It'} takes ${words}${nothing}: anything else throws when it is written.`
}
