// Reads the files of one folder and gives them to its analyzer: all at the start, single ones as they change.
import type { Analyzer } from '../core/analyze.ts'
import type { Settings } from '../core/settings.ts'
import type { Text } from '../core/text/long-text.ts'
import { basename } from '../core/text/path.ts'
import { blobId } from '../host/facts-cache.ts'
import { feedWanted } from '../host/feed-wanted.ts'
import { isSnapshotPath, isSourceName, isSqlName } from '../host/file-kinds.ts'
import { wouldFind } from '../host/find-files.ts'
import { inTurn } from '../host/in-turn.ts'
import { type KnownText, loadWorkspace } from '../host/load-workspace.ts'
import { type ReadResult, readText } from '../host/read-text.ts'
import type { PresentFile } from '../host/stores-at-commit.ts'
import { version } from '../host/version.ts'
import { watchedChanges } from '../host/watched-changes.ts'
import { createWorkspaceModel, type WorkspaceModel } from '../host/workspace-model.ts'
import type { Documents } from './documents.ts'
import type { FolderView } from './folder-view.ts'
import { type Notices, notReadNotice } from './notices.ts'
import { breathe } from './queue.ts'
import type { Log } from './run-safe.ts'

/** What the files of a folder are read with. */
export interface FilesOptions {
  readonly root: string | undefined
  readonly documents: Documents
  readonly analyzer: Analyzer
  readonly view: FolderView
  readonly notices: Notices
  readonly cacheDir: string | undefined
  /** True for a text that may open a database or define what one holds. */
  readonly holdsStore: (text: string) => boolean
  readonly log: Log
  readonly owns: (file: string) => boolean
}

/** Paths that changed on disk, and whether they are still there. A deleted path may be a folder. */
export type DiskChanges = ReadonlyMap<string, 'changed' | 'deleted'>

/** The reading side of a folder. */
export interface FolderFiles {
  /** Reads everything. What is told on the way, `LoadingNews` says. */
  load(settings: Settings, news: LoadingNews, signal: AbortSignal): Promise<void>
  /** Reads files that references point to, until none is missing. */
  readWanted(signal: AbortSignal): Promise<void>
  hasUnreadWanted(): boolean
  /** Gives the text of an open document, if it concerns anybody. */
  give(file: string, text: Text): void
  /** Reads files that are not open; true when a text differs from the one analysed. */
  readClosed(files: readonly string[]): Promise<boolean>
  /** Takes in changes on disk; `walk` looks through the folder again. */
  changed(changes: DiskChanges, settings: Settings, walk: boolean, signal: AbortSignal): Promise<void>
  snapshotFiles(): readonly string[]
  /** What is known of a file, if its text as analysed is the one that has this id in git. */
  present(file: string, id: string): PresentFile | undefined
  /** How many source files there are. */
  count(): number
  sources(): readonly string[]
}

/** What is told while everything is being read. */
export interface LoadingNews {
  /** The open documents can be judged as far as they themselves and what they import tell (see `FirstFiles`). */
  readonly onFirst: () => void
  /** Every file has been given. */
  readonly onAll: () => void
  readonly onProgress: Progress
}

/** Told how many files are done, of how many. */
export type Progress = (done: number, total: number) => void

/** Files read at once, and files given in one go: few enough to answer a keystroke in between. */
const width = 16
const slice = 60

