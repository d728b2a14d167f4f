// What the stores of a folder are compared with, kept up to date.
import type { Analyzer } from '../core/analyze.ts'
import type { StoreReader } from '../core/read-stores.ts'
import type { Settings } from '../core/settings.ts'
import type { PastStores } from '../host/load-baselines.ts'
import { librariesOf } from '../host/load-workspace.ts'
import type { Problem } from '../host/problem.ts'
import type { PresentFile } from '../host/stores-at-commit.ts'
import type { Notices } from './notices.ts'
import type { Log } from './run-safe.ts'

/** What baselines are found with. */
export interface BaselineOptions {
  readonly root: string | undefined
  readonly analyzer: Analyzer
  readonly createReader: () => StoreReader
  /** The present file at a path, if its content has the git id. */
  readonly present: (file: string, id: string) => PresentFile | undefined
  readonly notices: Notices
  readonly trusted: boolean
  readonly log: Log
}

/** Baselines of one folder. */
export interface FolderBaselines {
  read(snapshotFiles: readonly string[], settings: Settings, signal: AbortSignal): Promise<void>
  /** True when stores have come or gone since the baselines were read. */
  areOutdated(): boolean
}

/** No baselines yet. */
export function createFolderBaselines(options: BaselineOptions): FolderBaselines {
  const { root, analyzer, notices, log } = options
  const past: PastStores = new Map()
  let storesRead = ''
  let settingsRead = ''
  const storesNow = () => JSON.stringify(analyzer.stores().map(store => [store.engine, store.name]))

  return {
    async read(snapshotFiles, settings, signal) {
      if (root === undefined) return
      storesRead = storesNow()
      const settingsNow = JSON.stringify([settings.exclude, settings.watermelondbPackages])
      if (settingsNow !== settingsRead) past.clear()
      settingsRead = settingsNow
      // Most of this is about git, which many workspaces never ask for; it is loaded when it is needed.
      const { loadBaselines } = await import('../host/load-baselines.ts')
      const { baselines, problems } = await loadBaselines({
        root,
        setting: settings.baseline,
        stores: analyzer.stores(),
        trusted: options.trusted,
        snapshotFiles,
        past,
        createReader: options.createReader,
        present: options.present,
        exclude: settings.exclude,
        libraries: librariesOf(settings),
        signal,
      })
      for (const problem of problems) if (problem.file === root) log(problem.message)
      notices.setAll('snapshots', problems.filter(problem => problem.file !== root).map(toNotice))
      analyzer.batch(() => analyzer.setBaselines(baselines))
    },
    areOutdated: () => storesNow() !== storesRead,
  }
}

const toNotice = ({ file, message, offset, length }: Problem) =>
  ({
    rule: 'offline-storage/snapshot',
    severity: 'warning',
    message,
    file,
    span: { start: offset ?? 0, end: (offset ?? 0) + (length ?? 0) },
  }) as const
