// What the files beside the code of a package say of how its app is built.
import type { NativeSetting, OpSqliteFacts, ProjectSetup } from '../core/catalog/scope.ts'
import { dirname } from '../core/text/path.ts'
import { nativeFoundations, storageLibraries } from './installed-versions.ts'
import { asRecord } from './package-info.ts'
import type { Packages } from './packages.ts'

/** Reads the setup of the package in `folder` from the texts of config files. */
export function projectSetup(folder: string, packages: Packages, configs: ReadonlyMap<string, string>): ProjectSetup {
  const known = [...storageLibraries, ...nativeFoundations]
  const own = packages.in(folder)?.dependencies ?? []
  const all = new Set(packages.folders.flatMap(one => Object.keys(packages.in(one)?.ranges ?? {})))
  const nativeSettings: NativeSetting[] = []
  for (const [file, text] of configs) {
    if (!file.startsWith(`${folder}/`) || (packages.of(dirname(file))?.folder ?? folder) !== folder) continue
    const below = file.slice(folder.length + 1)
    if (/^ios\/(?:.+\/)?Info\.plist$/.test(below)) nativeSettings.push(...plistEntries(file, text))
    else if (below === 'android/gradle.properties') nativeSettings.push(...properties(file, text))
    else if (below === 'ios/Podfile.properties.json') nativeSettings.push(...jsonEntries(file, text))
  }
  const opSqlite = packages.folders.flatMap(one => opSqliteFacts(one, packages.in(one)?.opSqlite))
  return {
    dependencies: known.filter(name => own.includes(name)),
    workspaceDependencies: known.filter(name => all.has(name)),
    nativeSettings,
    ...(opSqlite.length > 0 && { opSqlite }),
  }
}

function opSqliteFacts(folder: string, key: unknown): OpSqliteFacts[] {
  const entries = asRecord(key)
  if (!entries) return []
  const { sqliteFlags } = entries
  return [
    {
      file: `${folder}/package.json`,
      on: Object.keys(entries).filter(name => entries[name] === true),
      flags: typeof sqliteFlags === 'string' ? sqliteFlags : '',
    },
  ]
}

/** Every key with a text, outside comments. */
function plistEntries(file: string, text: string): NativeSetting[] {
  const entry = /<!--[\s\S]*?-->|<key>([^<]*)<\/key>\s*<string>([^<]*)<\/string>/dg
  return [...text.matchAll(entry)].flatMap(match => setting(file, match))
}

/** Every property, in lines of their own. */
const properties = (file: string, text: string): NativeSetting[] =>
  [...text.matchAll(/^[ \t]*([\w.-]+)[ \t]*[=:][ \t]*(.*?)[ \t]*$/dgm)].flatMap(match => setting(file, match))

/** Every key with a text, in a flat object. */
const jsonEntries = (file: string, text: string): NativeSetting[] =>
  [...text.matchAll(/"([\w.-]+)"\s*:\s*"([^"\\\n]*)"/dg)].flatMap(match => setting(file, match))

function setting(file: string, match: RegExpExecArray): NativeSetting[] {
  const [, name, value] = match
  const [, nameAt, valueAt] = match.indices ?? []
  if (name === undefined || value === undefined || !nameAt || !valueAt) return []
  const place = ([start, end]: readonly [number, number]) => ({ file, span: { start, end } })
  return [{ name, value, nameAt: place(nameAt), valueAt: place(valueAt) }]
}
