// Walks a workspace and finds the files that matter.
import { readdir, realpath, stat } from 'node:fs/promises'
import { isConfigName, isInSkippedFolder, isSkippedFolder, isSnapshotPath, isSourceName } from './file-kinds.ts'
import { type IgnoreLevels, judge, levelOf, levelsAbove, withGitignore } from './gitignore.ts'
import type { Problem } from './problem.ts'
import { toSlashes } from './slashes.ts'

/** What a walk found: absolute paths with forward slashes, each list in alphabetical order. */
export interface FoundFiles {
  readonly root: string
  readonly sources: readonly string[]
  /** Package, TypeScript and Babel configuration, and this program's own. */
  readonly configs: readonly string[]
  /** Released schemas, `offline-storage/<store>/v<N>.json`. */
  readonly snapshots: readonly string[]
  /**
   * Symbolic links that lead to another place of the workspace, as path and target. They are not followed: the target is found
   * where it really is, and loops cannot arise.
   */
  readonly links: ReadonlyMap<string, string>
  /** Folders that could not be read. */
  readonly problems: readonly Problem[]
}

/** What the one who asks for a walk may choose. */
export interface FindOptions {
  /** Patterns in the syntax of .gitignore, relative to the root, beyond what git ignores. */
  readonly exclude: readonly string[]
  /** Ends the walk; `findFiles` then rejects with the signal's reason. */
  readonly signal?: AbortSignal
  /** Told now and then how many files have been found so far. */
  readonly onProgress?: (found: number) => void
}

/** Folders read at the same time: enough to keep the disk busy, few enough not to run out of handles. */
const width = 24

/**
 * Finds the files below `root` that matter, leaving out what git ignores (nested .gitignore files, negations and
 * `.git/info/exclude`), packages, build output and bundles. An unreadable folder is a problem in the answer, not an error.
 */
export async function findFiles(root: string, options: FindOptions): Promise<FoundFiles> {
  const top = toSlashes(root)
  const realTop = await realpath(top).then(toSlashes, () => top)
  const excluded = levelOf(top, options.exclude)
  const found = {
    sources: [] as string[],
    configs: [] as string[],
    snapshots: [] as string[],
    links: new Map<string, string>(),
    problems: [] as Problem[],
  }
  let reported = 0

  const waiting: { folder: string; levels: IgnoreLevels }[] = [{ folder: top, levels: await levelsAbove(top) }]
  const readFolder = async (folder: string, above: IgnoreLevels): Promise<void> => {
    const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => error)
    if (entries instanceof Error) {
      found.problems.push({
        file: folder,
        message: `This folder cannot be read (${entries.code}); its files are left out.`,
      })
      return
    }
    const levels = entries.some(entry => entry.name === '.gitignore') ? await withGitignore(above, folder) : above
    for (const entry of entries) {
      const path = `${folder}/${entry.name}`
      if (entry.isSymbolicLink()) {
        const target = await linkTarget(path, top, realTop)
        if (target !== undefined) found.links.set(path, target)
      } else if (entry.isDirectory()) {
        if (isSkippedFolder(entry.name) || judge([excluded], path, true).ignored) continue
        const verdict = judge(levels, path, true)
        if (!verdict.ignored) waiting.push({ folder: path, levels: verdict.levels })
      } else if (entry.isFile()) {
        const list = listFor(path, entry.name)
        if (list && !judge([excluded], path, false).ignored && !judge(levels, path, false).ignored)
          found[list].push(path)
      }
    }
    const total = found.sources.length
    if (total - reported >= 500) {
      reported = total
      options.onProgress?.(total)
    }
  }

  await new Promise<void>((done, fail) => {
    let running = 0
    const next = () => {
      if (options.signal?.aborted) return fail(options.signal.reason)
      if (running === 0 && waiting.length === 0) return done()
      while (running < width && waiting.length > 0) {
        const { folder, levels } = waiting.pop()!
        running++
        readFolder(folder, levels).then(() => {
          running--
          next()
        }, fail)
      }
    }
    next()
  })
  for (const list of [found.sources, found.configs, found.snapshots]) list.sort()
  options.onProgress?.(found.sources.length)
  return { root: top, ...found }
}

/**
 * Whether `findFiles` would come to `file`, an existing file below `root`, by its folders and what git ignores. Asks the
 * disk for the .gitignore files on the way only, so it suits single files that are new.
 */
export async function wouldFind(root: string, file: string, exclude: readonly string[]): Promise<boolean> {
  const below = file.slice(root.length + 1)
  if (!file.startsWith(`${root}/`) || isInSkippedFolder(below)) return false
  if (levelOf(root, exclude).patterns.ignores(below)) return false
  let levels = await levelsAbove(root)
  let path = root
  const parts = below.split('/')
  for (const [index, part] of parts.entries()) {
    levels = await withGitignore(levels, path)
    path = `${path}/${part}`
    const verdict = judge(levels, path, index < parts.length - 1)
    if (verdict.ignored) return false
    levels = verdict.levels
  }
  return true
}

function listFor(path: string, name: string): 'sources' | 'configs' | 'snapshots' | undefined {
  if (isConfigName(name)) return 'configs'
  if (isSnapshotPath(path)) return 'snapshots'
  return isSourceName(name) ? 'sources' : undefined
}

/** Where a link leads when that is within the workspace. */
async function linkTarget(path: string, top: string, realTop: string): Promise<string | undefined> {
  try {
    const target = toSlashes(await realpath(path))
    if (!target.startsWith(`${realTop}/`)) return undefined
    const kind = await stat(target)
    return kind.isDirectory() || kind.isFile() ? top + target.slice(realTop.length) : undefined
  } catch {
    return undefined
  }
}
