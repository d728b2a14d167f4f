// Code that looks wrong and is not: whole apps in which no rule may find anything.
import assert from 'node:assert/strict'
import { runApp } from '../../testkit/run-example.ts'

const storage4 = `import { createMMKV } from 'react-native-mmkv'

export const storage = createMMKV({ id: 'user' })
`

/** Small apps by what they are about; of version 4 where nothing else is said. */
const apps: readonly {
  readonly name: string
  readonly version?: string
  readonly files: Readonly<Record<string, string>>
}[] = [
  {
    name: '"delete", "set" and "remove" of other things, with values that MMKV would not take',
    files: {
      'src/storage.ts': storage4,
      'src/app.js': `import axios from 'axios'
import { storage } from './storage'
import { anything } from './anything'

const map = new Map()
const set = new Set()
const form = new FormData()
map.set('', undefined)
map.delete('a')
set.delete('b')
form.delete('c')
form.set('user', { name: 'Ada' })
axios.delete('/d')
anything.set('', null)
anything.getBoolean('flag') || null
export const read = () => JSON.parse(anything.getString('x'))
export const name = () => storage.getString('name')
`,
    },
  },
  {
    name: 'one id that is opened twice in the same way',
    files: {
      'src/a.ts': `import { createMMKV } from 'react-native-mmkv'
import { keyOfPhone } from './key'

export const a = createMMKV({ id: 'user', encryptionKey: keyOfPhone() })
`,
      'src/b.ts': `import { createMMKV } from 'react-native-mmkv'
import { keyOfPhone } from './key'

export const b = createMMKV({ encryptionKey: keyOfPhone(), id: 'user' })
`,
      'src/key.ts': `import { NativeModules } from 'react-native'

export const keyOfPhone = (): string => NativeModules.SecureStorage.getKey()
`,
    },
  },
  {
    name: 'reads behind a look, and values that are taken as they are',
    files: {
      'src/storage.ts': storage4,
      'src/app.ts': `import { storage } from './storage'

export function copy() {
  storage.set('b', storage.getString('a')!)
  return storage.getString('a')! === 'x'
}
export const user = () => JSON.parse(storage.getString('user') ?? '{}')
export function settings() {
  if (storage.contains('settings')) {
    return JSON.parse(storage.getString('settings')!)
  }
  return {}
}
export const list = (key: string) => {
  const raw = storage.getString(key)
  return raw ? JSON.parse(raw) : []
}
`,
    },
  },
  {
    name: 'a key that only functions which are not known write',
    files: {
      'src/storage.ts': storage4,
      'src/app.ts': `import { fill } from 'some-package'
import { storage } from './storage'

storage.set('count', 1)
fill(storage)
export const count = () => storage.getBoolean('count')
export const seen = () => storage.getBoolean('seen')
`,
    },
  },
  {
    name: 'ids with signs, ids that begin alike, keys that are just long enough',
    files: {
      'src/storage.ts': `import { createMMKV } from 'react-native-mmkv'
import { one, other } from './keys'

export const a = createMMKV({ id: 'a/b:c*d?e"f<g>h' })
export const b = createMMKV({ id: 'größe' })
export const c = createMMKV({ id: 'user-1', encryptionKey: one })
export const d = createMMKV({ id: 'user-11', encryptionKey: other })
`,
    },
  },
  {
    name: 'another implementation for the web, and a mock',
    version: '3.3.3',
    files: {
      'src/storage.ts': `import { MMKV } from 'react-native-mmkv'
import { keyOfPhone } from './key'

export const storage = new MMKV({ id: 'user', encryptionKey: keyOfPhone() })
`,
      'src/storage.web.ts': `import { MMKV } from 'react-native-mmkv'

export const storage = new MMKV({ id: 'user' })
`,
      'src/__mocks__/react-native-mmkv.js': `export class MMKV {
  constructor() {
    this.map = new Map()
  }
  set(key, value) {
    this.map.set(key, value)
  }
}
export const storage = new MMKV({ id: '', encryptionKey: 'a key for tests that is far too long' })
storage.set('', undefined)
`,
    },
  },
  {
    name: 'a configuration that a function fills',
    files: {
      'src/preferences.ts': `import { createMMKV, type Configuration, type MMKV } from 'react-native-mmkv'
import { keyOfPhone, groupPath } from './native'

const configuration = (): Configuration => {
  const config: Configuration = { id: 'default', mode: 'multi-process' }
  const path = groupPath()
  if (path) config.path = path
  const encryptionKey = keyOfPhone()
  if (encryptionKey) config.encryptionKey = encryptionKey
  return config
}
const instance = createMMKV(configuration())

class Preferences {
  private readonly mmkv: MMKV = instance
  getString(key: string): string | null {
    return this.mmkv.getString(key) || null
  }
  getMap(key: string): object | null {
    try {
      const text = this.mmkv.getString(key)
      return text ? JSON.parse(text) : null
    } catch {
      return null
    }
  }
  setMap(key: string, value: object): void {
    this.mmkv.set(key, JSON.stringify(value))
  }
}
export const preferences = new Preferences()
export const signIn = (token: string) => preferences.setMap('accessToken', { token })
export const other = createMMKV({ id: 'default' })
`,
    },
  },
  {
    name: 'an instance that a hook or a provider opens once',
    version: '3.3.3',
    files: {
      'src/use-storage.tsx': `import { createContext, useContext, useEffect, useRef, useState } from 'react'
import { MMKV, useMMKV } from 'react-native-mmkv'
import { keyOfPhone } from './key'

const Context = createContext<MMKV | null>(null)
let shared: MMKV | undefined
export function useStorage(): MMKV {
  shared ??= new MMKV({ id: 'shared' })
  return shared
}
export function useOwnStorage(id: string): MMKV {
  const kept = useRef<MMKV>()
  if (!kept.current) kept.current = new MMKV({ id })
  return kept.current
}
export function Provider({ children }: { children: React.ReactNode }) {
  const [storage, setStorage] = useState<MMKV | null>(null)
  useEffect(() => {
    keyOfPhone().then(encryptionKey => setStorage(new MMKV({ id: 'user', encryptionKey })))
  }, [])
  return <Context.Provider value={storage}>{children}</Context.Provider>
}
export const useUserStorage = () => useContext(Context)
export const useCache = () => useMMKV({ id: 'cache' })
`,
    },
  },
  {
    name: 'old values that a migration turns into new ones',
    files: {
      'src/storage.ts': storage4,
      'src/migrate.ts': `import { storage } from './storage'

export function migrateTheme() {
  const wasDark = storage.getBoolean('theme')
  storage.set('theme', wasDark ? 'dark' : 'light')
}
export const readOldCount = () => storage.getString('count')
`,
      'src/app.ts': `import { storage } from './storage'

export const setTheme = (theme: 'dark' | 'light') => storage.set('theme', \`\${theme}\`)
export const theme = () => storage.getString('theme')
export const setCount = () => storage.set('count', 1)
export const count = () => storage.getNumber('count')
`,
    },
  },
]

describe('no rule of MMKV finds fault with', () => {
  for (const { name, version = '4.3.2', files } of apps)
    it(name, () => {
      const { analyzer } = runApp(files, { project: { versions: { 'react-native-mmkv': version } } })
      const found = Object.keys(files).flatMap(file => analyzer.findings(`/app/${file}`))
      assert.deepEqual(
        found.map(({ rule, message }) => `${rule}: ${message}`),
        [],
      )
    })
})
