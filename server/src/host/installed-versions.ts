// Which versions of the storage libraries are installed.
import { parse } from 'jsonc-parser'
import { dirname } from '../core/text/path.ts'
import { inTurn } from './in-turn.ts'
import { asRecord } from './package-info.ts'
import { readText } from './read-text.ts'

/** Versions of packages by the folder whose node_modules holds them. */
export type InstalledVersions = ReadonlyMap<string, Readonly<Record<string, string>>>

/** The packages whose versions rules and writers of new code may ask for, besides configured forks. */
export const storageLibraries: readonly string[] = [
  '@nozbe/watermelondb',
  'realm',
  '@realm/react',
  'react-native-mmkv',
  'expo-secure-store',
  'react-native-keychain',
  'expo-sqlite',
  '@op-engineering/op-sqlite',
  '@apollo/client',
]

/** What storage libraries stand on, and an app must name itself. */
export const nativeFoundations: readonly string[] = ['react-native-nitro-modules']

/**
 * Reads `node_modules/<library>/package.json` of each of `folders` and of the folders above them up to `root`; nothing
 * else in node_modules is looked at. Folders without any of the libraries are not in the answer.
 */
export async function readInstalledVersions(
  root: string,
  folders: readonly string[],
  libraries: readonly string[],
): Promise<InstalledVersions> {
  const places = new Set([root])
  for (const folder of folders)
    for (let at = folder; at.startsWith(`${root}/`) && !places.has(at); at = dirname(at)) places.add(at)
  // A library's name comes from settings too, and must not lead out of node_modules.
  const names = [...new Set(libraries)].filter(name => /^(?:@[\w.-]+\/)?[\w-][\w.-]*$/.test(name))
  const found = await inTurn([...places].sort(), 8, async folder => {
    const versions: Record<string, string> = {}
    for (const name of names) {
      const version = await versionIn(`${folder}/node_modules/${name}/package.json`)
      if (version !== undefined) versions[name] = version
    }
    return [folder, versions] as const
  })
  return new Map(found.filter(([, versions]) => Object.keys(versions).length > 0))
}

async function versionIn(file: string): Promise<string | undefined> {
  const { text } = { text: undefined, ...(await readText(file)) }
  const version = text === undefined ? undefined : asRecord(parse(text))?.['version']
  return typeof version === 'string' ? version : undefined
}
