// One life of the app: from its start to the next crash. What it still holds after that moves nothing any more.
import type { QueueUnderTest } from './queue-under-test.ts'

export interface Process {
  isAlive: boolean
  /** Absent while the app starts. */
  queue?: QueueUnderTest
  /** Who wants to know when the network comes and goes. */
  readonly listeners: Set<(online: boolean) => void>
  /** Markers of the requests that are on their way. */
  readonly wires: Set<readonly number[]>
}

export const newProcess = (isAlive: boolean): Process => ({ isAlive, listeners: new Set(), wires: new Set() })

/** A call of a dead process never ends. */
export function never<T>(): Promise<T> {
  return new Promise(() => undefined)
}