/** The reader of a folder. */
export function createFolderFiles(options: FilesOptions): FolderFiles {
  const { root, documents, analyzer, view, notices, log, owns } = options
  const tried = new Set<string>()
  const snapshots = new Set<string>()
  /** Texts that were analysed and are not in memory. */
  const known = new Map<string, KnownText>()
  let model: WorkspaceModel = createWorkspaceModel({ root: root ?? '', files: [], configs: new Map(), libraries: [] })

  const useModel = (next: WorkspaceModel) => {
    model = next
    analyzer.setWorkspace(model)
  }
  const give = (file: string, text: Text) => {
    const isSame = known.has(file) && analyzer.has(file) && known.get(file)?.id === blobId(text.toString())
    tried.delete(file)
    known.delete(file)
    if (documents.get(file)) view.forget(file)
    else view.keep(file, text.toString())
    // Opening a file seldom changes it: its facts stay, and nothing is parsed.
    if (isSame) return analyzer.adopt(file, text)
    const concerns = () => !isSqlName(file) && analyzer.concerns(text.toString())
    if (analyzer.has(file) || analyzer.wanted().has(file) || concerns()) analyzer.set(file, text)
    else view.forget(file)
  }
  const forget = (file: string) => {
    view.forget(file)
    known.delete(file)
    notices.set('text', file, [])
    if (analyzer.has(file)) analyzer.drop(file)
  }
  const take = (file: string, result: ReadResult) => {
    // The editor may have opened the file while it was being read; then its text has been given already.
    if (documents.get(file)) return
    if (result.problem === undefined) {
      notices.set('text', file, [])
      return give(file, result.text)
    }
    tried.add(file)
    forget(file)
    if (result.problem !== 'missing') notices.set('text', file, [notReadNotice(file, result.message)])
  }
  const read = async (files: readonly string[], signal?: AbortSignal) => {
    for (let at = 0; at < files.length; at += slice) {
      const some = files.slice(at, at + slice)
      const results = await inTurn(some, width, readText, signal)
      analyzer.batch(() => {
        for (const [index, file] of some.entries()) take(file, results[index]!)
      })
      await breathe()
    }
  }
  const readWanted = (signal: AbortSignal) =>
    feedWanted(
      analyzer,
      file => model.has(file) && !tried.has(file),
      async files => {
        await read(files, signal)
        for (const file of files) if (!analyzer.has(file)) tried.add(file)
      },
    )
  const giveOpen = () =>
    analyzer.batch(() => {
      for (const file of documents.files()) {
        const { text } = documents.get(file)!
        if (owns(file) && isSourceName(basename(file)) && notices.of(file).length === 0) give(file, text)
      }
    })

  /** Files that are open in the editor, or have been, and files of other folders: not the loader's business. */
  const isGiven = (file: string) => documents.get(file) !== undefined || opened.has(file) || !owns(file)
  const opened = new Set<string>()

  /** The analyzer as the loader sees it. */
  const forLoader: Analyzer = {
    ...analyzer,
    setWorkspace(workspace) {
      const open = [...documents.files()].filter(owns)
      useModel((workspace as WorkspaceModel).withChanges({ added: open }))
      giveOpen()
    },
    restore(file, facts) {
      if (!isGiven(file)) analyzer.restore(file, facts)
    },
  }

  const isAnalysed = (file: string, text: string): boolean =>
    view.kept(file) === text || known.get(file)?.id === blobId(text)

  /** Brings the model up to date with the disk; open config files are taken from the editor. */
  const follow = async (paths: readonly string[], settings: Settings) => {
    const changes = await watchedChanges(model, paths, settings)
    if (!changes) return
    const removed = [...(changes.removed ?? [])].filter(file => !documents.get(file))
    const configs = new Map(changes.configs)
    for (const file of configs.keys()) {
      const open = documents.get(file)
      if (open) configs.set(file, open.text.toString())
    }
    useModel(model.withChanges({ ...changes, removed, ...(changes.configs && { configs }) }))
  }

  return {
    async load(settings, { onFirst, onAll, onProgress }, signal) {
      if (root === undefined) {
        giveOpen()
        return onAll()
      }
      const cache = options.cacheDir === undefined ? undefined : { dir: options.cacheDir, version }
      const first = { isGiven, files: () => [...documents.files()].filter(owns), onRead: onFirst }
      const { holdsStore } = options
      const request = { root, analyzer: forLoader, settings, holdsStore, cache, first, onProgress, signal }
      const loaded = await loadWorkspace(request)
      for (const [file, { id, holdsStore }] of loaded.texts) if (!isGiven(file)) known.set(file, { id, holdsStore })
      for (const file of loaded.files.snapshots) snapshots.add(file)
      for (const problem of loaded.problems) {
        if (problem.reason) notices.set('text', problem.file, [notReadNotice(problem.file, problem.message)])
        else log(problem.message)
      }
      await readWanted(signal)
      onAll()
      await loaded.keep().catch(() => undefined)
      opened.clear()
    },
    readWanted,
    hasUnreadWanted: () => [...analyzer.wanted()].some(file => model.has(file) && !tried.has(file)),
    give(file, text) {
      opened.add(file)
      if (!model.has(file)) useModel(model.withChanges({ added: [file] }))
      give(file, text)
    },
    async readClosed(files) {
      const results = await inTurn(files, width, readText)
      let differs = false
      analyzer.batch(() => {
        for (const [index, file] of files.entries()) {
          const result = results[index]!
          if (documents.get(file)) continue
          if (result.problem === undefined && isAnalysed(file, result.text)) continue
          differs = true
          if (root === undefined) forget(file)
          else take(file, result)
        }
      })
      return differs
    },
    async changed(changes, settings, walk, signal) {
      if (root === undefined) return
      const paths = [...changes.keys()]
      for (const [path, change] of changes) {
        if (change === 'deleted') {
          for (const file of snapshots) if (file === path || file.startsWith(`${path}/`)) snapshots.delete(file)
        } else if (isSnapshotPath(path) && (await wouldFind(root, path, settings.exclude))) snapshots.add(path)
      }
      const before = new Set(model.files())
      await follow(walk ? [root] : paths, settings)
      analyzer.batch(() => {
        for (const file of before) if (!model.has(file)) forget(file)
      })
      const isStale = (file: string) => !before.has(file) || changes.get(file) === 'changed'
      await read(
        [...model.files()].filter(file => isStale(file) && owns(file) && !documents.get(file)),
        signal,
      )
      await readWanted(signal)
    },
    snapshotFiles: () => [...snapshots].sort(),
    present(file, id) {
      const text = documents.get(file)?.text.toString() ?? view.kept(file)
      const of = text === undefined ? known.get(file) : { id: blobId(text), holdsStore: options.holdsStore(text) }
      return of?.id === id ? { holdsStore: of.holdsStore, facts: analyzer.facts(file) } : undefined
    },
    count: () => [...model.files()].length,
    sources: () => [...model.files()].filter(owns),
  }
}
