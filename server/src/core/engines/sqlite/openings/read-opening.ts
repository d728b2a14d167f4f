// Reads one place where a database is opened.
import { placeOf } from '../../../catalog/place-of.ts'
import type { Entry, Located, Scope } from '../../../catalog/scope.ts'
import type { CallValue, JsxValue } from '../../../source/value.ts'
import type { LibraryName, SqlPackage } from '../imports.ts'
import type { Site } from '../sites.ts'
import type { Opening } from '../types.ts'

/** What opens a database, by the names of the libraries. */
const openers: Readonly<Record<SqlPackage, readonly string[]>> = {
  'expo-sqlite': ['openDatabaseAsync', 'openDatabaseSync', 'SQLiteProvider'],
  'op-sqlite': ['open', 'openAsync', 'openSync', 'openRemote'],
  'quick-sqlite': ['open', 'QuickSQLite.open'],
  'nitro-sqlite': ['open', 'NitroSQLite.open'],
  'sqlite-storage': ['openDatabase'],
}

/** True for a use of a library that opens a database. */
export const isOpening = ({
  package: library,
  name,
  value: { value },
}: Pick<Site, 'package' | 'name' | 'value'>): boolean =>
  openers[library].includes(name) && (value.kind === 'jsx') === (name === 'SQLiteProvider')

/** True for the names that open a database with a call. */
export const opensDatabase = ({ package: library, name }: LibraryName): boolean =>
  name !== 'SQLiteProvider' && openers[library].includes(name)

/** Reads an opening; undefined where the use is none. */
export function readOpening(scope: Scope, site: Site, isTest: boolean): Opening | undefined {
  if (!isOpening(site)) return undefined
  const { value, file } = site.value
  const entries =
    value.kind === 'jsx' ? ofProps(scope, { value, file }) : ofArguments(scope, site.package, { value, file })
  const name = entries.get('name')
  return {
    package: site.package,
    name: site.name,
    at: placeOf(site.value),
    value: site.value,
    fact: site.fact,
    entries,
    file: scope.text(name?.value),
    isGiven: isGiven(scope, site, entries),
    isTest,
  }
}

/** True where the option is there and not `undefined` or `false`. */
const isSet = (scope: Scope, entry: Entry | undefined): boolean => {
  if (!entry) return false
  const { value } = scope.follow(entry.value)
  return value.kind !== 'undefined' && !(value.kind === 'boolean' && !value.value)
}

/** The file comes with the app (`assetSource`, `createFromLocation`), or a server fills it (libsql). */
const isGiven = (scope: Scope, site: Site, entries: ReadonlyMap<string, Entry>): boolean =>
  ['assetSource', 'createFromLocation', 'libSQLOptions', 'syncUrl', 'url'].some(key =>
    isSet(scope, entries.get(key)),
  ) ||
  site.name === 'openRemote' ||
  (site.package === 'op-sqlite' && site.name === 'openSync')

function ofProps(scope: Scope, { value, file }: Located<JsxValue>): ReadonlyMap<string, Entry> {
  const props = scope.shape({ value: { kind: 'object', props: value.props, at: value.at }, file })?.entries
  const entries = new Map(props)
  const name = entries.get('databaseName')
  if (name) entries.set('name', { ...name, name: 'name' })
  return entries
}

/** `open({ name })`, `openDatabaseAsync(name, options)`, `openDatabase(name, version, …)`, `QuickSQLite.open(name, location)`. */
function ofArguments(
  scope: Scope,
  library: SqlPackage,
  { value, file }: Located<CallValue>,
): ReadonlyMap<string, Entry> {
  const [first, second] = value.args
  if (!first || first.kind === 'spread') return new Map()
  const own = library === 'expo-sqlite' ? undefined : scope.shape({ value: first, file })?.entries
  if (own) return own
  const options = library === 'expo-sqlite' && second ? scope.shape({ value: second, file })?.entries : undefined
  const located = { value: first, file }
  const name: Entry = { name: 'name', value: located, nameAt: placeOf(located), at: placeOf(located) }
  return new Map([...(options ?? []), ['name', name]])
}
