// MMKV over the simulated disk, in the words of its versions 2, 3 and 4.
import type { Environment } from './queue-under-test.ts'

type Value = string | number | boolean

/** What `react-native-mmkv` gives, without hooks, listeners and bytes. */
export function fakeMmkv({ files, persist }: Environment) {
  const instance = ({ id = 'mmkv.default' }: { readonly id?: string } = {}) => {
    const fileOf = (key: string) => `${id}/${key}`
    const get = <T extends Value>(key: string, type: string): T | undefined => {
      const text = files.get(fileOf(key))
      const value = text === undefined ? undefined : (JSON.parse(text) as T)
      return typeof value === type ? value : undefined
    }
    const ownKeys = () =>
      [...files.keys()].filter(name => name.startsWith(fileOf(''))).map(name => name.slice(fileOf('').length))
    const remove = (key: string) => persist(() => files.delete(fileOf(key)))
    return {
      set: (key: string, value: Value) => persist(() => files.set(fileOf(key), JSON.stringify(value))),
      getString: (key: string) => get<string>(key, 'string'),
      getNumber: (key: string) => get<number>(key, 'number'),
      getBoolean: (key: string) => get<boolean>(key, 'boolean'),
      contains: (key: string) => files.has(fileOf(key)),
      getAllKeys: ownKeys,
      delete: remove,
      remove,
      clearAll: () =>
        persist(() => {
          for (const key of ownKeys()) files.delete(fileOf(key))
        }),
    }
  }
  // A function, and no arrow: version 2 and 3 are called with `new`, which then gives what is returned.
  function MMKV(options?: { readonly id?: string }) {
    return instance(options)
  }
  return { __esModule: true, MMKV, createMMKV: instance }
}
