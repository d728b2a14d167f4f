// Which files and folders of a workspace matter, by name alone.
import { basename } from '../core/text/path.ts'

/**
 * True for a name of a file that may hold storage code: TypeScript or JavaScript, neither declarations nor bundles, or SQL
 * that code may import.
 */
export const isSourceName = (name: string): boolean =>
  isSqlName(name) ||
  (/\.[cm]?[jt]sx?$/.test(name) &&
    !/\.(?:[cm]tsx|[cm]jsx)$/.test(name) &&
    !isDeclaration(name) &&
    !/[.-](?:min|bundle)\.[cm]?js$/.test(name))

/** True for a name of a file of SQL. It may be of any database: only what code imports is read. */
export const isSqlName = (name: string): boolean => name.endsWith('.sql')

/** True for a name of a file that says how names resolve, what is installed, how an app is built or how this program is set. */
export const isConfigName = (name: string): boolean =>
  name === 'package.json' ||
  name === 'pnpm-workspace.yaml' ||
  name === 'offline-storage.config.json' ||
  /^[tj]sconfig(?:[.-].+)?\.json$/.test(name) ||
  isBabelName(name) ||
  isNativeName(name)

/** True for a name of a file that sets how the native side of an app is built. */
export const isNativeName = (name: string): boolean =>
  name === 'Info.plist' || name === 'gradle.properties' || name === 'Podfile.properties.json'

/** True for a name of a Babel config file. */
export const isBabelName = (name: string): boolean =>
  /^babel\.config\.(?:js|cjs|mjs|json)$/.test(name) || /^\.babelrc(?:\.(?:js|cjs|mjs|json))?$/.test(name)

/** True for the path of a released schema, `…/offline-storage/<store>/v<N>.json`. */
export const isSnapshotPath = (path: string): boolean => /\/offline-storage\/[^/]+\/v\d+\.json$/.test(path)

/** True for a path that a walk of the workspace would collect, its folders aside. */
export const isCollected = (path: string): boolean =>
  isSourceName(basename(path)) || isConfigName(basename(path)) || isSnapshotPath(path)

/**
 * True for a folder that holds nothing written by hand in this workspace: packages, version control, build output,
 * caches. Not `lib`: apps keep sources there.
 */
export const isSkippedFolder = (name: string): boolean => skippedFolders.has(name)

/** True when some folder of the relative path `path` is skipped. */
export const isInSkippedFolder = (path: string): boolean => path.split('/').slice(0, -1).some(isSkippedFolder)

const skippedFolders = new Set([
  ...['node_modules', 'bower_components', '.git', '.hg', '.svn', '.yarn'],
  ...['dist', 'build', 'out', 'coverage', '.next', '.expo', '.turbo', '.cache', 'Pods', '.gradle', 'DerivedData'],
])

const isDeclaration = (name: string): boolean => /\.d\.(?:[^.]+\.)?[cm]?ts$/.test(name)
