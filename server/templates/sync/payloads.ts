// Checks a stored payload before it is sent: it may have been written by an older release of the app.
import type { JsonObject, OutboxOp } from './types.ts'

/** What is needed of a zod schema. */
export interface PayloadSchema {
  safeParse(value: unknown): { readonly success: boolean; readonly error?: { readonly message: string } | undefined }
}

/** The schemas of an entity's payloads. A delete carries nothing that needs a check. */
export interface EntityPayloads {
  readonly create: PayloadSchema
  readonly update: PayloadSchema
}

export interface PayloadCheck {
  readonly entities: Readonly<Record<string, EntityPayloads>>
  /** Brings the payload of an older release to the form of this one. */
  readonly upgrade?: (op: OutboxOp) => JsonObject
}

/** Gives the operation as it may be sent, or says why it must not be. */
export function checkPayload(op: OutboxOp, check: PayloadCheck, schemaVersion: number): OutboxOp | string {
  const schemas = Object.hasOwn(check.entities, op.entity) ? check.entities[op.entity] : undefined
  if (schemas === undefined) return `unknown entity ${op.entity}`
  if (op.schemaVersion > schemaVersion) return `written by a newer release (${op.schemaVersion})`
  const current = op.schemaVersion < schemaVersion && check.upgrade ? { ...op, payload: check.upgrade(op) } : op
  if (op.kind === 'delete') return current
  const parsed = schemas[op.kind].safeParse(current.payload)
  return parsed.success ? current : `invalid payload: ${parsed.error?.message ?? 'refused by its schema'}`
}
