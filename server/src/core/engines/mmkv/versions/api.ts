// What each version of react-native-mmkv has, read in the packages 2.12.2, 3.0.0, 3.3.3, 4.0.0, 4.1.2, 4.2.0, 4.3.0 and 4.3.2.
import type { Project } from '../../../catalog/scope.ts'
import { isAtLeast } from '../../../text/version.ts'
import { majorOf } from '../versions.ts'

/** In which versions a name is there, as `major.minor`: from `since` on, and before `until`. */
export interface Lifetime {
  readonly since?: string
  readonly until?: string
  /** The name that does the same where this one is not there. */
  readonly other?: string
}

/** Members of an instance that not every version has. */
export const members: Readonly<Record<string, Lifetime>> = {
  delete: { until: '4.0', other: 'remove' },
  remove: { since: '4.0', other: 'delete' },
  size: { since: '3.0' },
  trim: { since: '3.0' },
  isReadOnly: { since: '3.0' },
  importAllFrom: { since: '4.1' },
  encrypt: { since: '4.2', other: 'recrypt' },
  decrypt: { since: '4.2', other: 'recrypt' },
  isEncrypted: { since: '4.2' },
  byteSize: { since: '4.2', other: 'size' },
  length: { since: '4.2' },
  checkContentChanged: { since: '4.3' },
}

/** Exports of the package that not every version has as values. */
export const values: Readonly<Record<string, Lifetime>> = {
  MMKV: { until: '4.0', other: 'createMMKV' },
  createMMKV: { since: '4.0', other: 'new MMKV' },
  Mode: { since: '3.0', until: '4.0', other: "'single-process' or 'multi-process'" },
  useMMKVKeys: { since: '4.0' },
  existsMMKV: { since: '4.1' },
  deleteMMKV: { since: '4.1' },
}

/** How version 4 says what were numbers of an enum. */
export const modes: Readonly<Record<string, string>> = {
  SINGLE_PROCESS: 'single-process',
  MULTI_PROCESS: 'multi-process',
}

/** True where `version` has what lives so long. */
export const has = (version: string, { since, until }: Lifetime): boolean =>
  (since === undefined || isAtLeast(version, since)) && (until === undefined || !isAtLeast(version, until))

/** The package. */
export const packageName = 'react-native-mmkv'

/** The version of react-native-mmkv in a project; undefined where it is not known, or where nothing is known of it. */
export function versionIn(project: Project): string | undefined {
  const major = majorOf(project) ?? 0
  return major >= 2 && major <= 4 ? project.versions[packageName] : undefined
}
