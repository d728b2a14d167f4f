// Small apps of react-native-mmkv 2 and 3, in the forms that real code has, to be moved to a later version.

/** One app; every file compiles without a complaint in the version that it is written for. */
export interface MmkvSample {
  readonly name: string
  readonly files: Readonly<Record<string, string>>
}

/** Apps of version 2 that version 3 refuses as well as version 4. */
export const samplesOf2: readonly MmkvSample[] = [
  {
    name: 'a module with its configuration',
    files: {
      'storage.ts': `import { MMKV, MMKVConfiguration } from 'react-native-mmkv'

const configuration: MMKVConfiguration = { id: 'app', encryptionKey: 'secret' }
export const storage = new MMKV(configuration)
`,
      'sign-out.ts': `import { storage } from './storage'

export function signOut(drafts: Map<string, string>) {
  drafts.delete('token')
  storage.delete('token')
}
`,
    },
  },
  {
    name: 'a class around an instance',
    files: {
      'Storage.ts': `import { MMKV } from "react-native-mmkv";
import type { MMKVConfiguration } from "react-native-mmkv";

export class Storage {
  private readonly mmkv: MMKV;

  constructor(configuration: MMKVConfiguration) {
    this.mmkv = new MMKV(configuration);
  }

  remove(key: string): void {
    this.mmkv.delete(key);
  }

  bytes(key: string): Uint8Array | undefined {
    return this.mmkv.getBuffer(key);
  }
}
`,
    },
  },
  {
    name: 'a parameter property and a function that is given an instance',
    files: {
      'settings.ts': `import { type MMKV, type MMKVConfiguration } from 'react-native-mmkv'

export class Settings {
  constructor(private storage: MMKV | undefined, readonly configuration: MMKVConfiguration) {}
  reset = () => this.storage?.delete('theme')
}
export const forget = (storage: MMKV, keys: Set<string>) => {
  for (const key of keys) storage.delete(key)
  keys.delete('all')
}
`,
      'open.ts': `import { MMKV } from 'react-native-mmkv'
import { Settings } from './settings'

export const settings = new Settings(new MMKV(), { id: 'settings' })
`,
    },
  },
  {
    name: 'an adapter of zustand',
    files: {
      'zustand-storage.ts': `import { MMKV, type MMKVConfiguration } from 'react-native-mmkv'
import { createJSONStorage, type StateStorage } from 'zustand/middleware'

const where: MMKVConfiguration = { id: 'zustand' }
const storage = new MMKV(where)
const adapter: StateStorage = {
  setItem: (name, value) => storage.set(name, value),
  getItem: name => storage.getString(name) ?? null,
  removeItem: name => storage.delete(name),
}
export const jsonStorage = createJSONStorage(() => adapter)
`,
    },
  },
  {
    name: 'an adapter of redux-persist',
    files: {
      'redux-storage.ts': `import type { Storage } from 'redux-persist'
import { MMKV } from 'react-native-mmkv'

const mmkv = new MMKV({ id: 'redux' })
mmkv.set('version', new Uint8Array([1, 2]))

export const reduxStorage: Storage = {
  setItem: (key, value) => {
    mmkv.set(key, String(value))
    return Promise.resolve(true)
  },
  getItem: key => Promise.resolve(mmkv.getString(key)),
  removeItem: key => {
    mmkv.delete(key)
    return Promise.resolve()
  },
}
`,
    },
  },
  {
    name: 'an adapter of jotai beside a list of versions',
    files: {
      'jotai-storage.ts': `import { createJSONStorage } from 'jotai/utils'
import * as mmkv from 'react-native-mmkv'

const storage = new mmkv.MMKV()
const first: Uint8Array = storage.getBuffer('first')!
export const length = first.length
export const jotaiStorage = createJSONStorage<number>(() => ({
  getItem: key => storage.getString(key) ?? null,
  setItem: (key, value) => { storage.set(key, value) },
  removeItem: key => { storage.delete(key) },
}))
`,
    },
  },
  {
    name: 'hooks beside an instance',
    files: {
      'theme.ts': `import { MMKV, MMKVConfiguration, useMMKV, useMMKVString } from 'react-native-mmkv'

const shared = new MMKV({ id: 'theme' })
export const configuration = (): MMKVConfiguration => ({ id: 'user' })
export function useTheme() {
  const user = useMMKV({ id: 'user' })
  const [theme, setTheme] = useMMKVString('theme', shared)
  return { theme, setTheme, forget: () => user.delete('theme') }
}
`,
    },
  },
  {
    name: 'a lazy instance in a function',
    files: {
      'lazy.ts': `import { MMKV, type MMKVConfiguration } from 'react-native-mmkv'

let instance: MMKV | undefined
const given: Partial<MMKVConfiguration> = { path: '/data' }

export function storage(): MMKV {
  instance ??= new MMKV({ id: 'lazy', ...given })
  return instance
}
export const drop = (key: string) => storage().delete(key)
`,
    },
  },
  {
    name: 'a field that is made on first use',
    files: {
      'Cache.ts': `import { MMKV } from 'react-native-mmkv'

export class Cache {
  private s?: MMKV
  private readonly seen = new Set<string>()
  private get storage(): MMKV {
    return (this.s ??= new MMKV({ id: 'cache' }))
  }
  drop(key: string) {
    this.seen.delete(key)
    this.s?.delete(key)
  }
  size(key: string): number {
    const bytes: Uint8Array | undefined = this.storage.getBuffer(key)
    return bytes?.length ?? 0
  }
}
`,
    },
  },
  {
    name: 'bytes that are written and read',
    files: {
      'bytes.ts': `import { MMKV } from 'react-native-mmkv'

const storage = new MMKV()
export function write(bytes: Uint8Array) {
  storage.set('given', bytes)
  storage.set('part', new Uint8Array([1, 2, 3]))
  storage.set('text', new TextEncoder().encode('hello'))
}
export const first = () => storage.getBuffer('given')?.length
export const read = (key: string): Uint8Array => storage.getBuffer(key)!
export const clear = () => storage.delete('given')
`,
    },
  },
  {
    name: 'keys that change',
    files: {
      'encrypt.ts': `import { MMKV, MMKVConfiguration } from 'react-native-mmkv'

export const options: MMKVConfiguration[] = [{ id: 'a' }]
const storage = new MMKV(options[0])
export function change(key: string, other: string | undefined) {
  storage.recrypt(key)
  storage.recrypt('0123456789abcdef')
  storage.recrypt(other)
  storage.recrypt(undefined)
}
`,
    },
  },
  {
    name: 'another name for the class, handed on',
    files: {
      'library.ts': `export { MMKV as Store, type MMKVConfiguration } from 'react-native-mmkv'
`,
      'storage.ts': `import { Store, type MMKVConfiguration } from './library'

const configuration: MMKVConfiguration = { id: 'x' }
export const storage = new Store(configuration)
export const drop = (store: Store) => store.delete('a')
storage.set('bytes', Uint8Array.from([1]))
`,
    },
  },
]

