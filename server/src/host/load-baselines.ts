// Finds what each store is compared with: snapshot files, the newest release tag, or what is committed.
import type { Baseline, Snapshot } from '../core/baseline/snapshot.ts'
import type { Store } from '../core/catalog/catalog.ts'
import type { Settings } from '../core/settings.ts'
import { commitOf, newestReleaseTag } from './git.ts'
import type { Problem } from './problem.ts'
import { loadSnapshots, type SnapshotFile, snapshotFilesIn } from './snapshots.ts'
import { type PastRequest, storesAtCommit } from './stores-at-commit.ts'

/** Stores read from commits, by commit. A commit never changes, so entries stay true while engines and settings do. */
export type PastStores = Map<string, Promise<readonly Snapshot[] | undefined>>

/** What decides on the baselines. */
export interface BaselineRequest extends Omit<PastRequest, 'commit'> {
  readonly setting: Settings['baseline']
  readonly stores: readonly Store[]
  /** False in an untrusted workspace: git is not asked. */
  readonly trusted: boolean
  /** Snapshot files known from a walk; without them those directly under the root are looked for. */
  readonly snapshotFiles?: readonly string[]
  /** Kept by the caller between calls; to be emptied when engines or settings change. */
  readonly past: PastStores
}

/** Baselines by store name, and what stood in the way of others. */
export interface LoadedBaselines {
  readonly baselines: ReadonlyMap<string, Baseline>
  readonly problems: readonly Problem[]
}

/** Finds the baseline of every store that has one. Never rejects, save for an abort of the signal. */
export async function loadBaselines(request: BaselineRequest): Promise<LoadedBaselines> {
  const { setting, stores, root } = request
  const baselines = new Map<string, Baseline>()
  const problems: Problem[] = []
  if (setting === 'none') return { baselines, problems }
  if (setting === 'auto' || setting === 'snapshot') {
    const loaded = await loadSnapshots(request.snapshotFiles ?? (await snapshotFilesIn(root)))
    problems.push(...loaded.problems)
    for (const store of stores) {
      const baseline = fromSnapshots(store, loaded.snapshots, root)
      if (baseline) baselines.set(store.name, baseline)
    }
  }
  const missing = stores.filter(store => !baselines.has(store.name))
  if (setting === 'snapshot' || missing.length === 0 || !request.trusted) return { baselines, problems }

  const past = await pastOf(request)
  if (!past) {
    if (setting !== 'auto') problems.push({ file: root, message: noPast(setting) })
    return { baselines, problems }
  }
  const snapshots = await pastSnapshots(request, past.commit)
  if (!snapshots)
    problems.push({
      file: root,
      message: `Git could not list the files of ${past.label}; nothing is compared with them.`,
    })
  for (const [store, snapshot] of pairs(missing, snapshots ?? []))
    baselines.set(store.name, { kind: past.kind, label: past.label, snapshots: [snapshot] })
  return { baselines, problems }
}

/**
 * Stores and what they were in the past: of the same name, or, where exactly one of each is left over, of another name but
 * with mostly the same tables. A database file that was renamed in between is such a case.
 */
function pairs(stores: readonly Store[], past: readonly Snapshot[]): readonly (readonly [Store, Snapshot])[] {
  const named = stores.flatMap(store => {
    const snapshot = past.find(old => old.store === store.name && old.engine === store.engine)
    return snapshot ? [[store, snapshot] as const] : []
  })
  const lone = stores.filter(store => !named.some(([one]) => one === store))
  const left = past.filter(old => !named.some(([, one]) => one === old))
  const [store, snapshot] = [lone[0], left[0]]
  if (lone.length !== 1 || left.length !== 1 || !store || !snapshot || store.engine !== snapshot.engine) return named
  const names = new Set(store.entities.map(entity => entity.name.text))
  const kept = snapshot.entities.filter(entity => names.has(entity.name)).length
  return kept * 2 > snapshot.entities.length ? [...named, [store, snapshot]] : named
}

/** The baseline that the snapshot files of `store` make: one snapshot per version, lowest first. */
function fromSnapshots(store: Store, files: readonly SnapshotFile[], root: string): Baseline | undefined {
  const byVersion = new Map<number, SnapshotFile>()
  for (const found of files)
    if (found.snapshot.store === store.name && found.snapshot.engine === store.engine)
      byVersion.set(found.snapshot.version, found)
  const own = [...byVersion.values()]
  const newest = own.at(-1)
  if (!newest) return undefined
  const label = newest.file.startsWith(`${root}/`) ? newest.file.slice(root.length + 1) : newest.file
  return { kind: 'release', label, snapshots: own.map(found => found.snapshot) }
}

interface Past {
  readonly kind: Baseline['kind']
  readonly label: string
  readonly commit: string
}

async function pastOf({ setting, root }: BaselineRequest): Promise<Past | undefined> {
  if (setting.startsWith('git:')) {
    const revision = setting.slice('git:'.length)
    const commit = await commitOf(root, revision)
    const label = /^[0-9a-f]{40}$/.test(revision) ? revision.slice(0, 10) : revision
    return commit === undefined ? undefined : { kind: 'release', label, commit }
  }
  const tag = await newestReleaseTag(root)
  const tagged = tag === undefined ? undefined : await commitOf(root, `refs/tags/${tag}`)
  if (tagged !== undefined) return { kind: 'release', label: `tag ${tag}`, commit: tagged }
  const head = await commitOf(root, 'HEAD')
  return head === undefined ? undefined : { kind: 'commit', label: 'HEAD', commit: head }
}

const noPast = (setting: Settings['baseline']): string =>
  setting === 'git'
    ? 'The setting `baseline` is `git`, but git finds no commit here; nothing is compared with a release.'
    : `The setting \`baseline\` is \`${setting}\`, but git does not know that revision here; nothing is compared with a release.`

function pastSnapshots(request: BaselineRequest, commit: string): Promise<readonly Snapshot[] | undefined> {
  const key = `${request.root}\0${commit}`
  const known = request.past.get(key)
  if (known) return known
  const reading = storesAtCommit({ ...request, commit })
  request.past.set(key, reading)
  // What failed or was given up is to be tried again.
  reading.then(
    snapshots => snapshots ?? request.past.delete(key),
    () => request.past.delete(key),
  )
  return reading
}
