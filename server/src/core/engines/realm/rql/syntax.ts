// The tree of a query of the Realm Query Language. Every node knows where it stands in the query text.
import type { Span } from '../../../text/span.ts'

/** A whole query; `where` is missing where nothing could be read. */
export interface RqlQuery {
  readonly at: Span
  readonly where: RqlCondition | undefined
  readonly order: readonly RqlOrder[]
}

export type RqlCondition =
  | { readonly kind: 'and' | 'or'; readonly at: Span; readonly parts: readonly RqlCondition[] }
  | { readonly kind: 'not'; readonly at: Span; readonly of: RqlCondition }
  | { readonly kind: 'always'; readonly at: Span; readonly value: boolean }
  | RqlCompare
  | RqlBetween
  | RqlGeoWithin

/** Two values and what stands between them. */
export interface RqlCompare {
  readonly kind: 'compare'
  readonly at: Span
  readonly left: RqlValue
  readonly operator: RqlOperator
  readonly operatorAt: Span
  /** Where `[c]` stands. */
  readonly ignoreCase: Span | undefined
  readonly right: RqlValue
}

export type RqlOperator =
  | '=='
  | '!='
  | 'IN'
  | '<'
  | '<='
  | '>'
  | '>='
  | 'BEGINSWITH'
  | 'ENDSWITH'
  | 'CONTAINS'
  | 'LIKE'
  | 'TEXT'

export interface RqlBetween {
  readonly kind: 'between'
  readonly at: Span
  readonly operatorAt: Span
  readonly value: RqlValue
  readonly limits: RqlList
}

export interface RqlGeoWithin {
  readonly kind: 'geo-within'
  readonly at: Span
  readonly operatorAt: Span
  readonly value: RqlPropertyValue
  /** The argument that is the shape; undefined for a shape that is written out. */
  readonly shape: RqlArgument | undefined
}

export type RqlValue = RqlConstant | RqlArgument | RqlObject | RqlList | RqlPropertyValue | RqlSubquery | RqlOperation

export type RqlQuantifier = 'ANY' | 'ALL' | 'NONE'

/** A quantifier and where it stands. */
export interface RqlQuantified {
  readonly word: RqlQuantifier
  readonly at: Span
}

export type RqlConstantType =
  | 'integer'
  | 'float'
  | 'infinity'
  | 'nan'
  | 'string'
  | 'base64'
  | 'binary'
  | 'timestamp'
  | 'uuid'
  | 'objectId'
  | 'link'
  | 'typedLink'
  | 'bool'
  | 'null'

/** A value that is written out. */
export interface RqlConstant {
  readonly kind: 'constant'
  readonly at: Span
  readonly type: RqlConstantType
  /** As written; a string without its quotes and with its escapes, which Realm does not decode. */
  readonly text: string
}

/** `$0` */
export interface RqlArgument {
  readonly kind: 'argument'
  readonly at: Span
  readonly index: number
  readonly quantifier: RqlQuantified | undefined
}

/** `obj('Class', key)` */
export interface RqlObject {
  readonly kind: 'object'
  readonly at: Span
  readonly className: string
  readonly classAt: Span
  readonly key: RqlConstant | RqlArgument
}

/** `{1, 2}` */
export interface RqlList {
  readonly kind: 'list'
  readonly at: Span
  readonly quantifier: RqlQuantified | undefined
  readonly elements: readonly (RqlConstant | RqlArgument | RqlObject)[]
}

/** A key path, with what is asked of the value at its end. */
export interface RqlPropertyValue {
  readonly kind: 'property'
  readonly at: Span
  readonly quantifier: RqlQuantified | undefined
  readonly path: RqlPath
  /** `.@count`, `.@size` and `[SIZE]` are one. */
  readonly post: { readonly operation: 'size' | 'type'; readonly at: Span; readonly text: string } | undefined
  readonly aggregate: RqlAggregate | undefined
}

export interface RqlAggregate {
  readonly operation: '@max' | '@min' | '@sum' | '@avg'
  readonly at: Span
  /** The property of the linked objects, as in `friends.@sum.age`. */
  readonly of: RqlPathName | undefined
}

export interface RqlPath {
  readonly at: Span
  readonly elements: readonly RqlPathElement[]
}

export type RqlPathElement = RqlPathName | RqlPathIndex

/** `name`, `@links`, `@keys`, `@values` */
export interface RqlPathName {
  readonly kind: 'name'
  readonly at: Span
  /** Without the escapes of blanks. */
  readonly name: string
}

/** What stands in brackets, or a key path given as an argument (`$K0`). */
export interface RqlPathIndex {
  readonly kind: 'index'
  readonly at: Span
  readonly of:
    | { readonly type: 'number' | 'string'; readonly text: string }
    | { readonly type: 'first' | 'last' | 'all' }
    | { readonly type: 'argument' | 'path-argument'; readonly index: number }
}

export interface RqlSubquery {
  readonly kind: 'subquery'
  readonly at: Span
  readonly path: RqlPath
  readonly variable: RqlPathName
  readonly where: RqlCondition | undefined
}

export interface RqlOperation {
  readonly kind: 'operation'
  readonly at: Span
  readonly operator: '+' | '-' | '*' | '/'
  readonly left: RqlValue
  readonly right: RqlValue
}

export type RqlOrder =
  | {
      readonly kind: 'sort'
      readonly at: Span
      readonly by: readonly { readonly path: RqlPath; readonly descending: boolean }[]
    }
  | { readonly kind: 'distinct'; readonly at: Span; readonly by: readonly { readonly path: RqlPath }[] }
  | { readonly kind: 'limit'; readonly at: Span; readonly count: number }
