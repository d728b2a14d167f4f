// Brings a workspace into an analyzer, for the start of the server and of the command line.
import { statSync } from 'node:fs'
import type { FileFacts } from '../core/facts/file-facts.ts'
import { readFacts } from '../core/facts/read-facts.ts'
import type { Settings } from '../core/settings.ts'
import { blobId, type CachePlace, type FactsCache, type KeptFile, openFactsCache } from './facts-cache.ts'
import { feedWanted } from './feed-wanted.ts'
import type { Feedable } from './feedable.ts'
import { isSqlName } from './file-kinds.ts'
import { type FoundFiles, findFiles } from './find-files.ts'
import { readFirst } from './first-files.ts'
import { inTurn } from './in-turn.ts'
import { readInstalledVersions, storageLibraries } from './installed-versions.ts'
import { createPause } from './pause.ts'
import type { Problem } from './problem.ts'
import { readText, readTextSync } from './read-text.ts'
import type { PresentFile } from './stores-at-commit.ts'
import { createWorkspaceModel, type WorkspaceModel } from './workspace-model.ts'

/** What is loaded, and into what. */
export interface LoadRequest {
  readonly root: string
  readonly analyzer: Feedable
  readonly settings: Settings
  /** True for a text that may open a database or define what one holds; without it, every text that concerns may. */
  readonly holdsStore?: (text: string) => boolean
  /** Where facts are kept between starts; without it nothing is. */
  readonly cache?: CachePlace
  /** Told how many source files are done, of how many. */
  readonly onProgress?: (done: number, total: number) => void
  /** Ends the loading; `loadWorkspace` then rejects with the signal's reason. */
  readonly signal?: AbortSignal
  /** Given where somebody waits for findings in a few files already. */
  readonly first?: FirstFiles
  /** Told the texts that are given. Texts of files whose facts were kept are not read. */
  readonly onText?: (file: string, text: string) => void
  /** How facts are read from a text. */
  readonly readFacts?: (file: string, text: string) => FileFacts
}

/** Files that somebody looks at while the others are still being read. */
export interface FirstFiles {
  /** True for files that the caller gives to the analyzer, and that are to be left alone. */
  readonly isGiven: (file: string) => boolean
  /** Those of them that are given now. */
  readonly files: () => Iterable<string>
  /**
   * Told when the given files can be judged as far as they themselves, what they import and the definition of the one
   * store tell. Not told where there are several stores or none: which of them is meant may show in any other file.
   */
  readonly onRead: () => void
}

/** What has been loaded. */
export interface LoadedWorkspace {
  readonly model: WorkspaceModel
  readonly files: FoundFiles
  /** What is known of the texts that were looked at, by file. */
  readonly texts: ReadonlyMap<string, KnownText>
  /** Folders and files that could not be read, each with the reason. */
  readonly problems: readonly Problem[]
  /** Keeps the facts for the next start, if they are to be kept. Rejects when the disk refuses. */
  keep(): Promise<void>
}

/** What is known of a text that need not be in memory. */
export type KnownText = Pick<KeptFile, 'id' | 'holdsStore'>

/** Subjects that are asked about before the first findings are shown. */
const firstSubjects = 200

/** Config files read at once. */
const width = 16

/** Finds and reads a workspace and gives the analyzer what concerns it, with the files that references lead to. */
export async function loadWorkspace(request: LoadRequest): Promise<LoadedWorkspace> {
  const { analyzer, settings, signal, onProgress, first } = request
  const files = await findFiles(request.root, { exclude: settings.exclude, signal })
  const problems: Problem[] = [...files.problems]
  const model = await modelFor(files, settings, problems, signal)
  analyzer.setWorkspace(model)

  const cache = request.cache && (await openFactsCache(placeFor(request.cache, settings), files.root))
  const after = new Map<string, KeptFile>()
  const waiting = new Map<string, () => FileFacts | undefined>()
  const pause = createPause(signal)
  const isOthers = (file: string) => first?.isGiven(file) ?? false

  const read = request.readFacts ?? readFacts
  const look = (file: string, wanted: boolean) => {
    const { kept, facts, problem } = lookAt(file, wanted, request, read, cache)
    if (problem) problems.push(problem)
    if (kept) after.set(file, kept)
    if (facts && !isOthers(file)) waiting.set(file, facts)
  }
  const catchUp = async () => {
    while (analyzer.catchUp()) await pause()
  }
  const give = async (paths: readonly string[], asked = catchUp): Promise<void> => {
    const ready: [string, FileFacts][] = []
    for (const file of paths) {
      if (!waiting.has(file)) look(file, true)
      const facts = waiting.get(file)?.()
      waiting.delete(file)
      if (facts) ready.push([file, facts])
      await pause()
    }
    analyzer.batchPatiently(() => {
      for (const [file, facts] of ready) analyzer.restore(file, facts)
    })
    await asked()
  }

  const total = files.sources.length
  for (const file of files.sources) {
    look(file, false)
    await pause()
  }
  if (first) {
    const definers = [...waiting.keys()].filter(file => after.get(file)?.holdsStore)
    const later = async () => {}
    await give(definers, later)
    await readFirst(analyzer, model, [...first.files(), ...definers], paths => give(paths, later))
    // What is open comes last of what waits: its rules are asked now, those about every table when it is shown.
    for (let asked = 0; asked < firstSubjects && analyzer.catchUp(); asked++) await pause()
    if (analyzer.stores().length === 1) first.onRead()
    await new Promise(resolve => setImmediate(resolve))
    await catchUp()
  }
  onProgress?.(total - waiting.size, total)
  await give([...waiting.keys()])
  onProgress?.(total, total)
  await feedWanted(analyzer, file => model.has(file) && !isOthers(file), give)
  return {
    model,
    files,
    texts: after,
    problems,
    keep: async () => void (cache && (await keep(cache, after, request, pause))),
  }
}

