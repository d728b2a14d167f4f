// What the outbox asks of the storage below it. MMKV, SQLite and Realm each have one such store.
import type { AuditEntry, EntityRef, OpState, OutboxOp } from './types.ts'

export type Counts = Readonly<Record<OpState, number>>

/** An operation that has no place in the queue yet. */
export type UnplacedOp = Omit<OutboxOp, 'seq'>

/** Changes that belong together: kept all or none where the store can. */
export interface Commit {
  /** Operations in their new form. One that is no longer stored is passed over, so that a wiped one stays wiped. */
  readonly put?: readonly OutboxOp[]
  readonly remove?: readonly OutboxOp[]
  readonly audit?: AuditEntry | undefined
}

export interface OutboxRows {
  /** Stores an operation at the end of the queue. */
  insert(op: UnplacedOp): Promise<OutboxOp>
  commit(changes: Commit): Promise<void>
  /**
   * Marks the next operation that may be sent as inflight and gives it. An operation may be sent when its time has
   * come and no earlier unfinished operation of its record, or of a record that it depends on, stands before it. A dead
   * create counts as unfinished: what follows it could only fail.
   */
  claim(now: number): Promise<OutboxOp | null>
  /** The earliest time at which an operation that nothing stands before may be sent; null when there is none. */
  nextAt(): Promise<number | null>
  find(id: string): Promise<OutboxOp | null>
  inState(state: OpState): Promise<readonly OutboxOp[]>
  /** The unfinished operations of a record (dead ones are finished), oldest first. */
  unfinished(ref: EntityRef): Promise<readonly OutboxOp[]>
  /** The unfinished operations that depend on a record, oldest first. */
  dependants(ref: EntityRef): Promise<readonly OutboxOp[]>
  counts(): Promise<Counts>
}

/** `Tx` is the handle by which the app writes its own data in the same transaction; void where a store has none. */
export interface OutboxStore<Tx = void> extends OutboxRows {
  /** Prepares the store and makes every inflight operation pending again: a crash has cut it off. */
  open(): Promise<void>
  /** Keeps all that `work` writes, or nothing where the store has transactions. */
  transaction<T>(work: (rows: OutboxRows, tx: Tx) => Promise<T>): Promise<T>
  audit(limit: number): Promise<readonly AuditEntry[]>
  /** Removes everything of this user. */
  wipe(): Promise<void>
}
