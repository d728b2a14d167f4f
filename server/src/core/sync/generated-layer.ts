// What could take the place of sync code that people wrote, or of a package that does it: a generated sync layer.
import type { Instead } from '../rules/rule.ts'
import type { SyncTargetId } from './generate/layer.ts'
import type { CodeOfFile, Persist, QueueCode } from './types.ts'

export const generatedLayer: Instead<QueueCode> = {
  title: 'Generate a sync layer instead of this queue…',
  docs: 'Where the package has a store that can be synced, a layer can be generated that does all of this: "Generate a sync layer instead of this queue…". It is written beside the queue. Let the app use it, and leave the queue in place until nothing waits in it on any phone.',
  scaffold: 'sync.generateLayer',
  answers: ({ persists }) => ({ target: persists.flatMap(({ by }) => likeTargets[by] ?? []) }),
}

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
