// The shape of a released schema: what is on users' phones. Snapshot files hold it, and git gives it by reading an old tree.
import * as z from 'zod'

const field = z.strictObject({
  name: z.string(),
  /** The engine's own word: `number`, `int?[]`, the name of a class; `unknown` where it was not known. */
  type: z.string(),
  optional: z.boolean().optional(),
  indexed: z.boolean().optional(),
  fullText: z.boolean().optional(),
  /** The entity that the field links to and, for links seen from the other side, the field there. */
  target: z.string().optional(),
  origin: z.string().optional(),
  /** The name that is stored, where it is another than the one in the code. */
  mapTo: z.string().optional(),
  /** True when new records get a value that the schema gives. */
  default: z.boolean().optional(),
})

const entity = z.strictObject({
  name: z.string(),
  complete: z.boolean(),
  primaryKey: z.string().optional(),
  embedded: z.boolean().optional(),
  asymmetric: z.boolean().optional(),
  fields: z.array(field),
})

const step = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('create-entity'), entity: z.string(), fields: z.array(field) }),
  z.strictObject({ kind: z.literal('add-fields'), entity: z.string(), fields: z.array(field) }),
  z.strictObject({ kind: z.literal('sql'), sql: z.string() }),
  z.strictObject({ kind: z.literal('unknown') }),
])

/** A snapshot file, `offline-storage/<store>/v<N>.json`. */
export const snapshotSchema = z.strictObject({
  format: z.literal('offline-storage/snapshot'),
  formatVersion: z.literal(1),
  engine: z.string(),
  store: z.string(),
  version: z.int().nonnegative(),
  /** False when some part of the schema could not be resolved when the snapshot was taken. */
  complete: z.boolean(),
  entities: z.array(entity),
  migrations: z.array(z.strictObject({ toVersion: z.int(), steps: z.array(step) })),
})

export type Snapshot = z.infer<typeof snapshotSchema>
export type SnapshotField = z.infer<typeof field>
export type SnapshotStep = z.infer<typeof step>

/** Where a baseline comes from. `release` (a snapshot or a tag) is what users have; `commit` is only what is committed. */
export interface Baseline {
  readonly kind: 'release' | 'commit'
  /** For messages: `offline-storage/app/v7.json`, `tag v2.1.0`, `HEAD`. */
  readonly label: string
  /** All known released snapshots of one store, lowest version first; the last is the newest. Never empty. */
  readonly snapshots: readonly Snapshot[]
}
