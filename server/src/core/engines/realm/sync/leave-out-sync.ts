// Ways from a synced realm to a local one.
import type { Entry } from '../../../catalog/scope.ts'
import type { Fix, FixContext } from '../../../rules/rule.ts'
import { removeOption } from '../openings/options.ts'
import type { Opening } from '../types.ts'

/** A configuration with `sync`. */
export interface SyncedConfig {
  readonly opening: Opening
  readonly sync: Entry
}

/** The ways, the plainest first; none where the configuration is not written as an object or as props. */
export function waysOut({ opening, sync }: SyncedConfig, context: FixContext): readonly Fix[] {
  const edit = removeOption(opening, sync, context)
  // A local realm is another file: what was synced before is not in it.
  return edit ? [{ title: 'Leave "sync" out and open a local realm', safe: false, edits: [edit] }] : []
}
