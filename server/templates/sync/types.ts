// The words of the sync layer: what an operation is, and what the layer asks of the app around it.

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject
export interface JsonObject {
  readonly [key: string]: JsonValue
}

export type OpKind = 'create' | 'update' | 'delete'
/** Where an operation stands. A delivered one is removed from the outbox. */
export type OpState = 'pending' | 'inflight' | 'conflict' | 'dead'

/** One record of the app: the name of its entity and its id, which the client has made. */
export interface EntityRef {
  readonly entity: string
  readonly entityId: string
}

/** What the app hands over when it has changed a record. */
export interface NewOperation extends EntityRef {
  readonly kind: OpKind
  /** The whole record for a create, only the changed fields for an update. */
  readonly payload: JsonObject
  /** The server's version of the record that was edited; it is sent as `If-Match`. */
  readonly baseVersion?: string | null
  /** The record as it was before the first unsent edit; the field merge needs it. */
  readonly base?: JsonObject | null
  /** Records that must be on the server first, as the parent of a child. */
  readonly dependsOn?: readonly EntityRef[]
  /** The hybrid logical clock's time of the edit; last-write-wins compares it. */
  readonly stamp?: string | null
}

/**
 * The app's own change, made in the transaction that stores its operation. It may give back what only the transaction
 * can tell: what the edit is based on, the record as it was stored.
 */
export type LocalWrite<Tx> = ((tx: Tx) => Promise<void>) | ((tx: Tx) => Promise<Written>)

/** What the transaction tells about an operation; it takes the place of what was handed over. */
export type Written = Partial<Omit<NewOperation, 'kind' | keyof EntityRef>>

/**
 * Makes changes of the app's own data and gives the operations that belong to them, in the order in which they must
 * reach the server. `room` says how many the outbox takes.
 */
export type Gather<Tx> = (tx: Tx, room: number) => Promise<readonly NewOperation[]>

/** An operation as the outbox keeps it. */
export interface OutboxOp extends EntityRef {
  /** Its place in the queue. */
  readonly seq: number
  /** Made once when it was enqueued, and sent as `Idempotency-Key` with each attempt. */
  readonly id: string
  readonly userId: string
  readonly kind: OpKind
  readonly payload: JsonObject
  readonly baseVersion: string | null
  readonly base: JsonObject | null
  readonly dependsOn: readonly EntityRef[]
  readonly stamp: string | null
  readonly state: OpState
  /** Attempts that count for the backoff. Being offline or signed out does not count. */
  readonly attempts: number
  /** Not to be sent before this time, in milliseconds since 1970. */
  readonly nextAt: number
  /** When it was first claimed for sending; null means that the server cannot know it. */
  readonly sentAt: number | null
  readonly lastError: string | null
  /** The server's record, kept while a conflict waits for a decision. */
  readonly remote: RemoteRecord | null
  readonly schemaVersion: number
  readonly createdAt: number
}

/** A record as the server has it now. */
export interface RemoteRecord {
  readonly values: JsonObject
  readonly version: string | null
  readonly stamp: string | null
}

/** What the server answered to an operation that it has applied. */
export interface SendResult {
  /** The record's new version; the next operation on the record is based on it. */
  readonly version?: string | null
  /** The record as the server stored it, if it sends it back. */
  readonly values?: JsonObject
}

/** How operations reach the server. */
export interface Transport {
  /**
   * Sends one operation with its id as idempotency key. It must throw a `TransportError` for an answer that is not a
   * success; anything else it throws is taken for a network failure.
   */
  send(op: OutboxOp, signal: AbortSignal): Promise<SendResult>
  /** Reads the record that an operation is in conflict with; null when the server has deleted it. */
  fetchRemote(ref: EntityRef, signal: AbortSignal): Promise<RemoteRecord | null>
  /** Fetches and stores what is new on the server, with a time limit of its own. It runs before anything is sent. */
  pull?(signal: AbortSignal): Promise<void>
}

/** Time and timers, injected so that tests can drive them. */
export interface Clock {
  now(): number
  /** Runs `task` once after `delayMs`; the returned function cancels it. */
  after(delayMs: number, task: () => void): () => void
}

export interface Network {
  isOnline(): boolean
  subscribe(listener: (online: boolean) => void): () => void
}

export interface Auth {
  /** Whose token requests carry now; null when nobody is signed in. */
  userId(): string | null
  /** Gets a new token. False means that the user must sign in again; it throws when the network fails. */
  refresh(signal: AbortSignal): Promise<boolean>
  onSignIn?(listener: () => void): () => void
}

/** Everything that a conflict can be decided from. */
export interface ConflictContext {
  readonly op: OutboxOp
  readonly base: JsonObject | null
  /** The changed fields; null when the record was deleted here. */
  readonly local: JsonObject | null
  /** Null when the record was deleted on the server. */
  readonly remote: RemoteRecord | null
}

/** A decision: send ours over theirs, take theirs, send a mixture, or ask a person. */
export type Resolution =
  | { readonly choice: 'local' }
  | { readonly choice: 'remote' }
  | { readonly choice: 'merged'; readonly values: JsonObject }
  | { readonly choice: 'ask' }

/** One line of the audit log. */
export interface AuditEntry extends EntityRef {
  readonly at: number
  readonly strategy: string
  readonly local: JsonObject | null
  readonly remote: JsonObject | null
  readonly base: JsonObject | null
  readonly resolved: JsonObject | null
  readonly actor: string
}

/**
 * The app's own data, told what the server answered. Each may be called again after a crash, so it must be safe to
 * repeat.
 */
export interface LocalData {
  /** The server has applied the operation. */
  delivered?(op: OutboxOp, result: SendResult): Promise<void>
  /** A conflict is settled: the record must now hold `values`, or be deleted when they are null. */
  settled?(op: OutboxOp, values: JsonObject | null, version: string | null): Promise<void>
  /** A failed operation is given up: the record is to be what the server says. */
  discarded?(op: OutboxOp): Promise<void>
}

export interface SyncLimits {
  /** The outbox refuses more operations than this; those in the dead letter count, as they take the same room. */
  readonly maxOps: number
  /** An operation older than this, in milliseconds, goes to the dead letter instead of being tried again. */
  readonly maxAgeMs: number
  /** So many operations are sent in one run; the next one pulls first. One at a time is on its way. */
  readonly batchSize: number
  /** A request is given up after so many milliseconds. */
  readonly requestTimeoutMs: number
  readonly backoffBaseMs: number
  readonly backoffCapMs: number
}

export const defaultLimits: SyncLimits = {
  maxOps: 10_000,
  maxAgeMs: 30 * 24 * 60 * 60 * 1000,
  batchSize: 100,
  requestTimeoutMs: 30_000,
  backoffBaseMs: 1000,
  backoffCapMs: 5 * 60 * 1000,
}
