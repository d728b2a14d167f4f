// Correct apps as people write them: no rule may find anything in them (part 2).
import { expectNoFindings } from '../../testkit/expect-no-findings.ts'

describe('correct apps of MMKV, part 2', () => {
  it('tests and a mock of the storage', () =>
    expectNoFindings(
      {
        'src/storage.ts': `import { createMMKV } from 'react-native-mmkv'

export const storage = createMMKV()
export const setFlag = (on: boolean) => storage.set('flag', on)
export const flag = () => storage.getBoolean('flag')
`,
        'src/__tests__/storage.test.ts': `import { createMMKV } from 'react-native-mmkv'
import { flag, setFlag, storage } from '../storage'

describe('storage', () => {
  beforeEach(() => storage.clearAll())

  it('stores a flag', () => {
    setFlag(true)
    expect(flag()).toBe(true)
  })

  it('stores what it is given', () => {
    const other = createMMKV({ id: 'test' })
    other.set('a', 1)
    other.set('b', 'two')
    other.set('c', true)
    expect(other.getNumber('a')).toBe(1)
    expect(other.getString('a')).toBeUndefined()
    expect(other.getAllKeys()).toEqual(['a', 'b', 'c'])
  })
})
`,
        '__mocks__/react-native-mmkv.ts': `export const createMMKV = () => {
  const values = new Map<string, string | number | boolean>()
  return {
    set: (key: string, value: string | number | boolean) => values.set(key, value),
    getString: (key: string) => values.get(key),
    getBoolean: (key: string) => values.get(key),
    getNumber: (key: string) => values.get(key),
    remove: (key: string) => values.delete(key),
    clearAll: () => values.clear(),
    getAllKeys: () => [...values.keys()],
  }
}
`,
      },
      { 'react-native-mmkv': '4.3.2' },
    ))

  it('a migration from AsyncStorage, once', () =>
    expectNoFindings(
      {
        'src/migrate.ts': `import AsyncStorage from '@react-native-async-storage/async-storage'
import { createMMKV } from 'react-native-mmkv'

export const storage = createMMKV()

export const hasMigratedFromAsyncStorage = storage.getBoolean('hasMigratedFromAsyncStorage')

export async function migrateFromAsyncStorage(): Promise<void> {
  if (storage.getBoolean('hasMigratedFromAsyncStorage')) return
  const keys = await AsyncStorage.getAllKeys()
  for (const key of keys) {
    const value = await AsyncStorage.getItem(key)
    if (value != null) storage.set(key, value)
  }
  storage.set('hasMigratedFromAsyncStorage', true)
  await AsyncStorage.multiRemove(keys)
}
`,
      },
      { 'react-native-mmkv': '4.3.2' },
    ))

  it('bytes, sizes and keys anew, in version 3', () =>
    expectNoFindings(
      {
        'src/blobs.ts': `import { MMKV, Mode } from 'react-native-mmkv'
import { getGenericPassword } from 'react-native-keychain'

export const blobs = new MMKV({ id: 'blobs', mode: Mode.MULTI_PROCESS })

export const putBlob = (name: string, bytes: Uint8Array) => blobs.set(\`blob:\${name}\`, bytes.buffer)
export const getBlob = (name: string) => {
  const buffer = blobs.getBuffer(\`blob:\${name}\`)
  return buffer ? new Uint8Array(buffer) : undefined
}

export async function encrypt() {
  const credentials = await getGenericPassword()
  if (credentials) blobs.recrypt(credentials.password)
}

export function tidy() {
  if (blobs.size >= 4096) blobs.trim()
  if (!blobs.contains('version')) blobs.set('version', 1)
  return blobs.getNumber('version') === 1
}

export function useOff() {
  blobs.recrypt(undefined)
}
`,
      },
      { 'react-native-mmkv': '3.3.3' },
    ))

  it('JavaScript, with settings that are boolean and their defaults', () =>
    expectNoFindings(
      {
        'src/settings.js': `import { createMMKV } from 'react-native-mmkv'

const storage = createMMKV({ id: 'settings' })

const DEFAULTS = { sounds: true, vibration: true, volume: 0.8, nickname: 'Player' }

/** @param {keyof typeof DEFAULTS} name */
export function getSetting(name) {
  switch (typeof DEFAULTS[name]) {
    case 'boolean':
      return storage.getBoolean(name) ?? DEFAULTS[name]
    case 'number':
      return storage.getNumber(name) ?? DEFAULTS[name]
    default:
      return storage.getString(name) ?? DEFAULTS[name]
  }
}

export function setSetting(name, value) {
  storage.set(name, value)
}

export const soundsOn = () => getSetting('sounds') && storage.getNumber('volume') !== 0
export const toggleSounds = () => setSetting('sounds', !soundsOn())
export const isMuted = () => storage.getBoolean('muted') || false
export const isFirst = () => !storage.getBoolean('opened-before')
export const opened = () => storage.set('opened-before', true)
export const mute = on => storage.set('muted', on)
`,
      },
      { 'react-native-mmkv': '4.3.2' },
    ))

  it("hooks with objects and lists, and a hook of one's own", () =>
    expectNoFindings(
      {
        'src/useRecents.ts': `import { useCallback } from 'react'
import { createMMKV, useMMKVNumber, useMMKVObject, useMMKVString } from 'react-native-mmkv'

const storage = createMMKV({ id: 'recents' })

interface Recent {
  id: string
  at: number
}

export function useRecents(max = 10) {
  const [recents, setRecents] = useMMKVObject<Recent[]>('recents', storage)
  const add = useCallback(
    (id: string) => setRecents(previous => [{ id, at: Date.now() }, ...(previous ?? []).filter(one => one.id !== id)].slice(0, max)),
    [max, setRecents],
  )
  const clear = useCallback(() => setRecents(undefined), [setRecents])
  return { recents: recents ?? [], add, clear }
}

export function usePersisted<T>(key: string, initial: T): [T, (value: T) => void] {
  const [raw, setRaw] = useMMKVString(key, storage)
  const value = raw === undefined ? initial : (JSON.parse(raw) as T)
  const setValue = useCallback((next: T) => setRaw(JSON.stringify(next)), [setRaw])
  return [value, setValue]
}

export function useCounter(name: string) {
  const [count = 0, setCount] = useMMKVNumber(\`counter.\${name}\`, storage)
  return { count, increment: () => setCount(count + 1), reset: () => setCount(0) }
}

export const readRecents = (): Recent[] => {
  const text = storage.getString('recents')
  if (text == null) return []
  return JSON.parse(text)
}
`,
      },
      { 'react-native-mmkv': '4.3.2' },
    ))

  it('a context provider around an instance', () =>
    expectNoFindings(
      {
        'src/StorageProvider.tsx': `import { createContext, useContext, useMemo, type ReactNode } from 'react'
import { createMMKV, type MMKV } from 'react-native-mmkv'

const StorageContext = createContext<MMKV | undefined>(undefined)

export function StorageProvider({ userId, children }: { userId: string; children: ReactNode }) {
  const storage = useMemo(() => createMMKV({ id: \`user.\${userId}\` }), [userId])
  return <StorageContext.Provider value={storage}>{children}</StorageContext.Provider>
}

export function useStorage(): MMKV {
  const storage = useContext(StorageContext)
  if (!storage) throw new Error('No storage')
  return storage
}

export function Badge() {
  const storage = useStorage()
  const count = storage.getNumber('badge') ?? 0
  return <Text onPress={() => storage.set('badge', 0)}>{count}</Text>
}
`,
      },
      { 'react-native-mmkv': '4.3.2' },
    ))

  it("Apollo's cache, i18n and supabase on one instance", () =>
    expectNoFindings(
      {
        'src/storage.ts': `import { MMKV } from 'react-native-mmkv'
import { keyFromKeychain } from './keychain'

export const storage = new MMKV({ id: 'app', encryptionKey: keyFromKeychain() })
`,
        'src/keychain.ts': `import { NativeModules } from 'react-native'

export const keyFromKeychain = (): string => NativeModules.Keychain.readSync('mmkv')
`,
        'src/apollo.ts': `import { ApolloClient, createHttpLink, InMemoryCache } from '@apollo/client'
import { MMKVWrapper, persistCache } from 'apollo3-cache-persist'
import { storage } from './storage'

export const createClient = async () => {
  const cache = new InMemoryCache()
  await persistCache({ cache, storage: new MMKVWrapper(storage) })
  return new ApolloClient({ cache, link: createHttpLink({ uri: '/graphql' }) })
}
`,
        'src/i18n.ts': `import i18n from 'i18next'
import { storage } from './storage'

i18n.use({
  type: 'languageDetector',
  detect: () => storage.getString('language') ?? 'en',
  init: () => {},
  cacheUserLanguage: (language: string) => storage.set('language', language),
})
`,
        'src/supabase.ts': `import { createClient } from '@supabase/supabase-js'
import { storage } from './storage'

const supabaseStorage = {
  setItem: (key: string, data: string) => storage.set(key, data),
  getItem: (key: string) => storage.getString(key) ?? null,
  removeItem: (key: string) => storage.delete(key),
}

export const supabase = createClient('https://x.supabase.co', 'anon', {
  auth: { storage: supabaseStorage, autoRefreshToken: true, persistSession: true, detectSessionInUrl: false },
})
`,
      },
      { 'react-native-mmkv': '3.2.0', '@apollo/client': '3.13.0', 'apollo3-cache-persist': '0.15.0' },
    ))

  it('values that expire, in one envelope', () =>
    expectNoFindings(
      {
        'src/cache.ts': `import { createMMKV } from 'react-native-mmkv'

const cache = createMMKV({ id: 'http-cache' })
const PREFIX = '@cache/'

interface Envelope<T> {
  value: T
  expiresAt: number
}

export function setCached<T>(key: string, value: T, ttl = 60_000): void {
  const envelope: Envelope<T> = { value, expiresAt: Date.now() + ttl }
  cache.set(PREFIX + key, JSON.stringify(envelope))
}

export function getCached<T>(key: string): T | undefined {
  const raw = cache.getString(PREFIX + key)
  if (!raw) return undefined
  const { value, expiresAt } = JSON.parse(raw) as Envelope<T>
  if (expiresAt > Date.now()) return value
  cache.remove(PREFIX + key)
  return undefined
}

export const prune = () =>
  cache
    .getAllKeys()
    .filter(key => key.startsWith(PREFIX))
    .forEach(key => {
      const raw = cache.getString(key)
      if (raw && (JSON.parse(raw) as Envelope<unknown>).expiresAt < Date.now()) cache.remove(key)
    })
`,
      },
      { 'react-native-mmkv': '4.3.2' },
    ))

  it('typed keys in a map of types, with one getter', () =>
    expectNoFindings(
      {
        'src/typed-storage.ts': `import { createMMKV } from 'react-native-mmkv'

interface Schema {
  theme: 'light' | 'dark'
  launches: number
  tutorial: boolean
  lastUser: { id: string; name: string }
}

const mmkv = createMMKV()

export const typed = {
  get<K extends keyof Schema>(key: K): Schema[K] | undefined {
    const text = mmkv.getString(key)
    return text === undefined ? undefined : (JSON.parse(text) as Schema[K])
  },
  set<K extends keyof Schema>(key: K, value: Schema[K]): void {
    mmkv.set(key, JSON.stringify(value))
  },
  update<K extends keyof Schema>(key: K, change: (value: Schema[K] | undefined) => Schema[K]) {
    this.set(key, change(this.get(key)))
  },
  remove: (key: keyof Schema) => mmkv.remove(key),
}
`,
        'src/launch.ts': `import { typed } from './typed-storage'

typed.update('launches', launches => (launches ?? 0) + 1)
if (!typed.get('tutorial')) typed.set('tutorial', true)
export const theme = typed.get('theme') ?? 'light'
export const user = typed.get('lastUser')?.name
`,
      },
      { 'react-native-mmkv': '4.3.2' },
    ))

  it('listeners and imports between instances in version 4', () =>
    expectNoFindings(
      {
        'src/storages.ts': `import { createMMKV, existsMMKV, deleteMMKV } from 'react-native-mmkv'

export const globalStorage = createMMKV({ id: 'global', mode: 'multi-process' })
export const oldStorage = createMMKV({ id: 'old' })

export function moveOld() {
  if (!existsMMKV('old')) return 0
  const count = globalStorage.importAllFrom(oldStorage)
  oldStorage.clearAll()
  return count
}

export const drop = () => deleteMMKV('temporary')

const listener = globalStorage.addOnValueChangedListener(key => {
  const value = globalStorage.getString(key)
  console.log(\`"\${key}" changed to: \${value}\`)
})
export const stop = () => listener.remove()
`,
      },
      { 'react-native-mmkv': '4.3.2' },
    ))

  it('valtio, legend state and a wrapper with defaults', () =>
    expectNoFindings(
      {
        'src/state.ts': `import { createMMKV } from 'react-native-mmkv'
import { proxy, subscribe } from 'valtio'

const storage = createMMKV({ id: 'state' })

function read<T extends object>(key: string, fallback: T): T {
  const raw = storage.getString(key)
  if (raw === undefined) return fallback
  try {
    return { ...fallback, ...JSON.parse(raw) }
  } catch (error) {
    console.warn(error)
    return fallback
  }
}

export const cart = proxy(read('cart', { items: [] as string[] }))
subscribe(cart, () => storage.set('cart', JSON.stringify(cart)))

export const filters = proxy(read('filters', { tags: [] as string[], open: false }))
subscribe(filters, () => storage.set('filters', JSON.stringify(filters)))
`,
      },
      { 'react-native-mmkv': '4.3.2' },
    ))

  it('several instances in one module, by their purposes', () =>
    expectNoFindings(
      {
        'src/storages/index.ts': `export { authStorage } from './auth'
export { cacheStorage, userStorage as default } from './user'
`,
        'src/storages/auth.ts': `import { createMMKV } from 'react-native-mmkv'
import * as Keychain from 'react-native-keychain'

const credentials = await Keychain.getGenericPassword({ service: 'mmkv' })

export const authStorage = createMMKV({
  id: 'auth',
  encryptionKey: credentials ? credentials.password : undefined,
})
`,
        'src/storages/user.ts': `import { createMMKV } from 'react-native-mmkv'

export const userStorage = createMMKV({ id: 'user' })
export const cacheStorage = createMMKV({ id: 'cache' })
`,
        'src/session.ts': `import userStorage, { authStorage, cacheStorage } from './storages'

export const isLoggedIn = () => authStorage.contains('session')
export const signIn = (session: string, name: string) => {
  authStorage.set('session', session)
  userStorage.set('name', name)
}
export const signOut = () => {
  for (const storage of [authStorage, userStorage, cacheStorage]) storage.clearAll()
}
export const name = () => userStorage.getString('name')
`,
      },
      { 'react-native-mmkv': '4.3.2' },
    ))

  it('values read with their parsing inline', () =>
    expectNoFindings(
      {
        'src/lists.ts': `import { createMMKV } from 'react-native-mmkv'

export const storage = createMMKV()

export const favorites = (): string[] => JSON.parse(storage.getString('favorites') ?? '[]')
export const setFavorites = (ids: string[]) => storage.set('favorites', JSON.stringify(ids))
export const isFavorite = (id: string) => favorites().includes(id)
export const lastSync = () => new Date(storage.getNumber('lastSync') ?? 0)
export const touch = () => storage.set('lastSync', Date.now())
export const zoom = () => parseFloat(storage.getString('zoom') || '1')
export const setZoom = (zoom: number) => storage.set('zoom', zoom.toFixed(2))
export const accepted = () => (storage.contains('accepted') ? storage.getBoolean('accepted')! : true)
export const accept = (yes: boolean) => storage.set('accepted', yes)
export const notifications = () => storage.getBoolean('notifications') ?? true
export const toggle = () => storage.set('notifications', !notifications())
export const name = storage.getString('name')?.trim() || 'Guest'
`,
      },
      { 'react-native-mmkv': '4.3.2' },
    ))
})
