// The words of the sync layer: what crosses the line, and what the layer asks of the app around it.

import type { JsonObject } from '../sync/types.ts'

/** A record by its columns, as WatermelonDB stores it, without its own marks `_status` and `_changed`. */
export interface Row {
  readonly id: string
  readonly [column: string]: string | number | boolean | null
}

export interface TableChanges<Record = Row> {
  readonly created: readonly Record[]
  readonly updated: readonly Record[]
  readonly deleted: readonly string[]
}

export type Changes<Record = Row> = Readonly<{ [table: string]: TableChanges<Record> }>

/** What a migration has added since the last pull: the server sends these anew, however old they are. */
export interface MigrationChanges {
  readonly from: number
  readonly tables: readonly string[]
  readonly columns: readonly { readonly table: string; readonly columns: readonly string[] }[]
}

export interface PullRequest {
  /** The server's time of the last pull; null before the first. */
  readonly lastPulledAt: number | null
  readonly schemaVersion: number
  readonly migration: MigrationChanges | null
}

export interface PushRequest {
  /** The same for each attempt to send the same changes. */
  readonly key: string
  readonly lastPulledAt: number
  readonly changes: Changes<JsonObject>
}

/** How changes reach the server and come back. What comes back is checked by the layer. */
export interface SyncTransport {
  /** It must throw a `TransportError` for an answer that is not a success; anything else is taken for a network failure. */
  pull(request: PullRequest, signal: AbortSignal): Promise<unknown>
  push(request: PushRequest, signal: AbortSignal): Promise<unknown>
}

export interface SyncLimits {
  /** So many records are sent in one request; the others follow in the next. */
  readonly maxPushRecords: number
  readonly requestTimeoutMs: number
  /** A write is followed by a run after so many milliseconds without another one. */
  readonly writeDelayMs: number
  /** So long after a run the server is asked again for news. */
  readonly pollMs: number
  readonly backoffBaseMs: number
  readonly backoffCapMs: number
}

export const defaultLimits: SyncLimits = {
  maxPushRecords: 500,
  requestTimeoutMs: 30_000,
  writeDelayMs: 1000,
  pollMs: 10 * 60 * 1000,
  backoffBaseMs: 1000,
  backoffCapMs: 5 * 60 * 1000,
}