/** Apps of version 3 that version 4 refuses. */
export const samplesOf3: readonly MmkvSample[] = [
  {
    name: 'two processes',
    files: {
      'storage.ts': `import { MMKV, Mode } from 'react-native-mmkv'

export const storage = new MMKV({
  id: 'shared',
  mode: Mode.MULTI_PROCESS,
})
storage.delete('a')
`,
    },
  },
  {
    name: 'modes that are chosen, and typed',
    files: {
      'storage.ts': `import {
  type Configuration,
  MMKV,
  Mode,
} from 'react-native-mmkv'

const modeOf = (isShared: boolean): Mode => (isShared ? Mode.MULTI_PROCESS : Mode.SINGLE_PROCESS)
const configuration: Configuration = { id: 'a', mode: modeOf(true) }
export const storage: MMKV = new MMKV(configuration)
`,
    },
  },
  {
    name: 'a mode and nothing else',
    files: {
      'configuration.ts': `import { Mode } from 'react-native-mmkv'

export const mode = Mode.SINGLE_PROCESS
`,
      'storage.ts': `import { MMKV } from 'react-native-mmkv'
import { mode } from './configuration'

export const storage = new MMKV({ id: 'a', mode })
`,
    },
  },
  {
    name: 'sizes and trimming',
    files: {
      'storage.ts': `import { MMKV } from 'react-native-mmkv'

const storage = new MMKV()
const seen = new Set<string>()
export function tidy() {
  const { size } = seen
  storage.delete('old')
  if (size > 0) storage.trim()
  return storage.size + seen.size
}
`,
    },
  },
  {
    name: 'a function of the same name as that of version 4',
    files: {
      'create.ts': `import { MMKV } from 'react-native-mmkv'

export const createMMKV = (id: string) => new MMKV({ id })
export const user = createMMKV('user')
user.delete('a')
`,
    },
  },
  {
    name: 'an instance without arguments, exported as it is made',
    files: {
      'storage.ts': `import { MMKV } from 'react-native-mmkv'

export default new MMKV
`,
      'use.ts': `import storage from './storage'

export const drop = (key: string) => storage.delete(key)
`,
    },
  },
  {
    name: 'adapters of three libraries over one instance',
    files: {
      'storage.ts': `import { MMKV } from 'react-native-mmkv'

export const storage = new MMKV({ id: 'state' })
`,
      'adapters.ts': `import { createJSONStorage } from 'jotai/utils'
import type { Storage } from 'redux-persist'
import type { StateStorage } from 'zustand/middleware'
import { storage } from './storage'

export const zustand: StateStorage = {
  getItem: name => storage.getString(name) ?? null,
  setItem: (name, value) => storage.set(name, value),
  removeItem: name => storage.delete(name),
}
export const redux: Storage = {
  getItem: async key => storage.getString(key),
  setItem: async (key, value) => storage.set(key, String(value)),
  removeItem: async key => storage.delete(key),
}
export const jotai = createJSONStorage<string>(() => ({
  getItem: key => storage.getString(key) ?? null,
  setItem: (key, value) => storage.set(key, value),
  removeItem: key => storage.delete(key),
}))
`,
    },
  },
  {
    name: 'a class with static instances',
    files: {
      'Stores.ts': `import { MMKV } from 'react-native-mmkv'

export class Stores {
  static readonly user = new MMKV({ id: 'user' })
  static readonly cache: MMKV = new MMKV({ id: 'cache' })
  static clear(pending: Map<string, MMKV>) {
    pending.delete('user')
    Stores.user.delete('name')
    Stores.cache.delete('name')
  }
}
`,
    },
  },
  {
    name: 'hooks and an effect of a removal',
    files: {
      'profile.ts': `import { useMemo } from 'react'
import { MMKV, useMMKV, useMMKVObject } from 'react-native-mmkv'

export function useProfile(id: string) {
  const own = useMemo(() => new MMKV({ id: \`user-\${id}\` }), [id])
  const shared = useMMKV()
  const [profile] = useMMKVObject<{ name: string }>('profile', own)
  const signOut = () => {
    own.delete('profile')
    shared.delete('token')
  }
  return { profile, signOut }
}
`,
    },
  },
  {
    name: 'a class that is required in place',
    files: {
      'storage.js': `const storage = new (require('react-native-mmkv').MMKV)({ id: 'js' })
exports.drop = () => storage.delete('a')
`,
    },
  },
  {
    name: 'a class that is required by itself',
    files: {
      'storage.js': `const MMKV = require('react-native-mmkv').MMKV
const storage = new MMKV()
exports.drop = () => storage.delete('a')
`,
    },
  },
  {
    name: 'names that are handed on together',
    files: {
      'library.ts': `import { MMKV, type Configuration } from 'react-native-mmkv'

export { MMKV, type Configuration }
`,
      'storage.ts': `import { MMKV, type Configuration } from './library'

const configuration: Configuration = { id: 'a' }
export const storages: Record<string, MMKV> = { a: new MMKV(configuration) }
`,
    },
  },
  {
    name: 'encryption, comments and texts that name the class',
    files: {
      'encrypt.ts': `import { MMKV } from 'react-native-mmkv' // MMKV is fast

// A new MMKV per user.
const storage = new MMKV({ id: 'MMKV' })
export const on = (key: string) => storage.recrypt(key)
export const off = () => storage.recrypt(undefined)
`,
    },
  },
  {
    name: 'a generic class and a map of instances',
    files: {
      'Repository.ts': `import { MMKV } from 'react-native-mmkv'

export class Repository<T> {
  private readonly all = new Map<string, T>()
  constructor(protected readonly storage: MMKV = new MMKV({ id: 'repository' })) {}
  drop(key: string) {
    this.all.delete(key)
    this.storage.delete(key)
  }
}
const instances = new Map<string, MMKV>([['a', new MMKV({ id: 'a' })]])
export const forget = (id: string) => instances.delete(id)
`,
    },
  },
  {
    name: 'JavaScript with require',
    files: {
      'storage.js': `const { MMKV } = require('react-native-mmkv')

const storage = new MMKV({ id: 'js' })
const seen = new Map()
const drop = () => {
  seen.delete('a')
  storage.delete('a')
}

module.exports = { storage, drop }
`,
    },
  },
]
