// Between the objects of the sync classes and the values of the sync layer.
import type { AuditEntry, EntityRef, JsonObject, OpKind, OpState, OutboxOp, RemoteRecord } from '../sync/types.ts'
import type { RealmRow } from './realm-types.ts'

export function operationOf(row: RealmRow): OutboxOp {
  return {
    seq: Number(row['seq']),
    id: String(row['id']),
    userId: String(row['userId']),
    entity: String(row['entity']),
    entityId: String(row['entityId']),
    kind: row['kind'] as OpKind,
    payload: JSON.parse(String(row['payload'])) as JsonObject,
    baseVersion: row['baseVersion'] as string | null,
    base: jsonOf<JsonObject>(row['base']),
    dependsOn: dependsOn(row),
    stamp: row['stamp'] as string | null,
    state: row['state'] as OpState,
    attempts: Number(row['attempts']),
    nextAt: Number(row['nextAt']),
    sentAt: row['sentAt'] === null ? null : Number(row['sentAt']),
    lastError: row['lastError'] as string | null,
    remote: jsonOf<RemoteRecord>(row['remote']),
    schemaVersion: Number(row['schemaVersion']),
    createdAt: Number(row['createdAt']),
  }
}

export function rowOf(op: OutboxOp): RealmRow {
  return {
    ...op,
    payload: JSON.stringify(op.payload),
    base: textOf(op.base),
    dependsOn: JSON.stringify(op.dependsOn),
    remote: textOf(op.remote),
  }
}

export function dependsOn(row: RealmRow): EntityRef[] {
  return JSON.parse(String(row['dependsOn'])) as EntityRef[]
}

export function auditEntryOf(row: RealmRow): AuditEntry {
  return {
    at: Number(row['at']),
    entity: String(row['entity']),
    entityId: String(row['entityId']),
    strategy: String(row['strategy']),
    local: jsonOf(row['local']),
    remote: jsonOf(row['remote']),
    base: jsonOf(row['base']),
    resolved: jsonOf(row['resolved']),
    actor: String(row['actor']),
  }
}

export function auditRowOf(entry: AuditEntry, userId: string, seq: number): RealmRow {
  return {
    ...entry,
    userId,
    seq,
    local: textOf(entry.local),
    remote: textOf(entry.remote),
    base: textOf(entry.base),
    resolved: textOf(entry.resolved),
  }
}

export function textOf(value: JsonObject | RemoteRecord | null): string | null {
  return value === null ? null : JSON.stringify(value)
}

export function jsonOf<T>(value: unknown): T | null {
  return typeof value === 'string' ? (JSON.parse(value) as T) : null
}
