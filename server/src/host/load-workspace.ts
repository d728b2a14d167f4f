// Brings a workspace into an analyzer, for the start of the server and of the command line.
import { stat } from 'node:fs'
import { promisify } from 'node:util'
import type { Settings } from '../core/settings.ts'
import { type CachePlace, hashOf, type KeptFile, readFactsCache, writeFactsCache } from './facts-cache.ts'
import { type Feedable, feedWanted } from './feed-wanted.ts'
import { type FoundFiles, findFiles } from './find-files.ts'
import { inTurn } from './in-turn.ts'
import { readInstalledVersions, storageLibraries } from './installed-versions.ts'
import type { Problem } from './problem.ts'
import { readText } from './read-text.ts'
import { createWorkspaceModel, type WorkspaceModel } from './workspace-model.ts'

/** What is loaded, and into what. */
export interface LoadRequest {
  readonly root: string
  readonly analyzer: Feedable
  readonly settings: Settings
  /** Where facts are kept between starts; without it nothing is. */
  readonly cache?: CachePlace
  /** Told how many source files are done, of how many. */
  readonly onProgress?: (done: number, total: number) => void
  /** Ends the loading; `loadWorkspace` then rejects with the signal's reason. */
  readonly signal?: AbortSignal
  /** Files that somebody looks at already, given to the analyzer before all others. */
  readonly openFirst?: readonly string[]
}

/** What has been loaded. */
export interface LoadedWorkspace {
  readonly model: WorkspaceModel
  readonly files: FoundFiles
  /** Folders and files that could not be read, each with the reason. */
  readonly problems: readonly Problem[]
}

/** Files handled at once, and files given to the analyzer between two pauses for other work of the process. */
const width = 16
const batch = 200

/** Finds and reads a workspace and gives the analyzer what concerns it, with the files that references lead to. */
export async function loadWorkspace(request: LoadRequest): Promise<LoadedWorkspace> {
  const { analyzer, settings, signal, onProgress } = request
  const files = await findFiles(request.root, { exclude: settings.exclude, signal })
  const problems: Problem[] = [...files.problems]
  const model = await modelFor(files, settings, problems, signal)
  analyzer.setWorkspace(model)

  const place = request.cache && placeFor(request.cache, settings)
  const before = place ? await readFactsCache(place, files.root) : new Map<string, KeptFile>()
  const after = new Map<string, KeptFile>()
  const look = (file: string, wanted: boolean) => lookAt(file, wanted, analyzer, before.get(file), place !== undefined)

  const give = async (paths: readonly string[], wanted: boolean, onBatch?: (done: number) => void): Promise<void> => {
    for (let start = 0; start < paths.length; start += batch) {
      const part = paths.slice(start, start + batch)
      const seen = await inTurn(part, width, file => look(file, wanted), signal)
      analyzer.batch(() => {
        for (const [index, { give: toGive, kept, problem }] of seen.entries()) {
          const file = part[index]!
          if (problem) problems.push(problem)
          if (kept) after.set(file, kept)
          if (toGive?.facts) analyzer.restore(file, toGive.facts)
          else if (toGive) analyzer.set(file, toGive.text)
        }
      })
      onBatch?.(start + part.length)
    }
  }
  const first = new Set((request.openFirst ?? []).filter(file => model.has(file)))
  const others = files.sources.filter(file => !first.has(file))
  const total = files.sources.length
  await give([...first], false, done => onProgress?.(done, total))
  await give(others, false, done => onProgress?.(first.size + done, total))
  await feedWanted(
    analyzer,
    file => model.has(file),
    wanted => give(wanted, true),
  )
  if (place) await keep(place, files.root, before, after, analyzer).catch(() => undefined)
  return { model, files, problems }
}

/** The packages that are looked up among the installed ones under these settings. */
export const librariesOf = (settings: Settings): readonly string[] => [
  ...storageLibraries,
  ...settings.watermelondbPackages,
]

async function modelFor(
  files: FoundFiles,
  settings: Settings,
  problems: Problem[],
  signal?: AbortSignal,
): Promise<WorkspaceModel> {
  const configs = new Map<string, string>()
  const read = await inTurn(files.configs, width, readText, signal)
  for (const [index, result] of read.entries()) {
    const file = files.configs[index]!
    if (result.problem === undefined) configs.set(file, result.text)
    else if (result.problem !== 'missing') problems.push({ file, message: result.message, reason: result.problem })
  }
  const libraries = librariesOf(settings)
  const model = createWorkspaceModel({ root: files.root, files: files.sources, configs, links: files.links, libraries })
  return model.withChanges({ installed: await readInstalledVersions(files.root, model.packageFolders(), libraries) })
}

/** What facts say depends on the packages that engines listen to, so they are part of the version. */
const placeFor = (cache: CachePlace, settings: Settings): CachePlace => ({
  dir: cache.dir,
  version: JSON.stringify([cache.version, settings.watermelondbPackages]),
})

interface Looked {
  /** What the analyzer is given: facts kept from before, else the text; absent for files that do not concern it. */
  readonly give?:
    | { readonly facts: NonNullable<KeptFile['facts']> }
    | { readonly text: string; readonly facts?: undefined }
  readonly kept?: KeptFile
  readonly problem?: Problem
}

/** Finds out about one file with as little reading as possible. `wanted` files are given whether they concern or not. */
async function lookAt(
  file: string,
  wanted: boolean,
  analyzer: Feedable,
  before: KeptFile | undefined,
  keeping: boolean,
): Promise<Looked> {
  // The time is taken before the text, so a change in between makes the entry old rather than wrong.
  const stamp = keeping ? await stampOf(file) : undefined
  if (before && stamp && before.mtimeMs === stamp.mtimeMs && before.size === stamp.size) {
    if (!before.concerns && !wanted) return { kept: before }
    if (before.facts) return { give: { facts: before.facts }, kept: before }
  }
  const read = await readText(file)
  if (read.problem === 'missing') return {}
  if (read.problem !== undefined) return { problem: { file, message: read.message, reason: read.problem } }
  const concerns = analyzer.concerns(read.text)
  if (!concerns && !wanted) return { kept: stamp && { ...stamp, concerns } }
  const hash = stamp && hashOf(read.text)
  const facts = before?.facts && before.hash === hash ? before.facts : undefined
  const kept = stamp && { ...stamp, concerns, hash, facts }
  return { give: facts ? { facts } : { text: read.text }, kept }
}

const statOf = promisify(stat)

const stampOf = (file: string): Promise<Pick<KeptFile, 'mtimeMs' | 'size'> | undefined> =>
  statOf(file).then(
    ({ mtimeMs, size }) => ({ mtimeMs, size }),
    () => undefined,
  )

/** Writes what is known now, when it differs from what was known before. A cache that cannot be written is done without. */
async function keep(
  place: CachePlace,
  root: string,
  before: ReadonlyMap<string, KeptFile>,
  after: Map<string, KeptFile>,
  analyzer: Feedable,
): Promise<void> {
  for (const [file, kept] of after)
    if (kept.hash !== undefined && !kept.facts) after.set(file, { ...kept, facts: analyzer.facts(file) })
  const same = before.size === after.size && [...after].every(([file, kept]) => before.get(file) === kept)
  if (!same) await writeFactsCache(place, root, after)
}
