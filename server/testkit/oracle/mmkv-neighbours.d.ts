// The few types of other libraries that code about MMKV is written against, with the shapes that those libraries declare.
declare module 'zustand/middleware' {
  export interface StateStorage {
    getItem(name: string): string | null | Promise<string | null>
    setItem(name: string, value: string): unknown | Promise<unknown>
    removeItem(name: string): unknown | Promise<unknown>
  }
  export function createJSONStorage(getStorage: () => StateStorage): unknown
}
declare module 'redux-persist' {
  export interface Storage {
    getItem(key: string, ...args: unknown[]): unknown
    setItem(key: string, value: unknown, ...args: unknown[]): unknown
    removeItem(key: string, ...args: unknown[]): unknown
  }
}
declare module 'jotai/utils' {
  export interface SyncStringStorage {
    getItem(key: string): string | null
    setItem(key: string, newValue: string): void
    removeItem(key: string): void
  }
  export function createJSONStorage<Value>(getStringStorage: () => SyncStringStorage): { readonly value?: Value }
}
declare module 'react' {
  export function useMemo<T>(make: () => T, deps: readonly unknown[]): T
  export function useRef<T>(initial: T): { current: T }
}
