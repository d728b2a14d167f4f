// What the simulator needs of a queue, and what it gives the queue: the words of an adapter.

export type Kind = 'create' | 'update' | 'delete'

/**
 * An operation of the load. The payload carries a marker `m<number>` by which the simulator follows it through merges,
 * and `poison: true` when the server will always refuse it with 422.
 */
export interface LoadOp {
  readonly kind: Kind
  readonly entity: string
  readonly entityId: string
  readonly payload: Payload
}

export type Payload = Readonly<Record<string, number | boolean | string>>

export interface Request {
  readonly kind: Kind
  readonly entity: string
  readonly entityId: string
  readonly payload: Payload
  /** The idempotency key, if the queue sends one. */
  readonly key?: string
  readonly signal?: AbortSignal
}

export interface Response {
  readonly status: number
  /** Seconds. */
  readonly retryAfter?: number
}

export interface Environment {
  readonly clock: {
    now(): number
    set(delayMs: number, task: () => void): number
    clear(timer: number): void
  }
  rnd(): number
  isOnline(): boolean
  onNet(listener: (online: boolean) => void): () => void
  /** A key-value store as AsyncStorage is. A call of a process that has died never ends. */
  readonly kv: {
    get(key: string): Promise<string | undefined>
    keys(): Promise<string[]>
    set(key: string, value: string): Promise<void>
    del(key: string): Promise<void>
  }
  /** Sends with the device's token. It fails as `fetch` does, and gives every answer of the server. */
  send(request: Request): Promise<Response>
  /** Renews the device's token. */
  refresh(): Promise<boolean>
  isAlive(): boolean
  /**
   * For stores other than `kv`: runs a write to the disk, at which the process may die. It throws
   * `ProcessDied` then, and `StorageFault` when the storage refuses.
   */
  persist(write: () => void): void
  /** Throws a `StorageFault`. */
  refuse(): never
  /** Takes a moment, as storage does that works in another thread. */
  pause(): Promise<void>
  /** A thing that outlives the process, as a database file does; it is made at the first call. */
  durable<T>(name: string, make: () => T, dispose?: (thing: T) => void): T
}

export interface QueueUnderTest {
  /** Fulfilled when the operation is stored. */
  enqueue(op: LoadOp): Promise<void>
  /**
   * For a queue that stores the app's own data in the same transaction: numbers of the operations whose data is stored.
   * Such an operation counts as accepted, even when its process has died before it said so.
   */
  written?(): Promise<number[]>
  /** The payloads of what waits in the queue. */
  pending(): Payload[] | Promise<Payload[]>
  /** The payloads of what is in the dead letter. */
  dead(): Payload[] | Promise<Payload[]>
}

/** Called at each start of the process. */
export type QueueFactory = (env: Environment) => QueueUnderTest

export class ProcessDied extends Error {}

/** The storage refuses a write, as when the database is locked or the disk is full. */
export class StorageFault extends Error {}
