// What the WORKSPACE means, engine-blind: stores, their entities, fields and relations.
import type { Baseline, Snapshot } from '../baseline/snapshot.ts'
import type { Place } from '../text/span.ts'
import type { Blank, Mention, Relation } from './mention.ts'
import type { Terms } from './terms.ts'

/** A known text and where it is written (for a string, the span with its quotes). */
export interface Named {
  readonly text: string
  readonly at: Place
}

/** A known number and where it is written. */
export interface Numbered {
  readonly value: number
  readonly at: Place
}

/** One database as the app opens it. An engine's own store type extends this. */
export interface Store {
  readonly engine: string
  /** Unique in the workspace, stable under edits; also the name of the snapshot folder. */
  readonly name: string
  /** Where it is opened, or its schema where nothing opens it. */
  readonly at: Place
  /** The code that defines its schema, where one place does and it is not `at`. */
  readonly schemaAt?: Place | undefined
  /** The file that holds most of its schema. */
  readonly schemaFile: string | undefined
  readonly version: Numbered | undefined
  readonly entities: readonly Entity[]
  /** False when some entity could not be resolved: then absence of an entity means nothing. */
  readonly complete: boolean
  /** Versions that migrations lead to, in the order written. */
  readonly migrations: readonly { readonly toVersion: number | undefined; readonly at: Place }[]
}

/** A table (WatermelonDB, SQLite), an object type (Realm), a key group (MMKV). */
export interface Entity {
  readonly name: Named
  readonly fields: readonly Field[]
  /** False when some field could not be resolved: then absence of a field means nothing. */
  readonly complete: boolean
  /** The whole definition. */
  readonly at: Place
}

/** A column, a property, a key. `type` is undefined when it is not known. */
export interface Field {
  readonly name: Named
  readonly type: Named | undefined
  readonly optional: boolean
  readonly indexed: boolean
  /** True for the field by which records are told apart. */
  readonly isPrimary?: boolean
  /** The whole definition. */
  readonly at: Place
}

/** The type of a field as other systems know it, whatever its engine calls it. A date is what people read as a point in time. */
export type PlainType =
  | 'text'
  | 'integer'
  | 'number'
  | 'boolean'
  | 'date'
  /** A date that is stored as milliseconds since 1970. */
  | 'milliseconds'
  | 'decimal'
  | 'bytes'
  | 'id'
  | 'json'
  | { readonly list: Exclude<PlainType, object> }
  | 'unknown'

/** The workspace as answers and views see it. Everything is computed when asked and remembered until it changes. */
export interface Catalog {
  /** All files that were read. */
  files(): readonly string[]
  /** The present text of a file; undefined where there is none. */
  text(file: string): string | undefined
  stores(): readonly Store[]
  /** The engine's name as people write it. */
  engineTitle(store: Store): string
  /** What the engine calls what a store holds. */
  terms(store: Store): Terms
  /** What stands in `file` that names something of the catalog, in no order. The same list while nothing has changed. */
  mentions(file: string): readonly Mention[]
  /** Where `file` has room for a new entry, outermost first. */
  blanks(file: string): readonly Blank[]
  relations(store: Store): readonly Relation[]
  /** What becomes at run time of a value that does not fit the field; undefined where the engine has nothing to tell. */
  valueNote(store: Store, field: Field): string | undefined
  /** The type of a field as other systems know it. */
  plainType(store: Store, field: Field): PlainType
  /** True when some code stands for this entity (a model class). */
  hasModel(store: Store, entity: string): boolean
  /** What the store holds now, as a snapshot. */
  snapshot(store: Store): Snapshot | undefined
  /** What was released of it. */
  baseline(store: Store): Baseline | undefined
}
