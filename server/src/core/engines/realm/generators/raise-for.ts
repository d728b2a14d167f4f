// The version that a change of a released class needs: phones with the old shape open the realm only with a higher one.
import { findEntity } from '../../../baseline/find-entity.ts'
import type { FixContext } from '../../../rules/rule.ts'
import type { Edit } from '../../../text/edit.ts'
import { giveMigration, migrationHome } from '../migrations/migration-home.ts'
import { raiseVersion } from '../migrations/raise-version.ts'
import { isMigrated } from '../migrations/upgrade-of.ts'
import type { RealmStore } from '../types.ts'

/** The edits that raise the version, and what to tell of them. */
export interface Raised {
  readonly edits: readonly Edit[]
  readonly note: string
  /** True where it must be raised and only a person can do it. */
  readonly isLeft: boolean
  /** The new version, where it is raised. */
  readonly version?: number
}

const none = (note: string): Raised => ({ edits: [], note, isLeft: false })
const byHand: Raised = {
  edits: [],
  note: 'Raise "schemaVersion" if this version is released: it cannot be raised here.',
  isLeft: true,
}
const emptyPlan = { classes: [], deleted: [], resolvesEmbedded: false, open: [], needsBump: true }

/**
 * Raises the version for a change of classes, where a release has one of them and the version is still the released one.
 * Where no release is known, every version may be one.
 */
export function raiseFor(store: RealmStore, names: readonly string[], context: FixContext): Raised {
  const { baseline, version } = store
  if (store.isSync || store.inMemory) return none('')
  if (!isMigrated(store)) return none('')
  if (!version) return byHand
  const released = baseline?.snapshots.at(-1)
  if (released && names.every(name => !findEntity(released, name))) return none('')
  if (released && version.value > released.version) return none(`Version ${version.value} brings it to phones.`)
  if (released && version.value < released.version) return byHand
  const to = version.value + 1
  const raised = raiseVersion(store, to, context)
  const home = raised?.length === 0 ? migrationHome(store, context) : undefined
  const given = home && giveMigration(store, home, emptyPlan, to, true, context)
  const edits = raised && [...raised, ...(given ?? [])]
  return edits && edits.length > 0
    ? { edits, note: `Raised "schemaVersion" to ${to}.`, isLeft: false, version: to }
    : byHand
}
