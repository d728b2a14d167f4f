// Correct apps as people write them: no rule may find anything in them.
import { expectNoFindings } from '../../testkit/expect-no-findings.ts'

describe('correct apps of MMKV', () => {
  it('version 2 with the hooks of the docs', () =>
    expectNoFindings(
      {
        'src/storage.ts': `import { MMKV } from 'react-native-mmkv'

export const storage = new MMKV()
`,
        'src/App.tsx': `import { useEffect } from 'react'
import { useMMKV, useMMKVBoolean, useMMKVListener, useMMKVNumber, useMMKVObject, useMMKVString } from 'react-native-mmkv'
import { storage } from './storage'

interface User {
  id: string
  username: string
}

export function App() {
  const [username, setUsername] = useMMKVString('user.name')
  const [age, setAge] = useMMKVNumber('user.age')
  const [isPremium = false, setIsPremium] = useMMKVBoolean('user.premium', storage)
  const [user, setUser] = useMMKVObject<User>('user', storage)
  const instance = useMMKV()

  useMMKVListener(key => {
    console.log(\`Value for "\${key}" changed!\`)
  }, storage)

  useEffect(() => {
    setUsername('Marc')
    setAge(previous => (previous ?? 0) + 1)
    setIsPremium(value => !value)
    setUser({ id: '1', username: username ?? 'nobody' })
  }, [])

  const logOut = () => {
    setUsername(undefined)
    setUser(undefined)
    storage.delete('user.premium')
    instance.clearAll()
  }
  return [age, isPremium, user, logOut]
}
`,
      },
      { 'react-native-mmkv': '2.12.2' },
    ))

  it('version 3 with a class for the storage', () =>
    expectNoFindings(
      {
        'src/StorageService.ts': `import { MMKV, type Configuration } from 'react-native-mmkv'

enum StorageKeys {
  Token = 'session.token',
  Theme = 'theme',
  Onboarded = 'onboarded',
  Visits = 'visits',
  Profile = 'profile',
}

class StorageService {
  private readonly storage: MMKV

  constructor(configuration?: Configuration) {
    this.storage = new MMKV(configuration)
  }

  get theme(): 'light' | 'dark' {
    return (this.storage.getString(StorageKeys.Theme) as 'light' | 'dark' | undefined) ?? 'light'
  }

  set theme(value: 'light' | 'dark') {
    this.storage.set(StorageKeys.Theme, value)
  }

  get onboarded() {
    return this.storage.getBoolean(StorageKeys.Onboarded) ?? false
  }

  finishOnboarding() {
    this.storage.set(StorageKeys.Onboarded, true)
  }

  countVisit() {
    const visits = this.storage.getNumber(StorageKeys.Visits) || 0
    this.storage.set(StorageKeys.Visits, visits + 1)
    return visits
  }

  getObject<T>(key: StorageKeys): T | null {
    const json = this.storage.getString(key)
    if (!json) return null
    try {
      return JSON.parse(json) as T
    } catch {
      this.storage.delete(key)
      return null
    }
  }

  setObject(key: StorageKeys, value: unknown) {
    this.storage.set(key, JSON.stringify(value))
  }

  clear() {
    for (const key of this.storage.getAllKeys()) {
      if (key !== StorageKeys.Theme) this.storage.delete(key)
    }
  }
}

export default new StorageService({ id: 'app' })
export { StorageKeys }
`,
        'src/profile.ts': `import storageService, { StorageKeys } from './StorageService'

export const saveProfile = (profile: { name: string }) => storageService.setObject(StorageKeys.Profile, profile)
export const profile = () => storageService.getObject<{ name: string }>(StorageKeys.Profile)
`,
      },
      { 'react-native-mmkv': '3.2.0' },
    ))

  it('zustand as its docs write it, in version 4', () =>
    expectNoFindings(
      {
        'src/zustand-storage.ts': `import { createMMKV } from 'react-native-mmkv'
import type { StateStorage } from 'zustand/middleware'

const storage = createMMKV({ id: 'zustand' })

export const zustandStorage: StateStorage = {
  setItem: (name, value) => storage.set(name, value),
  getItem: name => storage.getString(name) ?? null,
  removeItem: name => {
    storage.remove(name)
  },
}
`,
        'src/useSettings.ts': `import { create } from 'zustand'
import { createJSONStorage, persist } from 'zustand/middleware'
import { zustandStorage } from './zustand-storage'

interface Settings {
  fontSize: number
  dark: boolean
  setFontSize: (size: number) => void
  toggleDark: () => void
}

export const useSettings = create<Settings>()(
  persist(
    (set, get) => ({
      fontSize: 16,
      dark: false,
      setFontSize: fontSize => set({ fontSize }),
      toggleDark: () => set({ dark: !get().dark }),
    }),
    {
      name: 'settings',
      version: 2,
      storage: createJSONStorage(() => zustandStorage),
      partialize: ({ fontSize, dark }) => ({ fontSize, dark }),
      migrate: (persisted, version) => (version < 2 ? { ...(persisted as Settings), dark: false } : (persisted as Settings)),
    },
  ),
)
`,
      },
      { 'react-native-mmkv': '4.3.2' },
    ))

  it('redux-persist with promises', () =>
    expectNoFindings(
      {
        'src/redux-storage.ts': `import { type Storage } from 'redux-persist'
import { MMKV } from 'react-native-mmkv'

const storage = new MMKV({ id: 'redux' })

export const reduxStorage: Storage = {
  setItem: (key, value) => {
    storage.set(key, value)
    return Promise.resolve(true)
  },
  getItem: key => {
    const value = storage.getString(key)
    return Promise.resolve(value)
  },
  removeItem: key => {
    storage.delete(key)
    return Promise.resolve()
  },
}
`,
        'src/store.ts': `import { combineReducers, configureStore } from '@reduxjs/toolkit'
import { FLUSH, PAUSE, PERSIST, persistReducer, persistStore, PURGE, REGISTER, REHYDRATE } from 'redux-persist'
import { reduxStorage } from './redux-storage'
import { auth } from './auth'
import { cart } from './cart'

const persistConfig = { key: 'root', version: 1, storage: reduxStorage, whitelist: ['auth'] }
const reducer = persistReducer(persistConfig, combineReducers({ auth, cart }))

export const store = configureStore({
  reducer,
  middleware: getDefault =>
    getDefault({ serializableCheck: { ignoredActions: [FLUSH, REHYDRATE, PAUSE, PERSIST, PURGE, REGISTER] } }),
})
export const persistor = persistStore(store)
`,
      },
      { 'react-native-mmkv': '3.2.0', 'redux-persist': '6.0.0' },
    ))

  it('jotai atoms with storage', () =>
    expectNoFindings(
      {
        'src/atoms.ts': `import { atomWithStorage, createJSONStorage } from 'jotai/utils'
import { createMMKV } from 'react-native-mmkv'

const storage = createMMKV()

function getItem(key: string): string | null {
  const value = storage.getString(key)
  return value ? value : null
}

function setItem(key: string, value: string): void {
  storage.set(key, value)
}

function removeItem(key: string): void {
  storage.remove(key)
}

function subscribe(key: string, callback: (value: string | null) => void): () => void {
  const listener = (changed: string) => {
    if (changed === key) callback(getItem(key))
  }
  const { remove } = storage.addOnValueChangedListener(listener)
  return () => remove()
}

export const atomWithMMKV = <T>(key: string, initialValue: T) =>
  atomWithStorage<T>(
    key,
    initialValue,
    createJSONStorage<T>(() => ({ getItem, setItem, removeItem, subscribe })),
    { getOnInit: true },
  )

export const themeAtom = atomWithMMKV<'light' | 'dark' | 'system'>('app-theme', 'system')
export const seenAtom = atomWithMMKV<string[]>('seen', [])
`,
      },
      { 'react-native-mmkv': '4.3.2' },
    ))

  it('a persister for TanStack Query', () =>
    expectNoFindings(
      {
        'src/query.tsx': `import { createSyncStoragePersister } from '@tanstack/query-sync-storage-persister'
import { QueryClient } from '@tanstack/react-query'
import { PersistQueryClientProvider } from '@tanstack/react-query-persist-client'
import { createMMKV } from 'react-native-mmkv'

const storage = createMMKV({ id: 'query-cache' })

const clientStorage = {
  setItem: (key: string, value: string) => {
    storage.set(key, value)
  },
  getItem: (key: string) => {
    const value = storage.getString(key)
    return value === undefined ? null : value
  },
  removeItem: (key: string) => {
    storage.remove(key)
  },
}

export const clientPersister = createSyncStoragePersister({ storage: clientStorage, throttleTime: 3000 })
const queryClient = new QueryClient({ defaultOptions: { queries: { gcTime: 1000 * 60 * 60 * 24 } } })

export const Provider = ({ children }) => (
  <PersistQueryClientProvider client={queryClient} persistOptions={{ persister: clientPersister }}>
    {children}
  </PersistQueryClientProvider>
)
`,
      },
      { 'react-native-mmkv': '4.3.2' },
    ))

  it('a key out of the keychain, and an instance that is made when it is there', () =>
    expectNoFindings(
      {
        'src/secure-storage.ts': `import * as SecureStore from 'expo-secure-store'
import * as Crypto from 'expo-crypto'
import { createMMKV, type MMKV } from 'react-native-mmkv'

const KEY_NAME = 'mmkv-encryption-key'

let instance: MMKV | undefined

async function getOrCreateKey(): Promise<string> {
  const existing = await SecureStore.getItemAsync(KEY_NAME)
  if (existing) return existing
  const bytes = await Crypto.getRandomBytesAsync(8)
  const key = Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
  await SecureStore.setItemAsync(KEY_NAME, key)
  return key
}

export async function getSecureStorage(): Promise<MMKV> {
  if (!instance) {
    const encryptionKey = await getOrCreateKey()
    instance = createMMKV({ id: 'secure', encryptionKey })
  }
  return instance
}

export async function saveTokens(accessToken: string, refreshToken: string) {
  const storage = await getSecureStorage()
  storage.set('accessToken', accessToken)
  storage.set('refreshToken', refreshToken)
}

export async function accessToken() {
  return (await getSecureStorage()).getString('accessToken')
}

export async function logOut() {
  const storage = await getSecureStorage()
  storage.remove('accessToken')
  storage.remove('refreshToken')
}
`,
      },
      { 'react-native-mmkv': '4.3.2' },
    ))

  it('an instance per user, and keys that are built', () =>
    expectNoFindings(
      {
        'src/user-storage.ts': `import { createMMKV, type MMKV } from 'react-native-mmkv'

const instances = new Map<string, MMKV>()

export function storageOf(userId: string): MMKV {
  const known = instances.get(userId)
  if (known) return known
  const storage = createMMKV({ id: \`user-\${userId}-storage\` })
  instances.set(userId, storage)
  return storage
}

export const keys = {
  draft: (threadId: string) => \`draft.\${threadId}\` as const,
  readAt: (threadId: string) => \`readAt.\${threadId}\` as const,
  muted: (threadId: string) => ['muted', threadId].join('.'),
  count: 'count',
} as const
`,
        'src/threads.ts': `import { keys, storageOf } from './user-storage'

export class Threads {
  constructor(private readonly userId: string) {}

  private get storage() {
    return storageOf(this.userId)
  }

  saveDraft(threadId: string, text: string) {
    if (text.length === 0) this.storage.remove(keys.draft(threadId))
    else this.storage.set(keys.draft(threadId), text)
  }

  draft(threadId: string) {
    return this.storage.getString(keys.draft(threadId)) ?? ''
  }

  markRead(threadId: string) {
    this.storage.set(keys.readAt(threadId), Date.now())
  }

  isRead(threadId: string, at: number) {
    const readAt = this.storage.getNumber(keys.readAt(threadId))
    return readAt !== undefined && readAt >= at
  }

  mute(threadId: string, muted: boolean) {
    this.storage.set(keys.muted(threadId), muted)
  }

  isMuted(threadId: string) {
    return this.storage.getBoolean(keys.muted(threadId)) === true
  }

  increment() {
    const next = (this.storage.getNumber(keys.count) ?? 0) + 1
    this.storage.set(keys.count, next)
    return next
  }
}
`,
      },
      { 'react-native-mmkv': '4.3.2' },
    ))

  it('helpers for every type in one module', () =>
    expectNoFindings(
      {
        'src/utils/storage.ts': `import { createMMKV } from 'react-native-mmkv'

export const storage = createMMKV({ id: 'app-storage' })

export function loadString(key: string): string | null {
  try {
    return storage.getString(key) ?? null
  } catch {
    return null
  }
}

export function saveString(key: string, value: string): boolean {
  try {
    storage.set(key, value)
    return true
  } catch {
    return false
  }
}

export function load<T>(key: string): T | null {
  let almostThere: string | null = null
  try {
    almostThere = loadString(key)
    return JSON.parse(almostThere ?? '') as T
  } catch {
    return (almostThere as T) ?? null
  }
}

export function save(key: string, value: unknown): boolean {
  try {
    saveString(key, JSON.stringify(value))
    return true
  } catch {
    return false
  }
}

export function remove(key: string): void {
  storage.remove(key)
}

export function clear(): void {
  storage.clearAll()
}
`,
        'src/app.ts': `import { load, loadString, remove, save, saveString } from './utils/storage'

const NAVIGATION = 'NAVIGATION_STATE'

export const persistNavigation = (state: object) => save(NAVIGATION, state)
export const restoreNavigation = () => load<object>(NAVIGATION)
export const setLanguage = (language: string) => saveString('language', language)
export const language = () => loadString('language') || 'en'
export const reset = () => remove(NAVIGATION)
`,
      },
      { 'react-native-mmkv': '4.3.2' },
    ))
})
