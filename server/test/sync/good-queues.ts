// Queues with nothing wrong, each in its own way: no rule may speak of them.
import { queuesOfClasses } from './good-queues-1.ts'
import { queuesOfLibraries } from './good-queues-2.ts'

/** Small apps by what is special about them. */
export const goodQueues: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ...queuesOfClasses,
  ...queuesOfLibraries,
}
