// The versions of a store that can be compared: what was released or committed, and now.
import type { DiagramStore } from '../../../../shared/diagram.ts'
import type { Baseline, Snapshot } from '../baseline/snapshot.ts'
import type { Catalog, Store } from '../catalog/catalog.ts'

/** The id of the version that stands in the code. */
export const now = 'now'

/** The versions of a store, oldest first; the last is `now`. */
export function versionsOf(catalog: Catalog, store: Store): DiagramStore['versions'] {
  const baseline = catalog.baseline(store)
  const released = baseline?.snapshots.map(snapshot => ({
    id: versionId(snapshot),
    title: titleOf(snapshot, baseline),
  }))
  const title = store.version ? `now (version ${store.version.value})` : 'now'
  return [...(released ?? []), { id: now, title }]
}

/** The released or committed shape that an id of `versionsOf` stands for. */
export const snapshotOf = (catalog: Catalog, store: Store, id: string): Snapshot | undefined =>
  catalog.baseline(store)?.snapshots.find(snapshot => versionId(snapshot) === id)

const versionId = ({ version }: Snapshot): string => `v${version}`

/** Snapshot files say their version by themselves; what git knows is called by its name. */
function titleOf(snapshot: Snapshot, { kind, label, snapshots }: Baseline): string {
  const version = `version ${snapshot.version}`
  if (kind === 'commit') return `last commit (${label}, ${version})`
  return snapshot === snapshots.at(-1) ? `${version} (${label})` : version
}
