// What the checker of queries must know of a realm's classes. What is unknown is never judged.

/** The classes of one realm. */
export interface RqlWorld {
  /** The class of this name; undefined where it is not known. */
  classOf(name: string): RqlClass | undefined
  /** The names of all known classes. */
  readonly classNames: readonly string[]
  /** True when the realm has no other class than these. */
  readonly complete: boolean
  /**
   * The version of realm-core that runs the query: 13 in realm 12.0 to 12.6, 14 from realm 12.7 on (12.7 came with core
   * 14.5, realm 20 with core 20, whose queries are those of 14). Without it only what both reject is a problem.
   */
  readonly core?: 13 | 14
}

/** A class of a schema. */
export interface RqlClass {
  readonly name: string
  readonly properties: readonly RqlProperty[]
  /** True when the class has no other property than these. */
  readonly complete: boolean
}

/** The types of values, as a schema spells them. */
export type RqlPropertyType =
  | 'int'
  | 'bool'
  | 'float'
  | 'double'
  | 'string'
  | 'data'
  | 'date'
  | 'objectId'
  | 'decimal128'
  | 'uuid'
  | 'mixed'
  /** A link, embedded objects included. */
  | 'object'
  | 'linkingObjects'
  | 'unknown'

export interface RqlProperty {
  readonly name: string
  /** The persisted name, where it is another: a query takes both. */
  readonly mappedTo?: string
  /** Of a collection, the type of its elements. */
  readonly type: RqlPropertyType
  readonly collection?: 'list' | 'set' | 'dictionary'
  /** The class that a link leads to, and that linking objects come from. */
  readonly objectType?: string
  /** Of linking objects: the property of that class which links here. */
  readonly origin?: string
  readonly optional: boolean
  readonly isPrimary?: boolean
  readonly isFullText?: boolean
}

/** What is given for `$0`, `$1`, …; whatever is not known is left out. */
export interface RqlArguments {
  /** How many there are. Undefined where a spread or a variable hides it. */
  readonly count?: number
  readonly values?: readonly (RqlArgumentValue | undefined)[]
}

/** What is known of one argument. */
export type RqlArgumentValue =
  | { readonly type: 'string'; readonly value?: string }
  | { readonly type: 'number' | 'bool' | 'null' | 'date' | 'data' | 'objectId' | 'uuid' | 'decimal128' | 'list' }

/** The property that a query means by a name: by its name in JavaScript or by its persisted one. */
export function propertyCalled(one: RqlClass, name: string): RqlProperty | undefined {
  const persisted = (property: RqlProperty) => property.type !== 'linkingObjects' && property.mappedTo === name
  return one.properties.find(property => property.name === name) ?? one.properties.find(persisted)
}
