// What is asked of a queue that is measured, and what it is given.

export interface QueuePlace {
  /** Where the queue keeps its operations: a path without extension that is its own. */
  readonly file: string
  /** The folder of the installed packages. */
  readonly packages: string
  /** Bundles of the generated layers, by the name of their target. */
  readonly layers: Readonly<Record<'expo-sqlite' | 'mmkv', string>>
}

export interface Around {
  readonly isOnline: boolean
  /** A server that answers at once; each call is one operation. */
  readonly send: () => void
}

/** A queue with its storage open. */
export interface BenchQueue {
  /** Makes the note of this number; fulfilled when its operation is stored, which is all that an app waits for. */
  enqueue(number: number): Promise<void>
  /** How many operations wait, as a badge shows it. */
  count(): number
  /** Every operation that waits, as a list of them shows it. */
  list(): Promise<number>
  close(): void
}

/** Opens the storage and gives a function that starts the queue on it: only the start is measured. */
export type QueueMaker = (place: QueuePlace, around: Around) => Promise<() => Promise<BenchQueue>>
