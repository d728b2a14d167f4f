// Ways from a synced realm to a local one.
import type { Entry } from '../../../catalog/scope.ts'
import type { Fix, FixContext } from '../../../rules/rule.ts'
import { removeOption } from '../openings/options.ts'
import type { Opening, RealmStore } from '../types.ts'
import { subscribedClasses } from './subscribed-classes.ts'

/** A configuration with `sync`. */
export interface SyncedConfig {
  readonly opening: Opening
  readonly sync: Entry
  readonly store: RealmStore
}

/** The ways, the plainest first; only the last where the configuration is not written as an object or as props. */
export function waysOut({ opening, sync, store }: SyncedConfig, context: FixContext): readonly Fix[] {
  const edit = removeOption(opening, sync, context)
  const ownSync: Fix = {
    title: 'Generate a sync layer with a server of your own',
    safe: false,
    edits: [],
    scaffold: { id: 'sync.generateLayer', answers: answersFor(store) },
  }
  // A local realm is another file: what was synced before is not in it.
  return edit ? [{ title: 'Leave "sync" out and open a local realm', safe: false, edits: [edit] }, ownSync] : [ownSync]
}

/** What was subscribed to is what the layer pulls; where nothing is, that is left to the person. */
function answersFor(store: RealmStore): Record<string, string | readonly string[]> {
  const wanted = subscribedClasses(store)
  const answers = { store: store.name, target: 'realm' }
  if (wanted.size === 0) return answers
  const exclude = store.classes.filter(one => one.primaryKey && !wanted.has(one.name.text)).map(one => one.name.text)
  return { ...answers, exclude }
}
