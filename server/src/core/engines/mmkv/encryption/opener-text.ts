// The source text of a file that opens an instance with a key that only the phone has, and keeps what was stored before.
import type { Style } from '../../../write/style.ts'
import { quoted } from '../../../write/style.ts'

/** Where the key is kept. */
export type KeyHome = 'expo-secure-store' | 'react-native-keychain'

/** What the file is to open. */
export interface OpenerWish {
  /** The name of the function: `openUserStorage`. */
  readonly name: string
  readonly id: string
  /** The options that both openings share, as source: `id: 'user'`. */
  readonly options: readonly string[]
  /** Options of the old opening alone, as source: its key, and the type of its encryption. */
  readonly oldOptions: readonly string[]
  readonly home: KeyHome
  /** True for version 4, which has `createMMKV`. */
  readonly hasCreate: boolean
  /** True from 4.2, which encrypts with AES-256. */
  readonly hasLongKeys: boolean
  readonly isTyped: boolean
  readonly style: Style
}

/**
 * The text of the file. The order of its steps is what keeps the data: the key is saved as "pending" before the storage
 * is encrypted and as "done" after it, and a mark in the storage tells which of the two a crash left behind.
 */
export function openerText(wish: OpenerWish): string {
  const { isTyped, name, style, id, hasLongKeys } = wish
  const { quote: q, indent: tab, semicolon: end } = style
  const promised = isTyped ? ': Promise<MMKV>' : ''
  const keyed = isTyped ? 'key: string' : 'key'
  const newOptions = ['encryptionKey: key', ...(hasLongKeys ? [`encryptionType: ${q}AES-256${q}`] : [])]
  const before = wish.oldOptions.length > 0 ? 'under the old key' : 'without a key'
  const lines = [
    `// Opens the storage ${JSON.stringify(id)} with a key that only this phone has. What is stored ${before} is kept.`,
    ...imports(wish),
    '',
    `const keyName = ${quoted(`mmkv-key.${id.replace(/[^\w.-]/g, '_')}`, style)}${end}`,
    '/** A key of the storage: where it can be read, the storage is open with the right key. */',
    `const marker = ${q}__enc${q}${end}`,
    '',
    `let opened${isTyped ? ': Promise<MMKV> | undefined' : ''}${end}`,
    '',
    '/** The storage, opened once. Rejects where it can be opened only at the next start of the app. */',
    `export function ${name}()${promised} {`,
    `${tab}opened ??= open()${end}`,
    `${tab}return opened${end}`,
    '}',
    '',
    `async function open()${promised} {`,
    `${tab}const kept = await load()${end}`,
    `${tab}if (kept?.state === ${q}done${q}) return openWith(kept.key)${end}`,
    `${tab}if (kept?.state === ${q}pending${q}) return resume(kept.key)${end}`,
    `${tab}return encryptAnew(kept?.key ?? newKey())${end}`,
    '}',
    '',
    '/** Encrypts what is stored already. At whichever step the app stops, the next start can go on. */',
    `async function encryptAnew(${keyed})${promised} {`,
    `${tab}const storage = ${opening(wish, wish.oldOptions)}${end}`,
    `${tab}storage.set(marker, true)${end}`,
    `${tab}await save(${q}pending${q}, key)${end}`,
    `${tab}${hasLongKeys ? `storage.encrypt(key, ${q}AES-256${q})` : 'storage.recrypt(key)'}${end}`,
    `${tab}await save(${q}done${q}, key)${end}`,
    `${tab}return storage${end}`,
    '}',
    '',
    '/** The app stopped while it encrypted: the marker tells whether the storage has the new key already. */',
    `async function resume(${keyed})${promised} {`,
    `${tab}const storage = openWith(key)${end}`,
    `${tab}if (storage.contains(marker)) {`,
    `${tab}${tab}await save(${q}done${q}, key)${end}`,
    `${tab}${tab}return storage${end}`,
    `${tab}}`,
    `${tab}// Nothing may be written here: the data is still ${before}, and one process cannot open it again.`,
    `${tab}await save(${q}retry${q}, key)${end}`,
    `${tab}throw new Error(${quoted(`The storage "${id}" can be opened only at the next start of the app.`, style)})${end}`,
    '}',
    '',
    `function openWith(${keyed})${isTyped ? ': MMKV' : ''} {`,
    `${tab}return ${opening(wish, newOptions)}${end}`,
    '}',
    '',
    ...newKey(wish),
    '',
    ...keeping(wish),
    '',
  ]
  return lines.join(style.newline)
}

