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
  /** Sends with the device's token. It fails as `fetch` does, and gives every answer of the server. */
  send(request: Request): Promise<Response>
  /** Renews the device's token. */
  refresh(): Promise<boolean>
  isAlive(): boolean
  /** What lies on the disk. It outlives the process, and every process of a schedule sees the same map. */
  readonly files: Map<string, string>
  /** Reads from the disk as storage does that works in another thread. A call of a process that has died never ends. */
  read<T>(get: () => T): Promise<T>
  /** Writes to the disk in the same way. The process may die at it, or the write be refused with a `StorageFault`. */
  write(change: () => void): Promise<void>
  /** A write that is done when it returns. It throws `ProcessDied` where the process dies, and `StorageFault`. */
  persist(change: () => void): void
  /** Throws a `StorageFault`. */
  refuse(): never
  /** Takes a moment. */
  pause(): Promise<void>
  /** Puts a line into the story of the schedule, which is shown when it is played alone. */
  note(text: string): void
  /** For an adapter that cannot tell what the queue is doing: the schedule fails, and says so. */
  unclear(text: string): void
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
