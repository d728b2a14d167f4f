// Turns what a file watcher saw into changes of the workspace model.
import { lstat } from 'node:fs/promises'
import type { Settings } from '../core/settings.ts'
import { basename } from '../core/text/path.ts'
import { isConfigName, isSourceName } from './file-kinds.ts'
import { findFiles, wouldFind } from './find-files.ts'
import { readInstalledVersions } from './installed-versions.ts'
import { librariesOf } from './load-workspace.ts'
import { readText } from './read-text.ts'
import type { WorkspaceChanges, WorkspaceModel } from './workspace-model.ts'

/** Lock files change when something is installed. */
const lockFiles = new Set(['package-lock.json', 'yarn.lock', 'pnpm-lock.yaml', 'bun.lock', 'npm-shrinkwrap.json'])

/**
 * The changes of `model` after `paths` (files or folders) were made, changed or removed; undefined when the model would
 * answer as before. A source file whose text alone changed is not a change of the model.
 */
export async function watchedChanges(
  model: WorkspaceModel,
  paths: readonly string[],
  settings: Settings,
): Promise<WorkspaceChanges | undefined> {
  const added: string[] = []
  const removed: string[] = []
  const configs = new Map<string, string | undefined>()
  const remove = (path: string): void => {
    const gone = (file: string) => file === path || file.startsWith(`${path}/`)
    for (const file of model.files()) if (gone(file)) removed.push(file)
    for (const file of model.configs()) if (gone(file)) configs.set(file, undefined)
  }
  const readConfig = async (file: string): Promise<void> => {
    const read = await readText(file)
    if (read.problem === undefined) configs.set(file, read.text)
    else if (read.problem === 'missing') remove(file)
  }
  const seen = await Promise.all(paths.map(async path => ({ path, kind: await kindOf(path) })))
  if (seen.some(({ path, kind }) => kind === 'folder' || basename(path) === '.gitignore')) {
    const found = await findFiles(model.root, { exclude: settings.exclude })
    const present = new Set([...found.sources, ...found.configs])
    for (const file of found.sources) if (!model.has(file)) added.push(file)
    for (const file of [...model.files(), ...model.configs()]) if (!present.has(file)) remove(file)
    for (const file of found.configs) await readConfig(file)
  } else
    for (const { path, kind } of seen) {
      const name = basename(path)
      if (kind === 'none') remove(path)
      else if (isSourceName(name) && !isConfigName(name)) {
        if (!model.has(path) && (await wouldFind(model.root, path, settings.exclude))) added.push(path)
      } else if (isConfigName(name) && (await wouldFind(model.root, path, settings.exclude))) await readConfig(path)
    }
  const packagesChanged =
    [...configs.keys()].some(file => basename(file) === 'package.json') ||
    paths.some(path => lockFiles.has(basename(path)))
  if (added.length + removed.length + configs.size === 0 && !packagesChanged) return undefined
  const changes: WorkspaceChanges = { added, removed, ...(configs.size > 0 && { configs }) }
  if (!packagesChanged) return changes
  const folders = model.withChanges(changes).packageFolders()
  return { ...changes, installed: await readInstalledVersions(model.root, folders, librariesOf(settings)) }
}

const kindOf = (path: string): Promise<'file' | 'folder' | 'none'> =>
  lstat(path).then(
    found => (found.isDirectory() ? 'folder' : found.isFile() ? 'file' : 'none'),
    () => 'none',
  )