function imports({ home, hasCreate, isTyped, style }: OpenerWish): readonly string[] {
  const { quote: q, semicolon: end, spacedBraces } = style
  const from = (names: string, file: string) => `import ${names} from ${q}${file}${q}${end}`
  const braced = (names: string) => (spacedBraces ? `{ ${names} }` : `{${names}}`)
  const isExpo = home === 'expo-secure-store'
  const opener = hasCreate ? (isTyped ? 'createMMKV, type MMKV' : 'createMMKV') : 'MMKV'
  return [
    ...(isExpo ? [from(braced('getRandomBytes'), 'expo-crypto'), from('* as SecureStore', home)] : []),
    ...(isExpo ? [] : [`import ${q}react-native-get-random-values${q}${end}`, from('* as Keychain', home)]),
    from(braced(opener), 'react-native-mmkv'),
  ]
}

function opening({ hasCreate, options, style }: OpenerWish, more: readonly string[]): string {
  const inside = [...options, ...more].join(', ')
  const config = style.spacedBraces ? `{ ${inside} }` : `{${inside}}`
  return hasCreate ? `createMMKV(${config})` : `new MMKV(${config})`
}

/** 16 random bytes as 32 characters for AES-256, or 16 characters of 6 random bits each for AES-128. */
function newKey({ home, hasLongKeys, isTyped, style }: OpenerWish): readonly string[] {
  const { quote: q, indent: tab, semicolon: end } = style
  const isExpo = home === 'expo-secure-store'
  const bytes = isExpo ? 'getRandomBytes(16)' : 'crypto.getRandomValues(new Uint8Array(16))'
  const shape = '{ getRandomValues(bytes: Uint8Array): Uint8Array }'
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  return [
    ...(!isExpo && isTyped ? [`declare const crypto: ${shape}${end}`, ''] : []),
    ...(hasLongKeys ? [] : [`const letters = ${q}${letters}${q}${end}`, '']),
    `function newKey()${isTyped ? ': string' : ''} {`,
    hasLongKeys
      ? `${tab}return Array.from(${bytes}, byte => byte.toString(16).padStart(2, ${q}0${q})).join(${q}${q})${end}`
      : `${tab}return Array.from(${bytes}, byte => letters.charAt(byte % 64)).join(${q}${q})${end}`,
    '}',
  ]
}

/** How the key and its state are read and saved. */
function keeping({ home, isTyped, style }: OpenerWish): readonly string[] {
  const { quote: q, indent: tab, semicolon: end } = style
  const given = isTyped ? 'state: string, key: string' : 'state, key'
  const loaded = isTyped ? ': Promise<{ state: string; key: string } | undefined>' : ''
  const saved = isTyped ? ': Promise<void>' : ''
  if (home === 'expo-secure-store')
    return [
      `async function load()${loaded} {`,
      `${tab}const kept = await SecureStore.getItemAsync(keyName)${end}`,
      `${tab}return kept ? JSON.parse(kept) : undefined${end}`,
      '}',
      '',
      `async function save(${given})${saved} {`,
      `${tab}const keychainAccessible = SecureStore.AFTER_FIRST_UNLOCK_THIS_DEVICE_ONLY${end}`,
      `${tab}await SecureStore.setItemAsync(keyName, JSON.stringify({ state, key }), { keychainAccessible })${end}`,
      '}',
    ]
  return [
    `async function load()${loaded} {`,
    `${tab}const kept = await Keychain.getGenericPassword({ service: keyName })${end}`,
    `${tab}return kept ? { state: kept.username, key: kept.password } : undefined${end}`,
    '}',
    '',
    `async function save(${given})${saved} {`,
    `${tab}const accessible = Keychain.ACCESSIBLE.AFTER_FIRST_UNLOCK_THIS_DEVICE_ONLY${end}`,
    `${tab}const isSaved = await Keychain.setGenericPassword(state, key, { service: keyName, accessible })${end}`,
    `${tab}if (!isSaved) throw new Error(${q}The keychain did not save the key.${q})${end}`,
    '}',
  ]
}
