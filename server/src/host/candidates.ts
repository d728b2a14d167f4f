// Which files an extensionless path may mean, by the rules of TypeScript and Metro together.

import { join } from '../core/text/path.ts'
import { exportTargets, type PackageInfo } from './package-info.ts'

/** What must be known of the workspace to tell. */
export interface KnownFiles {
  /** True for a source file of the workspace. */
  has(file: string): boolean
  /** The package.json in exactly this folder. */
  packageIn(folder: string): PackageInfo | undefined
}

const extensions = ['.ts', '.tsx', '.js', '.jsx', '.mjs', '.cjs', '.mts', '.cts']
const platforms = ['.native', '.ios', '.android', '.web']

/** What a specifier that is written with a JavaScript extension may stand for in TypeScript sources. */
const written: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx'],
  '.jsx': ['.tsx', '.ts'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
}

/**
 * The files that the absolute `path` may mean: the plain file first, then its platform variants; a folder stands for
 * the `main` of its package.json, else for its index.
 */
export function candidates(path: string, known: KnownFiles): readonly string[] {
  return fileCandidates(path, known) ?? folderCandidates(path, known)
}

/** The files that a package's folder stands for (`sub` is '') or that it gives under `sub`. */
export function packageCandidates(info: PackageInfo, sub: string, known: KnownFiles): readonly string[] {
  const named = exportTargets(info.exports, sub === '' ? '.' : `./${sub}`)
  const usual = sub === '' ? [...info.mains, 'src/index', 'index'] : [sub, `src/${sub}`]
  return firstFound(
    [...named, ...usual].flatMap(path => [path, builtFrom(path)]).map(path => join(info.folder, `./${path}`)),
    known,
  )
}

/** The candidates of the first of `paths` that has any. */
export function firstFound(paths: readonly string[], known: KnownFiles): readonly string[] {
  for (const path of paths) {
    const found = candidates(path, known)
    if (found.length > 0) return found
  }
  return []
}

function fileCandidates(path: string, known: KnownFiles): readonly string[] | undefined {
  if (known.has(path)) return [path]
  const extension = /\.[cm]?jsx?$/.exec(path)?.[0]
  if (extension !== undefined) {
    const bare = path.slice(0, -extension.length)
    const source = written[extension]?.map(real => bare + real).find(file => known.has(file))
    if (source !== undefined) return [source]
  }
  const plain = extensions.map(end => path + end).find(file => known.has(file))
  const variants = platforms.flatMap(platform =>
    extensions.map(end => path + platform + end).filter(file => known.has(file)),
  )
  const all = plain === undefined ? variants : [plain, ...variants]
  return all.length > 0 ? all : undefined
}

function folderCandidates(path: string, known: KnownFiles): readonly string[] {
  const folder = path.replace(/\/$/, '')
  const info = known.packageIn(folder)
  for (const main of info?.mains ?? []) {
    const target = join(folder, `./${main}`)
    const found =
      target === folder ? undefined : (fileCandidates(target, known) ?? fileCandidates(`${target}/index`, known))
    if (found) return found
  }
  return fileCandidates(`${folder}/index`, known) ?? []
}

/** Where the source of a built file most likely is, as build output itself is never read. */
const builtFrom = (path: string): string =>
  path.replace(/^(?:\.\/)?(?:dist|build|out|lib)(?:\/(?:commonjs|module|cjs|esm))?\//, 'src/')
