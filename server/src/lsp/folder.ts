// One workspace folder: its analyzer, and everything it is told of files, settings and baselines.
import type { Analyzer } from '../core/analyze.ts'
import { defaultSettings, type Settings } from '../core/settings.ts'
import { basename } from '../core/text/path.ts'
import { isConfigName, isSnapshotPath, isSourceName } from '../host/file-kinds.ts'
import { largestText } from '../host/read-text.ts'
import type { Documents } from './documents.ts'
import { createFolderFiles } from './folder-files.ts'
import { createFolderView, type FolderView } from './folder-view.ts'
import { createQueue } from './queue.ts'
import type { Log } from './run-safe.ts'
import type { Notice } from './view.ts'

/** What a folder needs of the world around it. */
export interface FolderOptions {
  /** An absolute path; undefined for the place of files that belong to no workspace folder, of which only open ones are read. */
  readonly root: string | undefined
  readonly documents: Documents
  readonly createAnalyzer: (log: Log) => Analyzer
  readonly trusted: boolean
  readonly cacheDir: string | undefined
  readonly log: Log
  /** False for files that a folder further inside answers for. */
  readonly owns: (file: string) => boolean
  /** The settings of this folder as the editor has them. */
  readonly editorSettings: (root: string | undefined) => Promise<unknown>
  /** Told when findings may have changed by work in the background. */
  readonly onChange: () => void
}

/** A folder at work. Findings are asked of `analyzer`, texts and places of `view`. */
export interface Folder {
  readonly root: string | undefined
  readonly analyzer: Analyzer
  readonly view: FolderView
  settings(): Settings
  /** Begins to read the folder: open documents first, then the rest. */
  load(): void
  /** Resolves when the open documents have been read and what they refer to. */
  opened(): Promise<void>
  /** Resolves when everything has been read and no work is left. */
  loaded(): Promise<void>
  /** Takes in the texts of open documents that changed; call it inside of no other batch. */
  edited(files: readonly string[]): void
  changedOnDisk(changes: ReadonlyMap<string, 'changed' | 'deleted'>): void
  settingsChanged(): void
  /** Reads texts of closed files again; true when one of them differs from what was analysed. */
  reread(files: readonly string[]): Promise<boolean>
  notices(file: string): readonly Notice[]
  /** Every file of this folder that has findings or notices. */
  files(): readonly string[]
  dispose(): Promise<void>
}

/** A folder that has read nothing yet. */
export function createFolder(options: FolderOptions): Folder {
  const { root, documents, owns } = options
  const queue = createQueue(options.log)
  const analyzer = options.createAnalyzer(options.log)
  const view = createFolderView(documents)
  const files = createFolderFiles({ ...options, analyzer, view })
  let settings: Settings = defaultSettings
  let opened: Promise<void> = Promise.resolve()

  const applySettings = async (): Promise<boolean> => {
    const before = settings
    settings = await files.readSettings(await options.editorSettings(root))
    const { rules } = settings
    analyzer.setSeverity(rule => rules[rule.id] ?? rule.severity)
    return JSON.stringify(before.exclude) !== JSON.stringify(settings.exclude)
  }
  const background = (name: string, work: (signal: AbortSignal) => Promise<void>) => {
    const done = queue.add(name, async signal => {
      await work(signal)
      options.onChange()
    })
    return done
  }

  const isTooLarge = (file: string, text: string): boolean => {
    const large = text.length > largestText
    files.notices.set('size', file, large ? [tooLarge(file)] : [])
    return large
  }

  return {
    root,
    analyzer,
    view,
    settings: () => settings,
    load() {
      opened = background('read open files', async signal => {
        await applySettings()
        await files.find(settings, signal)
        files.readOpen()
        await files.readWanted(signal)
      })
      background('read files', signal => files.readAll(signal))
      background('read baselines', signal => files.readBaselines(settings, signal))
      background('keep facts', () => files.keepFacts())
    },
    opened: () => opened,
    loaded: () => queue.idle(),
    edited(changed) {
      const closed: string[] = []
      const configs: string[] = []
      analyzer.batch(() => {
        for (const file of changed) {
          const text = documents.get(file)?.getText()
          if (isConfigName(basename(file)) || isSnapshotPath(file)) configs.push(file)
          else if (text === undefined) closed.push(file)
          else if (!isSourceName(basename(file))) continue
          else if (isTooLarge(file, text)) analyzer.drop(file)
          else files.give(file, text)
        }
      })
      if (closed.length > 0) background('read closed files', () => files.readClosed(closed))
      if (configs.length > 0) this.changedOnDisk(new Map(configs.map(file => [file, 'changed'])))
      else if (files.hasUnreadWanted()) background('read referenced files', signal => files.readWanted(signal))
    },
    changedOnDisk(changes) {
      background('read changed files', async signal => {
        const settingsMayDiffer = [...changes.keys()].some(file => file === `${root}/offline-storage.config.json`)
        const excludeDiffers = settingsMayDiffer && (await applySettings())
        await files.changed(changes, settings, excludeDiffers, signal)
      })
    },
    settingsChanged() {
      background('apply settings', async signal => {
        const excludeDiffers = await applySettings()
        await files.changed(new Map(), settings, excludeDiffers, signal)
        await files.readBaselines(settings, signal)
      })
    },
    reread: async list => {
      const closed = list.filter(file => !documents.get(file))
      const differs = await files.readClosed(closed)
      return differs
    },
    notices: file => files.notices.of(file),
    files: () => [...new Set([...analyzer.filesWithFindings(), ...files.notices.files()])].filter(owns),
    async dispose() {
      queue.stop()
      await files.keepFacts()
    },
  }
}

const tooLarge = (file: string): Notice => ({
  rule: 'offline-storage/too-large',
  severity: 'info',
  message: `This file is larger than ${largestText / 1024 / 1024} MB and is not checked. Split it, or exclude it in the settings.`,
  file,
  span: { start: 0, end: 0 },
})
