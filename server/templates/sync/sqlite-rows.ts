// Between the rows of the sync tables and the values of the sync layer.
import type { AuditEntry, EntityRef, JsonObject, OpKind, OpState, OutboxOp, RemoteRecord } from './types.ts'

export type SqlRow = Readonly<Record<string, unknown>>

export function operationOf(row: SqlRow): OutboxOp {
  return {
    seq: Number(row['seq']),
    id: String(row['id']),
    userId: String(row['user_id']),
    entity: String(row['entity']),
    entityId: String(row['entity_id']),
    kind: row['op'] as OpKind,
    payload: JSON.parse(String(row['payload'])) as JsonObject,
    baseVersion: orNull(row['base_version'], String),
    base: jsonOf<JsonObject>(row['base']),
    dependsOn: JSON.parse(String(row['depends_on'])) as EntityRef[],
    stamp: orNull(row['stamp'], String),
    state: row['state'] as OpState,
    attempts: Number(row['attempts']),
    nextAt: Number(row['next_at']),
    sentAt: orNull(row['sent_at'], Number),
    lastError: orNull(row['last_error'], String),
    remote: jsonOf<RemoteRecord>(row['remote']),
    schemaVersion: Number(row['schema_version']),
    createdAt: Number(row['created_at']),
  }
}

export function auditEntryOf(row: SqlRow): AuditEntry {
  return {
    at: Number(row['at']),
    entity: String(row['entity']),
    entityId: String(row['entity_id']),
    strategy: String(row['strategy']),
    local: jsonOf<JsonObject>(row['local']),
    remote: jsonOf<JsonObject>(row['remote']),
    base: jsonOf<JsonObject>(row['base']),
    resolved: jsonOf<JsonObject>(row['resolved']),
    actor: String(row['actor']),
  }
}

export function textOf(value: JsonObject | RemoteRecord | null): string | null {
  return value === null ? null : JSON.stringify(value)
}

function jsonOf<T>(value: unknown): T | null {
  return orNull(value, text => JSON.parse(String(text)) as T)
}

function orNull<T>(value: unknown, convert: (value: unknown) => T): T | null {
  return value === null || value === undefined ? null : convert(value)
}
