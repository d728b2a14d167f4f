// What the README of a layer is written from, and the part of it that each kind of layer tells of itself.
import type { LayerFile, SyncEntity, SyncPlan, SyncSchema } from '../layer.ts'

/** Everything that was known when the layer was written. */
export interface Guide {
  readonly plan: SyncPlan
  readonly schema: SyncSchema
  /** Entities that the target cannot sync, each with the reason. */
  readonly refused: readonly { readonly entity: string; readonly reason: string }[]
  /** Fields that hold bytes, as `entity.field`. */
  readonly bytes: readonly string[]
  /** All files of the layer but the README. */
  readonly files: readonly LayerFile[]
  /** The packages that it imports. */
  readonly packages: readonly string[]
  /** `offline-storage.config.json`, from the layer's folder. */
  readonly config: string
}

/** What differs between layers with an outbox and those over WatermelonDB's own `synchronize`. */
export interface GuideParts {
  /** What becomes of each decision, where a log is kept. */
  readonly audit: string
  readonly flow: string
  readonly states: { readonly title: string; readonly diagram: string; readonly note: string }
  /** When a run begins. */
  readonly runs: string
  readonly wiring: readonly string[]
  readonly server: readonly string[]
  readonly limits: readonly string[]
}

/** True for a file of the layer. */
export const hasFile = ({ files }: Guide, path: string): boolean => files.some(file => file.path === path)

/** The entity that examples are about: none has to be on the server before it. */
export const exampleEntity = ({ schema }: Guide): SyncEntity | undefined => schema.entities[0]

/** How files beside the layer's folder import it: `./sync`. */
export const importPath = ({ plan }: Guide): string => `./${plan.folder.slice(plan.folder.lastIndexOf('/') + 1)}`
