// What a generated sync layer is: the plan a person chose, the schema it is for, and the files that come of both.
import type { Entity, Field, PlainType, Store } from '../../catalog/catalog.ts'
import type { Brought } from '../../engines/contract.ts'

/** What a person chose. It is kept in `offline-storage.config.json` under `sync`, so that a later run brings the layer up to date. */
export interface SyncPlan {
  /** The store that is synced; for a queue in MMKV, the store whose records it carries, or the MMKV instance. */
  readonly store: string
  readonly target: SyncTargetId
  readonly transport: 'rest' | 'graphql'
  /** The address of the server, as the app writes it in a constant: `https://api.example.com`. */
  readonly endpoint: string
  /** The folder of the layer, from the package's root: `src/sync`. */
  readonly folder: string
  /** Entities that stay on the device. */
  readonly exclude: readonly string[]
  /** Who wins when both sides changed a record. */
  readonly conflicts: 'lww' | 'fieldMerge' | 'manual' | 'custom'
  /** Who wins when one side deleted it. */
  readonly deletes: 'deleteWins' | 'editWins' | 'ask'
  /** Keeps a line of each decision. */
  readonly audit: boolean
  /** What runs the app's tests. */
  readonly tests: 'jest' | 'mocha'
}

export type SyncTargetId = 'watermelondb' | 'realm' | 'mmkv' | 'expo-sqlite' | 'op-sqlite'

/** An entity that is synced. Names are as the store has them. */
export interface SyncEntity {
  readonly name: string
  /** As a type: `Task`. */
  readonly typeName: string
  /** As a part of an address, and as a field of GraphQL in camel case: `tasks`, `taskLists`. */
  readonly path: string
  readonly fields: readonly SyncField[]
  /** Entities that its records refer to: they must be on the server first. */
  readonly parents: readonly { readonly entity: string; readonly field: string }[]
  /** The field by which records are told apart; `id` for WatermelonDB. */
  readonly key: string
  /** True where that is a number which each device counts for itself, and the layer keeps an id beside it. */
  readonly isNumbered?: boolean
}

/** A field as it crosses the line. */
export interface SyncField {
  readonly name: string
  readonly type: PlainType
  readonly optional: boolean
  /** The entity that it refers to. */
  readonly refersTo?: string
}

/** What a layer is made for. */
export interface SyncSchema {
  readonly store: Store
  readonly version: number
  readonly entities: readonly SyncEntity[]
  /** The packages that the app's package.json names. */
  readonly packages: readonly string[]
  /** True when the app's store holds, or gets in the same change, what the target brings along. */
  readonly isTakenIn?: boolean
}

/** A file of a layer, by its path inside the layer's folder. */
export interface LayerFile {
  readonly path: string
  /** As our templates are written; it is brought into the style of the app before it is written out. */
  readonly text: string
  /** True for what follows from the schema and is written anew when that changes; the others are the app's own from then on. */
  readonly followsSchema: boolean
  /** A part that stays as it was first written, whatever becomes of the schema. */
  readonly keeps?: RegExp
}

/** One kind of layer: where the records and what waits are kept. */
export interface SyncTarget {
  readonly id: SyncTargetId
  /** The engine of the stores that it is for. */
  readonly engine: string
  readonly title: string
  /** The transports that it can use. */
  readonly transports: readonly SyncPlan['transport'][]
  /** True where it sends through the outbox, so that the files of the transport are its own as well. */
  readonly usesRemote?: boolean
  /** True for a store that it can be made for; where it does not say, the engine decides. */
  fits?(store: Store, schema: Pick<SyncSchema, 'packages'>): boolean
  /** What to say of a store of its engine that no target fits. */
  readonly unfit?: string
  /** True for an entity, or a field of one, that is the layer's own or holds nothing that could be sent. */
  skips?(entity: Entity, field?: Field): boolean
  /** Why an entity of the store cannot be synced by it; undefined where it can. */
  problem?(entity: Entity): string | undefined
  /** How it takes keys that are numbers; a target that says nothing knows of none. */
  readonly numbers?: NumberedKeys
  /** Packages that the layer imports, which the app must have. */
  packages(plan: SyncPlan, schema: SyncSchema): readonly string[]
  files(plan: SyncPlan, schema: SyncSchema): readonly LayerFile[]
  /** What the layer needs in the app's own store; `file` is a path inside the layer's folder. */
  brings?(plan: SyncPlan, schema: SyncSchema): Brought
}

/** What a target knows of keys that each device counts for itself. */
export interface NumberedKeys {
  /** True for an entity whose records have such keys. */
  has(entity: Entity): boolean
  /** True where the field holds keys of the other entity, as a foreign key of it says. */
  holdsKey(entity: Entity, field: string, other: Entity): boolean
  /** True for a field that could hold such a number, whatever it says. */
  mayHold(field: Field): boolean
}

/** How a layer with an outbox speaks with the server. Its files hold `remote.ts`, which exports `createAppRemote(options)`. */
export interface SyncTransport {
  readonly id: SyncPlan['transport']
  readonly title: string
  packages(plan: SyncPlan, schema: SyncSchema): readonly string[]
  files(plan: SyncPlan, schema: SyncSchema): readonly LayerFile[]
}
