// A phone with everything that stores something on it, and a process that may be killed at any call of it.
import { ts } from 'ts-morph'
import { dirname, join } from '../../src/core/text/path.ts'
import { createPhone, type EmulatedMmkv, type EmulatedPhone, type MmkvConfiguration } from './emulator.ts'

/** What stays on a phone when the app is started again. */
export interface Device {
  readonly phone: EmulatedPhone
  readonly keychain: Map<string, string>
  readonly asyncStorage: Map<string, string>
  /** Keys of AsyncStorage that cannot be read at present. */
  readonly unreadable: Set<string>
}

export const createDevice = (): Device => ({
  phone: createPhone(),
  keychain: new Map(),
  asyncStorage: new Map(),
  unreadable: new Set(),
})

/** A start of the app. */
export interface Started<Exports> {
  readonly exports: Exports
  /** How many calls of storages were made. */
  calls(): number
}

/**
 * Starts an app (texts by path) with the packages of one major version of MMKV, and loads `entry`. Once `limit` calls of
 * storages were made, of whichever kind, the process is dead: every further call throws and changes nothing.
 */
export function startApp<Exports>(
  device: Device,
  files: Readonly<Record<string, string>>,
  { entry, major, limit = Infinity }: { entry: string; major: number; limit?: number },
): Started<Exports> {
  device.phone.restart()
  let calls = 0
  const count = () => {
    if (calls >= limit) throw new Error('The app was killed.')
    calls++
  }
  const packages = packagesOf(device, major, count)
  const loaded = new Map<string, unknown>()
  const load = (path: string): unknown => {
    const text = files[path]
    if (text === undefined) throw new Error(`there is no ${path}`)
    if (!loaded.has(path)) {
      const exports = {}
      loaded.set(path, exports)
      const need = (name: string) => (name.startsWith('.') ? load(found(files, dirname(path), name)) : packages[name])
      runOf(text)(exports, need, { warn() {} })
    }
    return loaded.get(path)
  }
  return { exports: load(entry) as Exports, calls: () => calls }
}

const compiled = new Map<string, (...given: readonly unknown[]) => void>()

/** A text as a function of `exports`, `require` and `console`; compiled once. */
function runOf(text: string): (...given: readonly unknown[]) => void {
  let run = compiled.get(text)
  if (!run) {
    const options = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true }
    const { outputText } = ts.transpileModule(text, { compilerOptions: options })
    run = new Function('exports', 'require', 'console', outputText) as (...given: readonly unknown[]) => void
    compiled.set(text, run)
  }
  return run
}

function found(files: Readonly<Record<string, string>>, folder: string, name: string): string {
  const path = join(`/${folder}`, name).slice(1)
  return [`${path}.ts`, `${path}.js`].find(one => files[one] !== undefined) ?? path
}

/** An instance as one major version has it, with every call counted. */
function counted(storage: EmulatedMmkv, major: number, count: () => void): object {
  return new Proxy(storage, {
    get(target, name) {
      const own = name === 'delete' && major < 4 ? 'remove' : name
      if (major < 4 && /^(?:remove|encrypt|decrypt|importAllFrom)$/.test(String(name))) return undefined
      const value: unknown = Reflect.get(target, own)
      if (typeof value !== 'function') return value
      return (...args: unknown[]) => {
        count()
        const given = args.map(one => (major === 2 && one instanceof Uint8Array ? one.slice().buffer : one))
        const result: unknown = Reflect.apply(value, target, given)
        return major === 2 && result instanceof ArrayBuffer ? new Uint8Array(result) : result
      }
    },
  })
}

/** The packages that generated code imports, as far as it uses them. */
function packagesOf(device: Device, major: number, count: () => void): Record<string, unknown> {
  const { phone, keychain, asyncStorage, unreadable } = device
  const createMMKV = (configuration?: MmkvConfiguration) => counted(phone.createMMKV(configuration), major, count)
  class MMKV {
    constructor(configuration?: MmkvConfiguration) {
      // biome-ignore lint/correctness/noConstructorReturn: the class of version 3 gives the instance of its id.
      return createMMKV(configuration)
    }
  }
  const AsyncStorage = {
    async getAllKeys() {
      count()
      return [...asyncStorage.keys()]
    },
    async getItem(key: string) {
      count()
      if (unreadable.has(key)) throw new Error('Row too big to fit into CursorWindow')
      return asyncStorage.get(key) ?? null
    },
  }
  return {
    'react-native-mmkv': major >= 4 ? { createMMKV } : { MMKV },
    'react-native-get-random-values': {},
    '@react-native-async-storage/async-storage': { __esModule: true, default: AsyncStorage },
    'expo-crypto': { getRandomBytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)) },
    'expo-secure-store': {
      AFTER_FIRST_UNLOCK_THIS_DEVICE_ONLY: 1,
      async getItemAsync(name: string) {
        count()
        return keychain.get(name) ?? null
      },
      async setItemAsync(name: string, value: string) {
        count()
        keychain.set(name, value)
      },
    },
    'react-native-keychain': {
      ACCESSIBLE: { AFTER_FIRST_UNLOCK_THIS_DEVICE_ONLY: 'x' },
      async getGenericPassword({ service }: { service: string }) {
        count()
        const kept = keychain.get(service)
        return kept === undefined ? false : JSON.parse(kept)
      },
      async setGenericPassword(username: string, password: string, { service }: { service: string }) {
        count()
        keychain.set(service, JSON.stringify({ username, password }))
        return { service, storage: 'keychain' }
      },
    },
  }
}
