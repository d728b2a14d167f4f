// Pairs openings: which of them open one realm file of the app.

import { inBlocks } from '../../../catalog/long-lists.ts'
import type { Located, Scope } from '../../../catalog/scope.ts'
import { isTestFile } from '../../../catalog/test-file.ts'
import type { Library } from '../imports.ts'
import type { SiteReader } from '../sites.ts'
import type { Opening, Site } from '../types.ts'
import { contextOf, isGiven, kindOfOpening, readOpening } from './read-opening.ts'

/** An opening by its file and its rank among the openings there: steady while other things are edited. */
export interface OpeningRef {
  readonly file: string
  readonly index: number
}

/** The openings of one realm file. `key` names it for as long as the first of them stays in its place. */
export interface Group {
  readonly key: string
  readonly openings: readonly OpeningRef[]
}

/** The uses of the library in a file that open realms. */
export const openingSites = (reader: SiteReader, file: string): readonly Site[] =>
  reader.sites(file).filter(site => kindOfOpening(site) !== undefined)

/** The files that open realms; those of tests are not the app's. */
export function createOpeningFiles(scope: Scope, reader: SiteReader): () => readonly string[] {
  const filesOf = inBlocks((files: readonly string[]) =>
    files.filter(file => !isTestFile(scope, file) && openingSites(reader, file).length > 0),
  )
  return () => filesOf(scope.files())
}

interface Placed {
  readonly ref: OpeningRef
  readonly opening: Opening
}

/**
 * Groups the openings of `files` by the project and the path that they open. What has a path that is not known, or syncs
 * under a path that the server gives, is grouped by where its path or its configuration is written. Realms in memory
 * are apart from those on disk.
 */
export function groupOpenings(
  scope: Scope,
  library: Library,
  reader: SiteReader,
  files: readonly string[],
): readonly Group[] {
  const placed = files.flatMap(file =>
    openingSites(reader, file).flatMap((site, index): Placed[] => {
      const opening = readOpening(scope, library, site)
      return opening ? [{ ref: { file, index }, opening }] : []
    }),
  )
  const providers = new Map<string, Placed>()
  for (const one of placed) {
    const context = contextOf(scope, library, one.opening.value)
    if (context && !providers.has(placeKey(context))) providers.set(placeKey(context), one)
  }
  const groups = new Map<string, Placed[]>()
  const put = (key: string, one: Placed) => {
    const group = groups.get(key)
    if (group) group.push(one)
    else groups.set(key, [one])
  }
  for (const one of placed) {
    const { opening } = one
    if (opening.kind === 'other' || isExisting(opening)) continue
    // A context opens nothing by itself: it belongs to what its first provider opens.
    const opener = opening.kind === 'context' ? (providers.get(placeKey(opening.value)) ?? one) : one
    put(keyOf(scope, opener), one)
  }
  for (const one of placed) {
    const key = one.opening.kind === 'other' ? keyOf(scope, one) : undefined
    if (key !== undefined && groups.has(key)) put(key, one)
  }
  return [...groups.values()].filter(isWorthwhile).map(group => ({
    key: refKey(group[0]!.ref),
    openings: group.map(one => one.ref),
  }))
}

const refKey = ({ file, index }: OpeningRef): string => `${file}#${index}`

const placeKey = ({ value, file }: Located): string => `${file}:${value.at.start}`

/** `<RealmProvider realm={realm}>` hands on what is open already. */
const isExisting = ({ kind, entries }: Opening): boolean =>
  kind === 'provider' && entries.has('realm') && !entries.has('schema') && !entries.has('path')

/** Openings of which nothing is given say nothing of what they open. */
const isWorthwhile = (group: readonly Placed[]): boolean =>
  group.some(({ opening }) => opening.entries.size > 0 || !opening.complete)

function keyOf(scope: Scope, { ref, opening }: Placed): string {
  const { root } = scope.workspace().project(ref.file)
  const inMemory = opening.entries.get('inMemory')
  const memory = isGiven(scope, inMemory) && scope.boolean(inMemory?.value) !== false ? ' in memory' : ''
  return `${root}${memory} ${pathKey(scope, opening)}`
}

function pathKey(scope: Scope, opening: Opening): string {
  const { path, isSync, entries } = opening
  if (path) return `path ${path.text}`
  if (path === null && !isSync) return 'default'
  const written = entries.get('path')
  const found = written && scope.follow(written.value)
  // The same constant is the same path, whatever it holds; a name that leads nowhere may hold something else each time.
  if (found && ['template', 'binary', 'call'].includes(found.value.kind)) return `at ${placeKey(found)}`
  return `at ${placeKey(opening.config ?? opening.value)}`
}
