// The workspace as the analysis asks about it: what specifiers mean and what each package has, all from memory.
import type { BabelConfig, Project, ProjectSetup, TsConfigFacts, Workspace } from '../core/catalog/scope.ts'
import { dirname, join } from '../core/text/path.ts'
import { aliasTargets } from './babel-aliases.ts'
import { type BabelReading, readBabelConfig, readBabelData } from './babel-config.ts'
import { candidates, firstFound, type KnownFiles, packageCandidates } from './candidates.ts'
import { isBabelName, isConfigName, isSourceName } from './file-kinds.ts'
import type { InstalledVersions } from './installed-versions.ts'
import { exportTargets, type PackageInfo, versionOfRange } from './package-info.ts'
import { type Packages, readPackages, upward } from './packages.ts'
import { projectSetup } from './project-setup.ts'
import type { StaticData } from './static-config.ts'
import { packageAndRest, pathTargets, readTsConfig, type TsConfig } from './tsconfig-paths.ts'

/** What a model is made of. */
export interface WorkspaceParts {
  readonly root: string
  /** The source files that exist. */
  readonly files: Iterable<string>
  /** Texts of the config files (see `isConfigName`) by path. */
  readonly configs: ReadonlyMap<string, string>
  /** Symbolic links within the workspace and where they lead. */
  readonly links?: ReadonlyMap<string, string>
  /** Packages whose versions matter: the storage libraries and forks of them. */
  readonly libraries: readonly string[]
  /** Installed versions by folder (the one that holds node_modules) and package; see `readInstalledVersions`. */
  readonly installed?: InstalledVersions
}

/** What has changed in a workspace. A config with the text `undefined` is gone. */
export interface WorkspaceChanges {
  readonly added?: Iterable<string>
  readonly removed?: Iterable<string>
  readonly configs?: ReadonlyMap<string, string | undefined>
  readonly installed?: InstalledVersions
}

/** A `Workspace` that can be renewed. It never changes itself, so a new object means new answers. */
export interface WorkspaceModel extends Workspace {
  readonly root: string
  /** True for a source file that exists. */
  has(file: string): boolean
  /** Every source file. */
  files(): Iterable<string>
  /** Every config file whose text is known. */
  configs(): Iterable<string>
  /** Folders of all packages, for those who look up what is installed. */
  packageFolders(): readonly string[]
  /** What the nearest Babel config says; undefined where there is none or it is not statically known. */
  babelOf(file: string): BabelConfig | undefined
  /** The model after `changes`. Projects that are the same as before keep their identity. */
  withChanges(changes: WorkspaceChanges): WorkspaceModel
}

/** Builds a model; nothing is read from disk, now or later. */
export const createWorkspaceModel = (parts: WorkspaceParts): WorkspaceModel =>
  modelOf({ ...parts, files: new Set(parts.files) }, new Map())

type Parts = WorkspaceParts & { readonly files: ReadonlySet<string> }

function modelOf(parts: Parts, projects: Map<string, Project>): WorkspaceModel {
  const settled = readConfigs(parts)
  return modelWith(parts, settled, projects)
}

/** The model of `parts`, whose configs have been read already. */
function modelWith(parts: Parts, read: ReadConfigs, projects: Map<string, Project>): WorkspaceModel {
  const { root, files } = parts
  const known: KnownFiles = { has: file => files.has(file), packageIn: folder => read.packages.in(folder) }
  const resolved = new Map<string, readonly string[]>()
  const projectOfFolder = new Map<string, Project>()

  return {
    root,
    has: file => files.has(file),
    files: () => files,
    configs: () => parts.configs.keys(),
    packageFolders: () => read.packages.folders,
    resolve(from, specifier) {
      const folder = dirname(from)
      const key = `${folder}\0${specifier}`
      let found = resolved.get(key)
      if (!found) {
        found = lookUp(folder, specifier, read, known, parts)
        resolved.set(key, found)
      }
      return found
    },
    project(file) {
      const folder = dirname(file)
      let project = projectOfFolder.get(folder)
      if (!project) {
        project = kept(projects, projectAt(folder, read, parts), read)
        projectOfFolder.set(folder, project)
      }
      return project
    },
    babelOf(file) {
      const facts = read.babel(dirname(file))?.facts
      return facts === 'unknown' ? undefined : facts
    },
    withChanges(changes) {
      const nextFiles = new Set(files)
      for (const file of changes.removed ?? []) nextFiles.delete(file)
      for (const file of changes.added ?? []) if (isSourceName(file)) nextFiles.add(file)
      const next: Parts = { ...parts, files: nextFiles, installed: changes.installed ?? parts.installed }
      if (!changes.configs) return modelWith(next, read, projects)
      const configs = new Map(parts.configs)
      for (const [file, text] of changes.configs) {
        if (text === undefined) configs.delete(file)
        else if (isConfigName(file.slice(file.lastIndexOf('/') + 1))) configs.set(file, text)
      }
      return modelOf({ ...next, configs }, projects)
    },
  }
}

/** The configs of a workspace, each read when it is first asked for. */
interface ReadConfigs {
  readonly packages: Packages
  tsconfig(folder: string): TsConfig | undefined
  babel(folder: string): BabelReading | undefined
  /** The setup of the package in `folder`, and the same as JSON. */
  setup(folder: string): { readonly setup: ProjectSetup; readonly json: string }
}

