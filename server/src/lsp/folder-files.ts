// Reads the files of one folder and gives them to its analyzer: all at the start, single ones as they change.
import type { Analyzer } from '../core/analyze.ts'
import type { Settings } from '../core/settings.ts'
import { basename } from '../core/text/path.ts'
import { isCollected, isConfigName, isInSkippedFolder, isSnapshotPath, isSourceName } from '../host/file-kinds.ts'
import { type FoundFiles, findFiles } from '../host/find-files.ts'
import { inTurn } from '../host/in-turn.ts'
import { readInstalledVersions, storageLibraries } from '../host/installed-versions.ts'
import { type ReadResult, readText } from '../host/read-text.ts'
import { createWorkspaceModel, type WorkspaceModel } from '../host/workspace-model.ts'
import type { FolderOptions } from './folder.ts'
import { createFolderBaselines } from './folder-baselines.ts'
import { createFolderFacts } from './folder-facts.ts'
import { readFolderSettings } from './folder-settings.ts'
import type { FolderView } from './folder-view.ts'
import { createNotices, type Notices } from './notices.ts'
import { breathe } from './queue.ts'

/** The reading side of a folder. */
export interface FolderFiles {
  readonly notices: Notices
  readSettings(editor: unknown): Promise<Settings>
  /** Looks which files there are, and reads what says how they hang together. */
  find(settings: Settings, signal: AbortSignal): Promise<void>
  readOpen(): void
  /** Reads files that references point to, until none is missing. */
  readWanted(signal: AbortSignal): Promise<void>
  hasUnreadWanted(): boolean
  readAll(signal: AbortSignal): Promise<void>
  readBaselines(settings: Settings, signal: AbortSignal): Promise<void>
  keepFacts(): Promise<void>
  /** Gives one text, if it concerns anybody. */
  give(file: string, text: string): void
  /** Reads files that are not open; true when a text differs from the one analysed. */
  readClosed(files: readonly string[]): Promise<boolean>
  changed(
    changes: ReadonlyMap<string, 'changed' | 'deleted'>,
    settings: Settings,
    findAgain: boolean,
    signal: AbortSignal,
  ): Promise<void>
}

/** Files read at once, and files given in one go: few enough to answer a keystroke in between. */
const width = 32
const slice = 60

const nothingFound = (root: string): FoundFiles => ({
  root,
  sources: [],
  configs: [],
  snapshots: [],
  links: new Map(),
  problems: [],
})

