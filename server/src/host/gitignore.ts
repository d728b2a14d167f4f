// Which paths a person told git to leave alone.
import { access, readFile } from 'node:fs/promises'
import ignore, { type Ignore } from 'ignore'
import { dirname } from '../core/text/path.ts'

/** The patterns of one .gitignore (or of a setting), for paths below `base`. */
interface Level {
  readonly base: string
  readonly patterns: Ignore
}

/** The levels that hold in a folder, weakest first. */
export type IgnoreLevels = readonly Level[]

/** What is said of one path; `levels` are those to go on with when the path is a folder that is entered. */
export interface IgnoreVerdict {
  readonly ignored: boolean
  readonly levels: IgnoreLevels
}

/**
 * The levels above `root`: `.git/info/exclude` and every .gitignore from the repository's top folder down to the one
 * above `root`. None where `root` itself would be ignored, as whoever opens such a folder wants it read.
 */
export async function levelsAbove(root: string): Promise<IgnoreLevels> {
  const top = await repositoryFolder(root)
  if (top === undefined) return []
  const excluded = await text(`${top}/.git/info/exclude`)
  let levels: IgnoreLevels = excluded === undefined ? [] : [levelOf(top, excluded)]
  let folder = top
  for (const part of root.slice(top.length).split('/').filter(Boolean)) {
    levels = await withGitignore(levels, folder)
    folder = `${folder}/${part}`
    const verdict = judge(levels, folder, true)
    if (verdict.ignored) return []
    levels = verdict.levels
  }
  return levels
}

/** `levels` and the .gitignore of `folder`, if it has one. */
export async function withGitignore(levels: IgnoreLevels, folder: string): Promise<IgnoreLevels> {
  const found = await text(`${folder}/.gitignore`)
  return found === undefined ? levels : [...levels, levelOf(folder, found)]
}

/** Patterns in the syntax of .gitignore, for paths below `base`. */
export const levelOf = (base: string, patterns: string | readonly string[]): Level => ({
  base,
  patterns: ignore({ ignorecase: process.platform !== 'linux' }).add(patterns),
})

/** Whether `path`, none of whose parents is ignored, is ignored itself: the strongest level with an opinion decides. */
export function judge(levels: IgnoreLevels, path: string, isFolder: boolean): IgnoreVerdict {
  for (let index = levels.length - 1; index >= 0; index--) {
    const { base, patterns } = levels[index]!
    const below = path.slice(base.length + 1)
    const said = patterns.test(isFolder ? `${below}/` : below)
    if (said.ignored) return { ignored: true, levels }
    if (said.unignored) return { ignored: false, levels: isFolder ? overruled(levels, index, path) : levels }
  }
  return { ignored: false, levels }
}

/**
 * A folder that a stronger level took back in is entered, but a weaker level would still ignore everything inside it
 * for its parent's sake, so the weaker ones are told of the exception.
 */
function overruled(levels: IgnoreLevels, by: number, folder: string): IgnoreLevels {
  return levels.map((level, index) => {
    if (index >= by) return level
    const below = folder.slice(level.base.length + 1)
    if (!level.patterns.test(`${below}/`).ignored) return level
    const patterns = ignore({ ignorecase: process.platform !== 'linux' })
    patterns.add(level.patterns).add(`!/${below.replace(/[\\*?[\]!#\s]/g, '\\$&')}/`)
    return { base: level.base, patterns }
  })
}

/** The nearest folder at or above `folder` with a `.git` (a file in work trees and submodules). */
async function repositoryFolder(folder: string): Promise<string | undefined> {
  for (; folder !== ''; folder = dirname(folder)) {
    const found = await access(`${folder}/.git`).then(
      () => true,
      () => false,
    )
    if (found) return folder
  }
  return undefined
}

const text = (path: string): Promise<string | undefined> => readFile(path, 'utf8').catch(() => undefined)
