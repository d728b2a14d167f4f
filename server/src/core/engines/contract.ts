// What the house asks of an engine. An engine is one folder; the house never knows which one it talks to.
import type { Snapshot } from '../baseline/snapshot.ts'
import type { Store } from '../catalog/catalog.ts'
import type { Scope } from '../catalog/scope.ts'

/** A database library that the house can read, check and mend. */
export interface Engine {
  readonly id: string
  readonly title: string
  /** The npm packages it is known by; a setting may add forks. */
  readonly packages: readonly string[]
  /** A quick look at a text: false means that it cannot concern this engine, and the file is never parsed. */
  mentions(text: string): boolean
  /** Begins to watch a scope. Everything it returns is lazy and reactive (see `catalog/scope.ts`). */
  link(scope: Scope): EngineLink
}

/** The living result of linking one engine. */
export interface EngineLink {
  stores(): readonly Store[]
  /** What rules are asked about. Objects keep their identity while what they stand for is unchanged. */
  subjects(): readonly Subject[]
  /** A store as a snapshot; undefined where its version is unknown. */
  snapshot(store: Store): Snapshot | undefined
}

/** Something that rules of a kind are asked about; `of` is what `Rule.check` is given. */
export interface Subject {
  readonly kind: string
  readonly of: object
  /** False once what it stands for is gone; it is not asked about then. */
  isAlive?(): boolean
}
