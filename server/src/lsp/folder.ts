// One workspace folder: its analyzer, and everything it is told of files, settings and baselines.
import type { Analyzer } from '../core/analyze.ts'
import type { StoreReader } from '../core/read-stores.ts'
import type { AnyRule } from '../core/rules/rule.ts'
import { defaultSettings, type Settings } from '../core/settings.ts'
import type { Text } from '../core/text/long-text.ts'
import { basename } from '../core/text/path.ts'
import { configFileName } from '../host/config-file.ts'
import { isConfigName, isSnapshotPath, isSourceName } from '../host/file-kinds.ts'
import { largestText } from '../host/read-text.ts'
import type { Documents } from './documents.ts'
import { createFolderBaselines } from './folder-baselines.ts'
import { createFolderFiles, type DiskChanges, type Progress } from './folder-files.ts'
import { readFolderSettings } from './folder-settings.ts'
import { createFolderView, type FolderView } from './folder-view.ts'
import { gradually } from './gradually.ts'
import { createNotices, notReadNotice } from './notices.ts'
import { createQueue } from './queue.ts'
import type { Log } from './run-safe.ts'
import { type Answer, createSqlAnswers } from './sql-answers.ts'
import type { Notice } from './view.ts'

/** What a folder needs of the world around it. */
export interface FolderOptions {
  /** An absolute path; undefined for the place of files that belong to no workspace folder, of which only open ones are read. */
  readonly root: string | undefined
  readonly documents: Documents
  /** Makes an empty analyzer that reads the packages `forks` as well. */
  readonly createAnalyzer: (forks: readonly string[]) => Analyzer
  /** Makes an empty reader of stores that reads the packages `forks` as well. */
  readonly createReader: (forks: readonly string[]) => StoreReader
  readonly rules: readonly AnyRule[]
  /** Packages that the analyzer reads as WatermelonDB, besides the one itself. */
  readonly forks: readonly string[]
  readonly trusted: boolean
  readonly cacheDir: string | undefined
  readonly log: Log
  /** Asks SQLite. */
  readonly answer: Answer
  /** False for files that a folder further inside answers for. */
  readonly owns: (file: string) => boolean
  /** The settings of this folder as the editor has them. */
  readonly editorSettings: () => Promise<unknown>
  /** True when the editor can be told that findings have changed since it asked. */
  readonly hearsNews: boolean
  /** Told when findings may have changed by work in the background. */
  readonly onChange: () => void
  /** Told when the settings ask for an analyzer that reads other packages: this folder is to be replaced. */
  readonly onForks: (forks: readonly string[]) => void
}

/** A folder at work. Findings are asked of `analyzer`, texts and places of `view`. */
export interface Folder {
  readonly root: string | undefined
  readonly analyzer: Analyzer
  readonly view: FolderView
  settings(): Settings
  /** Begins to read the folder: open documents first, then the rest. */
  load(onProgress: Progress): void
  /** Resolves when the files have been read; where editors cannot be told of later news, when there will be none. */
  ready(): Promise<void>
  /** Resolves when everything has been read and no work is left. */
  loaded(): Promise<void>
  /** Reads files that references lead to and that have not been read; true when there were some and they are read now. */
  readWanted(): Promise<boolean>
  /** Sends what must be asked of SQLite; true while findings hang on an answer. `onChange` is told when it is there. */
  asksSqlite(): boolean
  /** Resolves when no answer of SQLite is awaited. */
  answered(): Promise<void>
  /** Takes in the texts of open documents that changed. */
  edited(files: readonly string[]): void
  changedOnDisk(changes: DiskChanges): void
  settingsChanged(): void
  /** Reads texts of closed files again; true when one of them differs from what was analysed. */
  reread(files: readonly string[]): Promise<boolean>
  notices(file: string): readonly Notice[]
  /** Files whose findings or notices may have changed since the last call. */
  takeChanged(): ReadonlySet<string>
  /** How many source files this folder has. */
  count(): number
  sources(): readonly string[]
  /** Every file of this folder that has findings or notices. */
  files(): readonly string[]
  dispose(): void
}

