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
  export function useEffect(run: () => () => void, deps: readonly unknown[]): void
  export function useMemo<T>(make: () => T, deps: readonly unknown[]): T
  export function useRef<T>(initial: T): { current: T }
}
declare module '@react-native-async-storage/async-storage' {
  const AsyncStorage: {
    getItem(key: string): Promise<string | null>
    setItem(key: string, value: string): Promise<void>
    removeItem(key: string): Promise<void>
    getAllKeys(): Promise<readonly string[]>
  }

  // biome-ignore lint/style/noDefaultExport: the package has one.
  export { AsyncStorage as default }
}
declare module 'expo-crypto' {
  export function getRandomBytes(byteCount: number): Uint8Array
}
declare module 'expo-secure-store' {
  export const AFTER_FIRST_UNLOCK_THIS_DEVICE_ONLY: number
  export interface SecureStoreOptions {
    keychainAccessible?: number
  }
  export function getItemAsync(key: string, options?: SecureStoreOptions): Promise<string | null>
  export function setItemAsync(key: string, value: string, options?: SecureStoreOptions): Promise<void>
}
declare module 'react-native-get-random-values' {}
declare module 'react-native-keychain' {
  export enum ACCESSIBLE {
    AFTER_FIRST_UNLOCK_THIS_DEVICE_ONLY = 'AccessibleAfterFirstUnlockThisDeviceOnly',
  }
  export function getGenericPassword(options?: {
    service?: string
  }): Promise<false | { readonly username: string; readonly password: string; readonly service: string }>
  export function setGenericPassword(
    username: string,
    password: string,
    options?: { service?: string; accessible?: ACCESSIBLE },
  ): Promise<false | { readonly service: string }>
}