/** What `texts` tell about files whose content has a git id, with their facts as `analyzer` has them. */
export const presentIn =
  (texts: ReadonlyMap<string, KnownText>, analyzer: Pick<Feedable, 'facts'>) =>
  (file: string, id: string): PresentFile | undefined => {
    const text = texts.get(file)
    return text?.id === id ? { holdsStore: text.holdsStore, facts: analyzer.facts(file) } : undefined
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
  /** Makes what the analyzer is given; absent for files that do not concern it. */
  readonly facts?: () => FileFacts | undefined
  readonly kept?: KeptFile
  readonly problem?: Problem
}

/**
 * Finds out about one file with as little reading as possible. `wanted` files are given whether they concern or not.
 * The disk is asked without waiting: over thousands of files, waiting costs several times as much as reading.
 */
function lookAt(
  file: string,
  wanted: boolean,
  { analyzer, holdsStore = analyzer.concerns, onText }: LoadRequest,
  readFacts: (file: string, text: string) => FileFacts,
  cache: FactsCache | undefined,
): Looked {
  // The time is taken before the text, so a change in between makes the entry old rather than wrong.
  if (!wanted && isSqlName(file)) return {}
  const stat = statSync(file, { throwIfNoEntry: false })
  if (!stat) return {}
  const { mtimeMs, size } = stat
  const before = cache?.files.get(file)
  const fromText = (text: string) => () => {
    onText?.(file, text)
    return readFacts(file, text)
  }
  const fromCache = ({ packed }: KeptFile) => packed && (() => cache?.unpack(packed) ?? readAnew(file, readFacts))
  if (before?.mtimeMs === mtimeMs && before.size === size) {
    const facts = before.concerns || wanted ? fromCache(before) : undefined
    if (facts || !(before.concerns || wanted)) return { kept: before, facts }
  }
  const result = readTextSync(file, stat)
  if (result.problem === 'missing') return {}
  if (result.problem !== undefined) return { problem: { file, message: result.message, reason: result.problem } }
  const { text } = result
  const id = blobId(text)
  const concerns = analyzer.concerns(text)
  const isSame = before?.id === id
  const kept: KeptFile = { mtimeMs, size, id, concerns, holdsStore: holdsStore(text), ...(isSame && packedOf(before)) }
  if (!concerns && !wanted) return { kept }
  return { kept, facts: (isSame && fromCache(before)) || fromText(text) }
}

const packedOf = ({ packed }: KeptFile): Pick<KeptFile, 'packed'> => (packed ? { packed } : {})

/** The facts of a file whose kept facts are damaged. */
function readAnew(file: string, readFacts: (file: string, text: string) => FileFacts): FileFacts | undefined {
  const stat = statSync(file, { throwIfNoEntry: false })
  const result = stat && readTextSync(file, stat)
  return result?.problem === undefined && result ? readFacts(file, result.text) : undefined
}

/** Writes what is known now, when it differs from what was known before. */
async function keep(
  cache: FactsCache,
  after: Map<string, KeptFile>,
  { analyzer, first }: LoadRequest,
  pause: () => Promise<void> | undefined,
): Promise<void> {
  const { files: before } = cache
  for (const [file, kept] of after) {
    if (kept.packed) continue
    // The facts of an open file move with its text, which is no longer that of the disk.
    const facts = first?.isGiven(file) ? undefined : analyzer.facts(file)
    if (facts) after.set(file, { ...kept, packed: cache.pack(facts) })
    await pause()
  }
  const isSame = before.size === after.size && [...after].every(([file, kept]) => before.get(file) === kept)
  if (!isSame) await cache.write(after)
}
