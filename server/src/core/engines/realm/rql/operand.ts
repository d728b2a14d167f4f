// What a value of a query is, as Realm sees it before it compares.
import type { RqlQuantifier } from './syntax.ts'
import type { RqlProperty, RqlPropertyType } from './world.ts'

export type OperandType =
  | Exclude<RqlPropertyType, 'object' | 'linkingObjects' | 'unknown'>
  | 'link'
  | 'typedLink'
  /** What `.@type` gives. */
  | 'typeName'
  | 'null'

/** A value with a known type; an undefined operand is one that nothing is known of. */
export interface Operand {
  readonly type: OperandType
  /**
   * `constant`: written out; `column`: a property that is no collection; `collection`: a list, set or dictionary of
   * values; `link`: what ends in an object or in objects; `typeConstant`: the type of what is not mixed; else `computed`.
   */
  readonly shape: 'constant' | 'constants' | 'column' | 'collection' | 'link' | 'typeConstant' | 'computed'
  /** True when it can be more than one value; undefined where that is not known. */
  readonly multiple: boolean | undefined
  /** Of a column: whether it is reached over links. */
  readonly overLinks: boolean
  /** Of a link: the class it leads to. */
  readonly target?: string
  /** True of linking objects. */
  readonly isBacklink?: boolean
  readonly quantifier?: RqlQuantifier
  /** The property it ends in. */
  readonly property?: RqlProperty
  /** True of `obj(…)`, which is null where there is no such object. */
  readonly isMaybeNull?: boolean
  /** The text of a constant string. */
  readonly text?: string
  /** True of keys in a dictionary and in mixed values. */
  readonly hasPath?: boolean
}

/** A constant of a type. */
export const constantOf = (type: OperandType, text?: string): Operand => ({
  type,
  shape: 'constant',
  multiple: false,
  overLinks: false,
  ...(text === undefined ? {} : { text }),
})

/** A value that is worked out of others. */
export const computed = (type: OperandType, multiple: boolean | undefined = false): Operand => ({
  type,
  shape: 'computed',
  multiple,
  overLinks: false,
})

/** True for what can be summed. */
export const isNumeric = (type: OperandType): boolean =>
  type === 'int' || type === 'float' || type === 'double' || type === 'decimal128' || type === 'mixed'

/** True when Realm compares values of the two types; `core` 13 takes strings for data, too. */
export function areComparable(left: OperandType, right: OperandType, core: 13 | 14): boolean {
  if (left === right || left === 'mixed' || right === 'mixed') return true
  if (isNumeric(left) && isNumeric(right)) return true
  const texts = [left, right].sort().join()
  return core === 13 && texts === 'data,string'
}

/** How Realm calls a type in its messages. */
export const typeNames: Readonly<Record<OperandType, string>> = {
  int: 'int',
  bool: 'bool',
  float: 'float',
  double: 'double',
  string: 'string',
  data: 'binary',
  date: 'timestamp',
  objectId: 'objectId',
  decimal128: 'decimal128',
  uuid: 'uuid',
  mixed: 'mixed',
  link: 'link',
  typedLink: 'link',
  typeName: '@type',
  null: 'null',
}
