// The fix that opens an instance with a key from the keychain of the phone, and keeps its data.
import type { Entry, Scope } from '../../../catalog/scope.ts'
import type { ImportFact } from '../../../facts/file-facts.ts'
import type { Fix, FixContext } from '../../../rules/rule.ts'
import type { Edit, TextEdit } from '../../../text/edit.ts'
import { dirname } from '../../../text/path.ts'
import { isAtLeast } from '../../../text/version.ts'
import { addImport } from '../../../write/add-import.ts'
import { quoted, type Style, styleOf } from '../../../write/style.ts'
import { textAt } from '../edit-text.ts'
import type { MmkvStore, Opening } from '../types.ts'
import { majorOf } from '../versions.ts'
import { type ConstantKey, constantKey } from './constant-key.ts'
import { type KeyHome, openerText } from './opener-text.ts'

/**
 * The fixes for an opening whose key stands in the code, one for each package that could keep the new key: a file with
 * an asynchronous opener that encrypts the old data with a key of the phone, and a call of it in place of the opening.
 * It gives a promise, so that everything that used the instance at once is an error until it waits for it: a second
 * opening with the old key beside it would destroy the data. None where the instance is opened elsewhere as well.
 */
export function keychainOpeners(store: MmkvStore, opening: Opening, context: FixContext): readonly Fix[] {
  const { scope } = store
  const found = opening.encryptionKey ? constantKey(scope, opening.encryptionKey) : undefined
  if (!found || found.isFallback) return []
  return homes(store).flatMap(home => keychainOpener(store, opening, found, home, context) ?? [])
}

/** The package that is installed comes first; where none is known, that of Expo. */
function homes({ project: { versions } }: MmkvStore): readonly KeyHome[] {
  const isBare = versions['react-native-keychain'] !== undefined && versions['expo-secure-store'] === undefined
  return isBare ? ['react-native-keychain', 'expo-secure-store'] : ['expo-secure-store', 'react-native-keychain']
}

function keychainOpener(
  store: MmkvStore,
  opening: Opening,
  key: ConstantKey,
  home: KeyHome,
  context: FixContext,
): Fix | undefined {
  const { scope } = store
  const { value, file } = opening.value
  const text = context.text(file)
  const module = scope.module(file)
  const id = opening.id === null ? 'mmkv.default' : opening.id?.text
  if (text === undefined || !module || id === undefined || !isOnlyOpening(store, opening)) return undefined
  if (!/^\s*import\b/m.test(text) || !opening.complete || !opening.isOuter) return undefined
  const style = styleOf(text)
  const old = key.text === undefined ? textAt(key.secret, context) : quoted(key.text, style)
  const options = sharedOptions(scope, opening, style)
  if (old === undefined || !options) return undefined

  const name = `open${nameOfId(id)}Storage`
  const path = `${dirname(file)}/${kebab(name)}${/\.tsx?$/.test(file) ? '.ts' : '.js'}`
  if (context.text(path) !== undefined || module.bindings[name]) return undefined
  const version = store.project.versions['react-native-mmkv']
  const create = openerText({
    name,
    id,
    options: [`id: ${quoted(id, style)}`, ...options],
    oldOptions: [`encryptionKey: ${old}`, ...oldType(scope, opening, style)],
    home,
    hasCreate: opening.kind === 'create' || (majorOf(store.project) ?? 0) >= 4,
    hasLongKeys: isAtLeast(version, '4.2'),
    isTyped: /\.tsx?$/.test(file),
    style,
  })
  const isAsync = scope.usage(file)?.functions[opening.fact.fn ?? -1]?.isAsync === true
  const edits: Edit[] = [
    { file: path, create },
    ...importEdits(opening, module.imports, name, context.specifier(file, path), context, style),
    { file, start: value.at.start, end: value.at.end, text: `${isAsync ? 'await ' : ''}${name}()` },
  ]
  return { title: `Open it with a key of the phone (${home}), asynchronously`, safe: false, edits }
}

/** Another opening with the old key would read nothing and overwrite everything once the data has a new one. */
const isOnlyOpening = ({ openings, id }: MmkvStore, opening: Opening): boolean =>
  id !== undefined &&
  opening.path !== undefined &&
  (opening.kind === 'new' || opening.kind === 'create') &&
  openings.filter(one => !one.isTest).every(one => one === opening)

/** The options besides the key, where all of them are plain values; undefined otherwise. */
function sharedOptions(scope: Scope, { entries }: Opening, style: Style): readonly string[] | undefined {
  const options: string[] = []
  for (const entry of entries.values()) {
    if (/^(?:id|encryptionKey|encryptionType)$/.test(entry.name)) continue
    const value = plainValue(scope, entry, style)
    if (value === undefined) return undefined
    options.push(`${entry.name}: ${value}`)
  }
  return options
}

function plainValue(scope: Scope, { value }: Entry, style: Style): string | undefined {
  const text = scope.text(value)
  if (text) return quoted(text.text, style)
  return scope.boolean(value)?.toString()
}

function oldType(scope: Scope, { entries }: Opening, style: Style): readonly string[] {
  const entry = entries.get('encryptionType')
  const text = entry && scope.text(entry.value)
  return text ? [`encryptionType: ${quoted(text.text, style)}`] : []
}

/** Imports the opener; what the opening was imported by goes where nothing else uses it. */
function importEdits(
  opening: Opening,
  imports: readonly ImportFact[],
  name: string,
  from: string,
  context: FixContext,
  style: Style,
): readonly TextEdit[] {
  const { value, file } = opening.value
  const text = context.text(file) ?? ''
  const line = `import ${style.spacedBraces ? `{ ${name} }` : `{${name}}`} from ${quoted(from, style)}${style.semicolon}`
  const used = value.callee.kind === 'name' ? value.callee.name : undefined
  const own = imports.find(one => one.names.length === 1 && one.names[0]?.local === used && !one.typeOnly)
  const isOnlyUse = used !== undefined && (text.match(new RegExp(`\\b${used}\\b`, 'g'))?.length ?? 0) === 2
  if (own && isOnlyUse && /^import\b/.test(text.slice(own.at.start)))
    return [{ file, start: own.at.start, end: own.at.end, text: line }]
  return addImport(file, text, { imports }, { from, names: [name] }, style)
}

/** `User` for `user-storage`: the words of an id that make a name. */
function nameOfId(id: string): string {
  const words = id.split(/[^A-Za-z0-9]+/).filter(word => word !== '' && !/^(?:mmkv|storage|default)$/i.test(word))
  return words
    .map(word => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
    .replace(/(?:Storage|Store)$/, '')
    .replace(/^\d+/, '')
}

const kebab = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase()
