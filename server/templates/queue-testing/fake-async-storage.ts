// AsyncStorage over the simulated disk.
import { isObject, parsedJson } from './payloads-in.ts'
import type { Environment } from './queue-under-test.ts'

/** What `@react-native-async-storage/async-storage` gives, without hooks and callbacks. */
export function fakeAsyncStorage({ files, read, write }: Environment) {
  const get = (key: string) => files.get(key) ?? null
  const storage = {
    getItem: (key: string) => read(() => get(key)),
    setItem: (key: string, value: string) => write(() => files.set(key, value)),
    removeItem: (key: string) => write(() => files.delete(key)),
    mergeItem: (key: string, value: string) => write(() => files.set(key, merged(files.get(key), value))),
    getAllKeys: () => read(() => [...files.keys()]),
    multiGet: (keys: readonly string[]) => read(() => keys.map(key => [key, get(key)] as const)),
    multiSet: (pairs: readonly (readonly [string, string])[]) =>
      write(() => {
        for (const [key, value] of pairs) files.set(key, value)
      }),
    multiRemove: (keys: readonly string[]) =>
      write(() => {
        for (const key of keys) files.delete(key)
      }),
    clear: () => write(() => files.clear()),
  }
  return { __esModule: true, default: storage }
}

function merged(before: string | undefined, value: string): string {
  const [old, next] = [parsedJson(before ?? '{}'), parsedJson(value)]
  return JSON.stringify({ ...(isObject(old) ? old : {}), ...(isObject(next) ? next : {}) })
}
