// A class of a schema as migrations compare it, of the code or of a release.
import type { PropertyShape } from '../types.ts'

/** A property as the file knows it. `name` is the one in JavaScript. */
export interface SchemaProperty {
  readonly name: string
  readonly persisted: string
  /** Undefined where it is not known. */
  readonly shape: PropertyShape | undefined
  readonly hasDefault: boolean
}

/** A class, released or present, in the same words. */
export interface SchemaClass {
  readonly name: string
  /** False when some part is not known: then absence of a property means nothing. */
  readonly isClear: boolean
  /** The persisted name of the primary key. */
  readonly key: string | undefined
  readonly embedded: boolean
  readonly asymmetric: boolean
  /** By persisted name; links seen from the other side are not stored and left out. */
  readonly properties: ReadonlyMap<string, SchemaProperty>
}