/** The reader of a folder. */
export function createFolderFiles(
  options: FolderOptions & { readonly analyzer: Analyzer; readonly view: FolderView },
): FolderFiles {
  const { root, documents, analyzer, view, log, owns } = options
  const notices = createNotices()
  const facts = createFolderFacts(options)
  const baselines = createFolderBaselines({ ...options, notices })
  const tried = new Set<string>()
  let found: FoundFiles = nothingFound(root ?? '')
  let model: WorkspaceModel = createWorkspaceModel({ root: root ?? '', files: [], configs: new Map(), libraries: [] })
  let librariesOf: readonly string[] = storageLibraries

  const textOf = async (file: string): Promise<ReadResult> => {
    const open = documents.get(file)
    return open ? { text: open.getText() } : readText(file)
  }
  const useModel = (next: WorkspaceModel) => {
    model = next
    analyzer.setWorkspace(model)
  }
  const readConfigs = async (files: readonly string[]): Promise<Map<string, string>> => {
    const read = await inTurn(files, width, async file => [file, await textOf(file)] as const)
    return new Map(read.flatMap(([file, result]) => (result.problem === undefined ? [[file, result.text] as const] : [])))
  }
  const give = (file: string, text: string) => {
    tried.delete(file)
    if (!analyzer.has(file) && !analyzer.wanted().has(file) && !analyzer.concerns(text)) return
    analyzer.set(file, text)
    if (!documents.get(file)) view.keep(file, text)
  }
  const forget = (file: string) => {
    view.forget(file)
    if (analyzer.has(file)) analyzer.drop(file)
  }
  const take = (file: string, result: ReadResult) => {
    // The editor may have opened the file while it was being read; then its text has been given already.
    if (documents.get(file)) return
    const large = result.problem === 'too-large'
    notices.set('size', file, large ? [{ ...sizeNotice, message: result.message.replace(file, 'This file'), file }] : [])
    if (result.problem === undefined) return give(file, result.text)
    if (result.problem !== 'missing') log(result.message)
    tried.add(file)
    forget(file)
  }
  const read = async (files: readonly string[], signal: AbortSignal) => {
    for (let at = 0; at < files.length; at += slice) {
      const some = files.slice(at, at + slice)
      const results = await inTurn(some, width, file => textOf(file), signal)
      analyzer.batch(() => {
        for (const [index, file] of some.entries()) {
          const result = results[index]!
          if (result.problem === undefined && facts.restore(file, result.text)) view.keep(file, result.text)
          else take(file, result)
        }
      })
      await breathe()
    }
  }
  const unreadWanted = () => [...analyzer.wanted()].filter(file => !tried.has(file) && model.has(file))
  const readWanted = async (signal: AbortSignal) => {
    for (let missing = unreadWanted(); missing.length > 0; missing = unreadWanted()) {
      await read(missing, signal)
      for (const file of missing) if (!analyzer.has(file)) tried.add(file)
    }
  }
  const find = async (settings: Settings, signal: AbortSignal) => {
    librariesOf = [...storageLibraries, ...settings.watermelondbPackages]
    const open = [...documents.files()].filter(file => owns(file) && isSourceName(basename(file)))
    if (root === undefined) return useModel(createWorkspaceModel({ root: '', files: open, configs: new Map(), libraries: librariesOf }))
    found = await findFiles(root, { exclude: settings.exclude, signal })
    for (const problem of found.problems) log(problem.message)
    const configs = await readConfigs(found.configs)
    const parts = { root, files: [...found.sources, ...open], configs, links: found.links, libraries: librariesOf }
    const first = createWorkspaceModel(parts)
    const installed = await readInstalledVersions(root, first.packageFolders(), librariesOf)
    useModel(first.withChanges({ installed }))
  }

  return {
    notices,
    readSettings: editor => readFolderSettings({ ...options, notices, editor }),
    find,
    readOpen() {
      analyzer.batch(() => {
        for (const file of documents.files()) {
          const text = documents.get(file)!.getText()
          if (owns(file) && isSourceName(basename(file)) && notices.of(file).length === 0) give(file, text)
        }
      })
    },
    readWanted,
    hasUnreadWanted: () => unreadWanted().length > 0,
    async readAll(signal) {
      await facts.load()
      await read(
        found.sources.filter(file => owns(file) && !analyzer.has(file)),
        signal,
      )
      await readWanted(signal)
    },
    readBaselines: (settings, signal) => baselines.read(found, settings, signal),
    keepFacts: () => facts.keep(found.sources),
    give(file, text) {
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
          if (result.problem === undefined && result.text === view.kept(file)) continue
          differs = true
          if (root === undefined) forget(file)
          else take(file, result)
        }
      })
      return differs
    },
    async changed(changes, settings, findAgain, signal) {
      if (root === undefined) return
      const isUnknown = (file: string, change: string) =>
        change === 'changed' && isSourceName(basename(file)) && !model.has(file) && !isInSkippedFolder(file.slice(root.length + 1))
      const walk =
        findAgain ||
        [...changes].some(
          ([file, change]) =>
            basename(file) === '.gitignore' ||
            isUnknown(file, change) ||
            (change === 'changed' && isCollected(file) && !isSourceName(basename(file)) && !known(found, file)),
        )
      const before = new Set(model.files())
      if (walk) await find(settings, signal)
      else await applyToModel(changes)
      const gone = [...before].filter(file => !model.has(file) && !documents.get(file))
      analyzer.batch(() => {
        for (const file of gone) forget(file)
      })
      const fresh = [...model.files()].filter(file => owns(file) && (!before.has(file) || changes.get(file) === 'changed'))
      await read(
        fresh.filter(file => !documents.get(file)),
        signal,
      )
      await readWanted(signal)
      if ([...changes.keys()].some(isSnapshotPath) || findAgain) await baselines.read(found, settings, signal)
    },
  }

  /** Changes of known files: nothing has to be walked. A deleted path may be a folder. */
  async function applyToModel(changes: ReadonlyMap<string, 'changed' | 'deleted'>) {
    const deleted = [...changes].flatMap(([file, change]) => (change === 'deleted' ? [file] : []))
    const isGone = (file: string) => deleted.some(path => file === path || file.startsWith(`${path}/`))
    const removed = deleted.length === 0 ? [] : [...model.files()].filter(file => isGone(file) && !documents.get(file))
    const texts = await readConfigs(found.configs.filter(file => changes.get(file) === 'changed'))
    const configs = new Map<string, string | undefined>(texts)
    if (deleted.length > 0) {
      for (const file of found.configs) if (isGone(file)) configs.set(file, undefined)
      found = {
        ...found,
        sources: found.sources.filter(file => !isGone(file)),
        configs: found.configs.filter(file => !isGone(file)),
        snapshots: found.snapshots.filter(file => !isGone(file)),
      }
    }
    const isPackageChanged = [...configs.keys()].some(file => isConfigName(basename(file)))
    if (removed.length === 0 && configs.size === 0) return
    const next = model.withChanges({ removed, ...(configs.size > 0 && { configs }) })
    const installed = isPackageChanged ? await readInstalledVersions(root!, next.packageFolders(), librariesOf) : undefined
    useModel(installed ? next.withChanges({ installed }) : next)
  }
}

const sizeNotice = { rule: 'offline-storage/too-large', severity: 'info', span: { start: 0, end: 0 } } as const

const known = (found: FoundFiles, file: string): boolean =>
  found.configs.includes(file) || found.snapshots.includes(file)
