// Since when a thing is there, by migrations and by what was released.
import type { Catalog, Store } from '../catalog/catalog.ts'
import type { NameMention } from '../catalog/mention.ts'
import type { Line } from './prose.ts'
import type { Thing } from './thing.ts'

/** The version of the migration that first adds a thing with these uses; undefined where none does. */
export function versionSince(uses: readonly NameMention[]): number | undefined {
  const versions = uses.flatMap(({ role, version }) => (role === 'adds' && version !== undefined ? version : []))
  return versions.length > 0 ? Math.min(...versions) : undefined
}

/** `, since version 2, not released yet`, as far as it is known. */
export function sinceOf(catalog: Catalog, store: Store, thing: Thing, uses: readonly NameMention[]): Line {
  const version = versionSince(uses)
  const released = isReleased(catalog, store, thing)
  return [
    ...(version === undefined ? [] : [`, since version ${version}`]),
    ...(released === undefined ? [] : [released ? ', released' : ', not released yet']),
  ]
}

/** Undefined where nothing is known to be released, or the newest release was not read completely. */
function isReleased(catalog: Catalog, store: Store, { entity, field }: Thing): boolean | undefined {
  const baseline = catalog.baseline(store)
  const newest = baseline?.kind === 'release' ? baseline.snapshots.at(-1) : undefined
  if (!newest) return undefined
  const released = newest.entities.find(one => one.name === entity)
  if (!released) return newest.complete ? false : undefined
  if (field === undefined || released.fields.some(one => one.name === field)) return true
  return released.complete ? false : undefined
}
