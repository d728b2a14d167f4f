// Reads one place where a realm is opened, with its configuration.

import type { Named } from '../../../catalog/catalog.ts'
import { placeOf } from '../../../catalog/place-of.ts'
import type { Entry, Located, Scope } from '../../../catalog/scope.ts'
import type { CallValue, JsxValue } from '../../../source/value.ts'
import type { Library } from '../imports.ts'
import type { Opening, Site } from '../types.ts'
import { readConfig, readProps } from './read-config.ts'
import { readNumber } from './read-number.ts'

/** What opens a realm, by the library's names. */
const kinds: Readonly<Record<string, Opening['kind']>> = {
  Realm: 'new',
  'Realm.open': 'open',
  createRealmContext: 'context',
  RealmProvider: 'provider',
  'Realm.deleteFile': 'other',
  'Realm.exists': 'other',
}

/** What kind of opening a use of the library is; undefined for other uses. */
export function kindOfOpening({ name, value: { value } }: Site): Opening['kind'] | undefined {
  const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined
  if (kind === 'provider') return value.kind === 'jsx' ? kind : undefined
  if (kind === undefined || value.kind !== 'call') return undefined
  return value.isNew === (kind === 'new') ? kind : undefined
}

/** Props of `RealmProvider` that are no part of the configuration. */
const providerProps = new Set(['fallback', 'closeOnUnmount', 'realmRef', 'children', 'key'])

/** Reads an opening; undefined where the use is none. */
export function readOpening(scope: Scope, library: Library, site: Site): Opening | undefined {
  const kind = kindOfOpening(site)
  if (kind === undefined) return undefined
  const { value, file } = site.value
  const config =
    value.kind === 'jsx'
      ? readProvider(scope, library, { value, file })
      : readArgument(scope, { value: value as CallValue, file })
  const { entries, complete } = config
  return {
    kind,
    at: placeOf(site.value),
    value: site.value as Located<CallValue | JsxValue>,
    fact: site.fact,
    entries,
    config: config.object,
    complete,
    path: pathOf(scope, entries, complete),
    version: readNumber(scope, entries.get('schemaVersion')?.value),
    isSync: isGiven(scope, entries.get('sync')),
  }
}

/** The `createRealmContext(…)` call that a provider belongs to. */
export const contextOf = (
  scope: Scope,
  library: Library,
  { value, file }: Opening['value'],
): Located<CallValue> | undefined =>
  value.kind === 'jsx' ? library.contextOf(scope, { value: value.tag, file }) : undefined

/** True for an entry that is there and not `undefined`. */
export const isGiven = (scope: Scope, entry: Entry | undefined): boolean =>
  entry !== undefined && scope.follow(entry.value).value.kind !== 'undefined'

function readArgument(scope: Scope, { value, file }: Located<CallValue>) {
  const [argument] = value.args
  if (!argument) return { entries: new Map<string, Entry>(), complete: true, object: undefined }
  // `new Realm('path')` gives nothing but the path.
  const path = { value: argument, file }
  if (scope.text(path)) {
    const entry: Entry = { name: 'path', value: path, nameAt: placeOf(path), at: placeOf(path) }
    return { entries: new Map([['path', entry]]), complete: true, object: undefined }
  }
  return readConfig(scope, path)
}

/** The props of a provider over the configuration of its context (`RealmProvider.tsx` of @realm/react). */
function readProvider(scope: Scope, library: Library, { value, file }: Located<JsxValue>) {
  const context = library.contextOf(scope, { value: value.tag, file })
  const base = context && readArgument(scope, context)
  const props = readProps(scope, value.props, file)
  const entries = new Map(base?.entries)
  for (const entry of props.entries.values()) if (!providerProps.has(entry.name)) entries.set(entry.name, entry)
  return { entries, complete: props.complete && (base?.complete ?? true), object: base?.object }
}

function pathOf(scope: Scope, entries: ReadonlyMap<string, Entry>, complete: boolean): Named | null | undefined {
  const entry = entries.get('path')
  if (!isGiven(scope, entry)) return complete ? null : undefined
  return scope.text(entry?.value)
}