/** A folder that has read nothing yet. */
export function createFolder(options: FolderOptions): Folder {
  const { root, documents, owns } = options
  const queue = createQueue(options.log)
  const whole = options.createAnalyzer(options.forks)
  const { analyzer, ...reading } = gradually(whole, options.rules)
  const answers = createSqlAnswers(whole, options.answer, options.onChange)
  const view = createFolderView(documents)
  const notices = createNotices()
  const createReader = () => options.createReader(options.forks)
  const { holdsStore } = createReader()
  const files = createFolderFiles({ ...options, analyzer, view, notices, holdsStore })
  const baselines = createFolderBaselines({
    ...options,
    createReader,
    present: files.present,
    analyzer,
    notices,
  })
  let settings: Settings = defaultSettings
  let read: Promise<void> = Promise.resolve()

  const background = (name: string, work: (signal: AbortSignal) => Promise<void>) =>
    queue.add(name, async signal => {
      await work(signal)
      if (!signal.aborted) options.onChange()
    })
  const applySettings = async (signal: AbortSignal): Promise<boolean> => {
    const before = settings
    settings = await readFolderSettings({
      ...options,
      ruleIds: options.rules.map(rule => rule.id),
      notices,
      editor: await options.editorSettings(),
    })
    const { rules, watermelondbPackages: forks } = settings
    if (forks.join() !== options.forks.join()) {
      queue.stop()
      options.onForks(forks)
    }
    signal.throwIfAborted()
    analyzer.setSeverity(rule => rules[rule.id] ?? rule.severity)
    return before.exclude.join('\n') !== settings.exclude.join('\n')
  }
  const readBaselines = () =>
    background('read baselines', signal => baselines.read(files.snapshotFiles(), settings, signal))

  const takeText = (file: string, text: Text) => {
    const large = text.length > largestText
    const message = `This file is larger than ${largestText / 1024 / 1024} MB and is not read.`
    notices.set('text', file, large ? [notReadNotice(file, message)] : [])
    if (!large) files.give(file, text)
    else if (analyzer.has(file)) analyzer.drop(file)
  }

  return {
    root,
    analyzer,
    view,
    settings: () => settings,
    load(onProgress) {
      let hasFirst = () => {}
      const first = new Promise<void>(resolve => {
        hasFirst = resolve
      })
      const loading = background('read files', async signal => {
        await applySettings(signal)
        const onFirst = () => {
          reading.reach('first')
          options.onChange()
          hasFirst()
        }
        const onAll = () => {
          reading.reach('all')
          options.onChange()
        }
        try {
          await files.load(settings, { onFirst, onAll, onProgress }, signal)
        } finally {
          reading.reach('all')
        }
      })
      const compared = readBaselines()
      read = options.hearsNews ? Promise.race([first, loading]) : compared
    },
    ready: () => read,
    loaded: () => queue.idle(),
    async readWanted() {
      if (!files.hasUnreadWanted()) return false
      await background('read referenced files', signal => files.readWanted(signal))
      return !files.hasUnreadWanted()
    },
    asksSqlite: answers.send,
    answered: answers.settled,
    edited(changed) {
      const closed: string[] = []
      const others = new Map<string, 'changed'>()
      analyzer.batch(() => {
        for (const file of changed) {
          const text = documents.get(file)?.text
          if (isConfigName(basename(file)) || isSnapshotPath(file)) others.set(file, 'changed')
          else if (text === undefined) closed.push(file)
          else if (isSourceName(basename(file))) takeText(file, text)
        }
      })
      if (closed.length > 0) background('read closed files', async () => void (await files.readClosed(closed)))
      if (others.size > 0) this.changedOnDisk(others)
      if (!reading.isWhole()) return
      if (files.hasUnreadWanted()) background('read referenced files', signal => files.readWanted(signal))
      if (baselines.areOutdated()) readBaselines()
    },
    changedOnDisk(changes) {
      const paths = [...changes.keys()]
      background('read changed files', async signal => {
        const configChanged = paths.includes(`${root}/${configFileName}`)
        const before = settings
        const walk = configChanged && (await applySettings(signal))
        await files.changed(changes, settings, walk, signal)
        if (paths.some(isSnapshotPath) || before.baseline !== settings.baseline || baselines.areOutdated())
          await baselines.read(files.snapshotFiles(), settings, signal)
      })
    },
    settingsChanged() {
      background('apply settings', async signal => {
        const walk = await applySettings(signal)
        if (walk) await files.changed(new Map(), settings, true, signal)
        await baselines.read(files.snapshotFiles(), settings, signal)
      })
    },
    reread: list => files.readClosed(list.filter(file => !documents.get(file))),
    notices: file => notices.of(file),
    takeChanged: () => new Set([...reading.takeChanged(), ...notices.takeChanged()].filter(owns)),
    count: files.count,
    sources: files.sources,
    files: () => [...new Set([...analyzer.filesWithFindings(), ...notices.files()])].filter(owns),
    dispose: () => queue.stop(),
  }
}
