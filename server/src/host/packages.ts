// The packages of a workspace: which folder belongs to which, and which of them see each other by name.
import { dirname, join } from '../core/text/path.ts'
import { type PackageInfo, packageInfo, pnpmWorkspaces, workspaceFolders } from './package-info.ts'

/** All packages of a workspace. */
export interface Packages {
  /** The package.json in exactly this folder. */
  in(folder: string): PackageInfo | undefined
  /** The nearest package at or above `folder`. */
  of(folder: string): PackageInfo | undefined
  /** The package of this workspace that code in `folder` gets when it imports `name`. */
  named(folder: string, name: string): PackageInfo | undefined
  /** Folders of all packages. */
  readonly folders: readonly string[]
}

/** Reads the package.json and pnpm-workspace.yaml texts among `configs`; nothing above `root` is looked at. */
export function readPackages(root: string, configs: ReadonlyMap<string, string>): Packages {
  const byFolder = new Map<string, PackageInfo>()
  for (const [file, text] of configs)
    if (file.endsWith('/package.json')) byFolder.set(dirname(file), packageInfo(dirname(file), text))
  const folders = [...byFolder.keys()]

  /** Per workspace root, its members by name. */
  const workspaces = new Map<string, Map<string, PackageInfo>>()
  const addWorkspace = (top: string, patterns: readonly string[]): void => {
    const members = workspaces.get(top) ?? new Map<string, PackageInfo>()
    for (const folder of [top, ...workspaceFolders(top, patterns, folders)]) {
      const info = byFolder.get(folder)
      if (info?.name !== undefined && !members.has(info.name)) members.set(info.name, info)
    }
    workspaces.set(top, members)
  }
  for (const info of byFolder.values()) if (info.workspaces) addWorkspace(info.folder, info.workspaces)
  for (const [file, text] of configs)
    if (file.endsWith('/pnpm-workspace.yaml')) addWorkspace(dirname(file), pnpmWorkspaces(text))

  const of = (folder: string): PackageInfo | undefined => upward(root, folder, at => byFolder.get(at))
  return {
    folders,
    in: folder => byFolder.get(folder),
    of,
    named(folder, name) {
      const own = of(folder)
      if (own?.name === name) return own
      const linked = /^(?:file|link|portal):(.+)$/.exec(own?.ranges[name] ?? '')?.[1]
      if (own && linked !== undefined) return byFolder.get(join(own.folder, linked))
      return upward(root, folder, at => workspaces.get(at)?.get(name))
    },
  }
}

/** The first answer of `look` for `folder` and the folders above it, up to `root`. */
export function upward<Answer>(
  root: string,
  folder: string,
  look: (folder: string) => Answer | undefined,
): Answer | undefined {
  for (let at = folder; at === root || at.startsWith(`${root}/`); at = dirname(at)) {
    const answer = look(at)
    if (answer !== undefined) return answer
    // The root of a workspace without folders is '', which is its own parent.
    if (at === dirname(at)) return undefined
  }
  return undefined
}
