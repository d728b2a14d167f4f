// Pairs openings: which of them open one file of the app.
import { inBlocks } from '../../../catalog/long-lists.ts'
import type { Located, Scope } from '../../../catalog/scope.ts'
import { isTestFile } from '../../../catalog/test-file.ts'
import type { Site, SiteReader } from '../sites.ts'
import type { Opening } from '../types.ts'
import { isOpening, readOpening } from './read-opening.ts'

/** An opening by its file and its rank among the openings there: steady while other things are edited. */
export interface OpeningRef {
  readonly file: string
  readonly index: number
}

/** The openings of one database file. `key` names it for as long as the first of them stays in its place. */
export interface Group {
  readonly key: string
  readonly openings: readonly OpeningRef[]
}

/** The uses of the libraries in a file that open databases. */
export const openingSites = (reader: SiteReader, file: string): readonly Site[] => reader.sites(file).filter(isOpening)

/** The files of the app that open databases. */
export function createOpeningFiles(scope: Scope, reader: SiteReader): () => readonly string[] {
  const filesOf = inBlocks((files: readonly string[]) =>
    files.filter(file => !isTestFile(scope, file) && openingSites(reader, file).length > 0),
  )
  return () => filesOf(scope.files())
}

/** Groups the openings of `files` by the package they stand in, the library and the file that they open. */
export function groupOpenings(scope: Scope, reader: SiteReader, files: readonly string[]): readonly Group[] {
  const groups = new Map<string, OpeningRef[]>()
  for (const file of files)
    openingSites(reader, file).forEach((site, index) => {
      const opening = readOpening(scope, site, false)
      const key = opening && keyOf(scope, opening)
      if (key === undefined) return
      const group = groups.get(key)
      if (group) group.push({ file, index })
      else groups.set(key, [{ file, index }])
    })
  return [...groups.values()].map(openings => ({ key: `${openings[0]!.file}#${openings[0]!.index}`, openings }))
}

function keyOf(scope: Scope, opening: Opening): string {
  const { root } = scope.workspace().project(opening.at.file)
  const { file, package: library } = opening
  // Each opening in memory is a database of its own.
  if (file && file.text !== ':memory:') return `${root} ${library} file ${file.text}`
  const written = opening.entries.get('name')
  const found = written && scope.follow(written.value)
  // The same constant is the same file, whatever it holds.
  const isSame = !file && found && ['template', 'binary', 'call'].includes(found.value.kind)
  return `${root} ${library} at ${placeKey(isSame ? found : opening.value)}`
}

const placeKey = ({ value, file }: Located): string => `${file}:${value.at.start}`
