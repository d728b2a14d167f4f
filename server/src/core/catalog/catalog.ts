// What the WORKSPACE means, engine-blind: stores, their entities, fields and relations.
import type { Place } from '../text/span.ts'

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
  /** The whole definition. */
  readonly at: Place
}