function readConfigs(parts: Parts): ReadConfigs {
  const { root, configs } = parts
  const packages = readPackages(root, configs)
  const babelFiles = new Map<string, string>()
  for (const file of configs.keys())
    if (isBabelName(file.slice(file.lastIndexOf('/') + 1))) babelFiles.set(dirname(file), file)

  const tsconfigIn = remembered((folder: string): TsConfig | undefined => {
    const file = [`${folder}/tsconfig.json`, `${folder}/jsconfig.json`].find(path => configs.has(path))
    if (file === undefined) return undefined
    const typescript = upward(root, folder, at => packages.in(at)?.ranges['typescript'])
    return readTsConfig(file, {
      text: path => configs.get(path),
      packageFolder: (from, name) => packages.named(from, name)?.folder,
      strictByDefault: Number.parseInt(versionOfRange(typescript ?? '') ?? '', 10) >= 6,
    })
  })
  const babelIn = remembered((folder: string): BabelReading | undefined => {
    const file = babelFiles.get(folder)
    if (file !== undefined) return readBabelConfig(file, configs.get(file) ?? '')
    const data = packages.in(folder)?.babel
    return data === undefined ? undefined : readBabelData(`${folder}/package.json`, data as StaticData)
  })
  return {
    packages,
    tsconfig: remembered(folder => upward(root, folder, tsconfigIn)),
    babel: remembered(folder => upward(root, folder, babelIn)),
    setup: remembered(folder => {
      const setup = projectSetup(folder, packages, configs)
      return { setup, json: JSON.stringify(setup) }
    }),
  }
}

function lookUp(
  folder: string,
  specifier: string,
  read: ReadConfigs,
  known: KnownFiles,
  parts: Parts,
): readonly string[] {
  if (specifier === '') return []
  const find = (paths: readonly string[]) =>
    firstFound(
      paths.map(path => followLinks(path, parts.links)),
      known,
    )
  if (/^\.{1,2}(?:\/|$)/.test(specifier)) {
    const path = followLinks(join(folder, specifier), parts.links)
    // `./db/` and `.` name a folder, though a file of that name may stand beside it.
    return /(?:^|\/)\.{0,2}$/.test(specifier) ? candidates(`${path}/`, known) : candidates(path, known)
  }
  if (/^(?:[a-z]:)?\//i.test(specifier)) return find([specifier])
  const tsconfig = read.tsconfig(folder)
  const byPaths = tsconfig ? find(pathTargets(tsconfig, specifier)) : []
  if (byPaths.length > 0) return byPaths
  const babel = read.babel(folder)
  const byAlias = babel ? find(aliasTargets(babel.aliases, specifier)) : []
  if (byAlias.length > 0) return byAlias
  const own = read.packages.of(folder)
  if (specifier.startsWith('#'))
    return own ? find(exportTargets(own.imports, specifier).map(path => join(own.folder, path))) : []
  const [name, sub] = packageAndRest(specifier)
  const info = read.packages.named(folder, name)
  if (info) return packageCandidates(info, sub, known)
  return tsconfig?.baseUrl === undefined ? [] : find([join(tsconfig.baseUrl, `./${specifier}`)])
}

/** `path` with the symbolic links on its way replaced by where they lead. */
function followLinks(path: string, links: ReadonlyMap<string, string> | undefined): string {
  if (!links || links.size === 0) return path
  for (const [link, target] of links) {
    if (path === link) return target
    if (path.startsWith(`${link}/`)) return target + path.slice(link.length)
  }
  return path
}

function projectAt(folder: string, read: ReadConfigs, parts: Parts): Project {
  const tsconfig = read.tsconfig(folder)
  const babel = read.babel(folder)?.facts
  return {
    root: read.packages.of(folder)?.folder ?? parts.root,
    versions: versionsAt(folder, read.packages, parts),
    strictNullChecks: tsconfig?.strictNullChecks,
    ...(babel !== undefined && { babel }),
    ...(tsconfig && { tsconfig: tsconfigFacts(tsconfig) }),
  }
}

function versionsAt(folder: string, packages: Packages, { root, libraries, installed }: Parts): Record<string, string> {
  const versions: Record<string, string> = {}
  const range = (info: PackageInfo | undefined, name: string) => versionOfRange(info?.ranges[name] ?? '')
  for (const name of libraries) {
    const version =
      upward(root, folder, at => installed?.get(at)?.[name]) ?? upward(root, folder, at => range(packages.in(at), name))
    if (version !== undefined) versions[name] = version
  }
  return versions
}

function tsconfigFacts(config: TsConfig): TsConfigFacts {
  const { file, experimentalDecorators, useDefineForClassFields, target } = config
  return {
    file,
    ...(experimentalDecorators !== undefined && { experimentalDecorators }),
    ...(useDefineForClassFields !== undefined && { useDefineForClassFields }),
    ...(target !== undefined && { target }),
  }
}

/** The project given before that says the same, or this one from now on. */
function kept(projects: Map<string, Project>, plain: Project, read: ReadConfigs): Project {
  // The setup is the same for all folders of a package, and longer than the rest.
  const { setup, json } = read.setup(plain.root)
  const key = JSON.stringify(plain) + json
  const before = projects.get(key)
  if (before) return before
  const project = { ...plain, setup }
  projects.set(key, project)
  return project
}

/** `make` with its answers remembered, absence included. */
function remembered<Answer>(make: (key: string) => Answer): (key: string) => Answer {
  const answers = new Map<string, Answer>()
  return key => {
    if (!answers.has(key)) answers.set(key, make(key))
    return answers.get(key)!
  }
}
