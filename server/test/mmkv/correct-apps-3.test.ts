// Correct apps as people write them: no rule may find anything in them (part 3).
import { expectNoFindings } from '../../testkit/expect-no-findings.ts'

describe('correct apps of MMKV, part 3', () => {
  it('keys with versions, optional reads and writes of narrowed values', () =>
    expectNoFindings(
      {
        'src/prefs.ts': `import { createMMKV, type MMKV } from 'react-native-mmkv'

export const prefs: MMKV = createMMKV({ id: 'prefs' })

type Value = string | number | boolean

export function setOrRemove(key: string, value: Value | null | undefined) {
  if (value === null || value === undefined) prefs.remove(key)
  else prefs.set(key, value)
}

export function read(key: string): Value | undefined {
  return prefs.getBoolean(key) ?? prefs.getNumber(key) ?? prefs.getString(key)
}

export const setLocale = (locale?: string) => {
  if (!locale) return
  prefs.set('locale.v2', locale)
}

export const setUser = (user: { id: number; email?: string }) => {
  prefs.set('user.id', user.id)
  prefs.set('user.email', user.email ?? '')
}
export const userId = () => prefs.getNumber('user.id')
export const setBiometrics = (on: boolean | undefined) => prefs.set('biometrics', !!on)
export const biometrics = () => {
  const stored = prefs.getBoolean('biometrics')
  return stored === undefined ? true : stored
}
export const sessionCount = () => prefs.getNumber('sessions') ?? 0
export const addSession = () => prefs.set('sessions', sessionCount() + 1)
export const tokenCount = () => prefs.getNumber('tokens.used')
export const setTokens = (count: number) => prefs.set('tokens.used', count)
export const hidePassword = (hide: boolean) => prefs.set('hidePassword', hide)
`,
      },
      { 'react-native-mmkv': '4.3.2' },
    ))

  it('what is not MMKV though it is called so', () =>
    expectNoFindings(
      {
        'src/other.ts': `import { MMKVLoader, useMMKVStorage } from 'react-native-mmkv-storage'
import { MMKV } from 'react-native-mmkv'

const other = new MMKVLoader().withEncryption().initialize()
export const useUser = () => useMMKVStorage('user', other, 'robert')
export const setUser = async () => {
  other.setString('token', 'x')
  other.setMap('user', { name: 'Ada' })
  return other.getMap('user')
}

class Memory {
  private readonly values = new Map<string, unknown>()
  set(key: string, value: unknown) {
    this.values.set(key, value)
  }
  getString(key: string) {
    return this.values.get(key)
  }
}

interface Store {
  set(key: string, value: string): void
  getString(key: string): string | undefined
}

const make = (): Store => (globalThis.process ? (new Memory() as Store) : new MMKV({ id: 'memory' }))
export const store = make()
store.set('greeting', 'hello')
export const greeting = () => store.getString('greeting') ?? ''
`,
      },
      { 'react-native-mmkv': '3.2.0', 'react-native-mmkv-storage': '0.10.0' },
    ))

  it('a vault that asks first, and falls back to nothing', () =>
    expectNoFindings(
      {
        'src/vault.ts': `import * as Keychain from 'react-native-keychain'
import { createMMKV, type MMKV } from 'react-native-mmkv'

class Vault {
  #storage: MMKV | null = null

  async unlock(): Promise<boolean> {
    if (this.#storage) return true
    const credentials = await Keychain.getGenericPassword({
      service: 'vault',
      authenticationPrompt: { title: 'Unlock' },
    })
    if (!credentials) return false
    this.#storage = createMMKV({ id: 'vault', encryptionKey: credentials.password, encryptionType: 'AES-256' })
    return true
  }

  lock() {
    this.#storage = null
  }

  setPassword(site: string, password: string) {
    this.#open().set(\`password:\${site}\`, password)
  }

  password(site: string) {
    return this.#open().getString(\`password:\${site}\`)
  }

  sites() {
    return this.#open()
      .getAllKeys()
      .filter(key => key.startsWith('password:'))
      .map(key => key.slice('password:'.length))
  }

  #open(): MMKV {
    if (!this.#storage) throw new Error('The vault is locked')
    return this.#storage
  }
}

export const vault = new Vault()
`,
      },
      { 'react-native-mmkv': '4.3.2' },
    ))

  it('lists of a limited length, and a lazily opened instance', () =>
    expectNoFindings(
      {
        'src/history.ts': `import { createMMKV, type MMKV } from 'react-native-mmkv'

let storage: MMKV | undefined
const open = () => (storage ??= createMMKV({ id: 'history' }))

const MAX = 50

export function remember(query: string) {
  const previous = history().filter(one => one !== query)
  open().set('history', JSON.stringify([query, ...previous].slice(0, MAX)))
}

export function history(): string[] {
  const raw = open().getString('history')
  if (!raw) return []
  try {
    const parsed: unknown = JSON.parse(raw)
    return Array.isArray(parsed) ? parsed : []
  } catch {
    return []
  }
}

export const forget = (query: string) => open().set('history', JSON.stringify(history().filter(one => one !== query)))
export const clear = () => open().remove('history')
`,
      },
      { 'react-native-mmkv': '4.3.2' },
    ))
})
