// What could take the place of sync code that people wrote, or of a package that does it: a generated sync layer.
import type { Instead } from '../rules/rule.ts'
import type { SyncTargetId } from './generate/layer.ts'
import { queueId } from './prove/queue-shape.ts'
import type { CodeOfFile, Persist, QueueCode } from './types.ts'

const generatedLayer: Instead<QueueCode> = {
  title: 'Generate a sync layer instead of this queue…',
  docs: 'Where the package has a store that can be synced, a layer can be generated that does all of this: "Generate a sync layer instead of this queue…". It is written beside the queue. Let the app use it, and leave the queue in place until nothing waits in it on any phone.',
  scaffold: 'sync.generateLayer',
  answers: ({ persists }) => ({ target: persists.flatMap(({ by }) => likeTargets[by] ?? []) }),
}

const faultTests: Instead<QueueCode> = {
  title: 'Prove this queue under faults…',
  docs: 'Tests can be generated that run this very queue on a simulated phone, whose storage, network and server fail, and that say what becomes of the changes: "Prove this queue under faults…".',
  scaffold: 'sync.testQueue',
  answers: queue => ({ queue: queueId(queue) }),
}

/** What is offered for a hand-written queue with a fault. */
export const forQueues = [generatedLayer, faultTests] as const

/** For packages that give Apollo Client a queue. */
export const generatedOutbox: Instead<CodeOfFile> = {
  title: 'Generate a sync layer that sends through Apollo Client…',
  docs: 'Where the package has a store that can be synced, such an outbox can be generated: "Generate a sync layer that sends through Apollo Client…".',
  scaffold: 'sync.generateLayer',
  answers: () => ({ transport: 'graphql' }),
}

/** The targets that keep operations where the queue keeps its own, the likeliest first. */
const likeTargets: { readonly [By in Persist['by']]?: readonly SyncTargetId[] } = {
  'key-value': ['mmkv'],
  sql: ['expo-sqlite', 'op-sqlite'],
}
