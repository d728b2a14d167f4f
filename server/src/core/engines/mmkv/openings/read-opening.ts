// Reads one place where an instance is opened, with its configuration.

import type { Named } from '../../../catalog/catalog.ts'
import { placeOf } from '../../../catalog/place-of.ts'
import type { Entry, Located, Scope } from '../../../catalog/scope.ts'
import { isTestFile, platformOf } from '../files.ts'
import type { Site } from '../sites.ts'
import type { Opening } from '../types.ts'
import { readConfig } from './read-config.ts'

/** Hooks that read and write one key, with the place of the argument that is the instance. */
export const keyHooks: Readonly<Record<string, number>> = {
  useMMKVString: 1,
  useMMKVNumber: 1,
  useMMKVBoolean: 1,
  useMMKVBuffer: 1,
  useMMKVObject: 1,
}

/** All hooks that take an instance, or mean the default one. */
export const instanceHooks: Readonly<Record<string, number>> = { ...keyHooks, useMMKVListener: 1, useMMKVKeys: 0 }

const own = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined

/** The argument of a hook that is its instance; undefined where none is given, `null` where the call is no such hook. */
export function instanceArgument({ name, value: { value, file } }: Site): Located | undefined | null {
  const index = own(instanceHooks, name)
  if (index === undefined) return null
  const argument = value.args[index]
  return argument && argument.kind !== 'undefined' ? { value: argument, file } : undefined
}

/** What kind of opening a call of the library is; undefined for other calls. */
export function kindOfOpening(site: Site): Opening['kind'] | undefined {
  const { isNew } = site.value.value
  if (site.name === 'MMKV') return isNew ? 'new' : undefined
  if (isNew) return undefined
  if (site.name === 'createMMKV') return 'create'
  if (site.name === 'useMMKV') return 'hook'
  return instanceArgument(site) === undefined && !hasSpread(site) ? 'default-hook' : undefined
}

const hasSpread = ({ value: { value } }: Site): boolean => value.args.some(argument => argument.kind === 'spread')

/** Reads an opening; undefined where the call is none. */
export function readOpening(scope: Scope, site: Site): Opening | undefined {
  const kind = kindOfOpening(site)
  if (kind === undefined) return undefined
  const { value, file } = site.value
  const [argument] = kind === 'default-hook' ? [] : value.args
  const { entries, complete, object } = readConfig(scope, argument && { value: argument, file })
  return {
    kind,
    at: placeOf(site.value),
    value: site.value,
    fact: site.fact,
    isOuter: site.isOuter,
    entries,
    config: object,
    complete,
    id: textOf(scope, entries.get('id'), complete),
    path: textOf(scope, entries.get('path'), complete),
    encryptionKey: keyOf(scope, entries.get('encryptionKey'), complete),
    isTest: isTestFile(scope, file),
    platform: platformOf(file),
  }
}

/** True for an entry that is there and not `undefined`. */
export const isGiven = (scope: Scope, entry: Entry | undefined): entry is Entry =>
  entry !== undefined && scope.follow(entry.value).value.kind !== 'undefined'

function textOf(scope: Scope, entry: Entry | undefined, complete: boolean): Named | null | undefined {
  if (!isGiven(scope, entry)) return complete || entry ? null : undefined
  return scope.text(entry.value)
}

function keyOf(scope: Scope, entry: Entry | undefined, complete: boolean): Located | null | undefined {
  if (!isGiven(scope, entry)) return complete || entry ? null : undefined
  return entry.value
}
