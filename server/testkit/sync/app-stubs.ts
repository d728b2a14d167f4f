// The types of packages that generated code imports and that are not installed here, as their own declarations say them.

/** The declarations, as the text of a `.d.ts` file. */
export const appStubs = `
declare const expect: (actual: unknown) => { toEqual(wanted: unknown): void }
declare const jest: {
  resetModules(): unknown
  doMock(name: string, factory?: () => unknown): unknown
  requireActual<T extends {} = any>(name: string): T
  setTimeout(ms: number): unknown
  useRealTimers(): unknown
}
declare module 'react' {
  export type ReactElement = object
  export function useSyncExternalStore<T>(subscribe: (listener: () => void) => () => void, get: () => T): T
  export function useEffect(effect: () => (() => void) | void, watched: readonly unknown[]): void
  export function useState<T>(initial: T): [T, (next: T) => void]
}
declare module 'react/jsx-runtime' {
  export namespace JSX {
    type Element = object
    interface ElementChildrenAttribute { children: unknown }
    interface IntrinsicAttributes { key?: string }
  }
}
declare module 'react-native' {
  interface ViewProps {
    readonly style?: object
    readonly children?: unknown
    readonly accessibilityRole?: 'header' | 'button' | 'list' | 'alert'
    readonly accessibilityLabel?: string
  }
  export function View(props: ViewProps): object
  export function Text(props: ViewProps): object
  export function Pressable(props: ViewProps & { readonly onPress: () => void }): object
  export function FlatList<T>(props: ViewProps & {
    readonly data: readonly T[]
    readonly keyExtractor: (item: T) => string
    readonly renderItem: (info: { readonly item: T }) => object
    readonly ListEmptyComponent?: object
  }): object
  export const StyleSheet: { create<T>(styles: T): T }
  type AppStateStatus = 'active' | 'background' | 'inactive' | 'unknown' | 'extension'
  export const AppState: {
    addEventListener(type: 'change' | 'memoryWarning' | 'blur' | 'focus', listener: (state: AppStateStatus) => void): { remove(): void }
  }
}
declare module '@react-native-community/netinfo' {
  interface NetInfoState { isConnected: boolean | null; isInternetReachable: boolean | null | undefined }
  const NetInfo: {
    fetch(): Promise<NetInfoState>
    addEventListener(listener: (state: NetInfoState) => void): () => void
  }
  export default NetInfo
}
declare module '@react-native-async-storage/async-storage' {
  const AsyncStorage: {
    getItem(key: string): Promise<string | null>
    setItem(key: string, value: string): Promise<void>
  }
  export default AsyncStorage
}
declare module 'axios' {
  interface Config { baseURL?: string; timeout?: number; headers?: Record<string, string> }
  interface Answer { readonly status: number; readonly data: unknown }
  interface Instance {
    post(url: string, data?: unknown, config?: Config): Promise<Answer>
    put(url: string, data?: unknown, config?: Config): Promise<Answer>
    delete(url: string, config?: Config): Promise<Answer>
    readonly interceptors: {
      readonly request: { use(done: (config: { headers: { set(name: string, value: string): void } }) => unknown): number }
    }
  }
  interface AxiosError { readonly response?: { readonly status: number; readonly headers: Record<string, string> } }
  export function isAxiosError(error: unknown): error is AxiosError
  const axios: Instance & { create(config?: Config): Instance }
  export default axios
}
declare module 'uuid' {
  export function v4(): string
}
declare module 'expo-network' {
  export function getNetworkStateAsync(): Promise<{ isConnected?: boolean; isInternetReachable?: boolean }>
  export function addNetworkStateListener(listener: (event: { isConnected?: boolean; isInternetReachable?: boolean }) => void): { remove(): void }
}
declare module 'expo-crypto' {
  export function randomUUID(): string
  export function getRandomValues<T extends Uint8Array | Uint16Array | Uint32Array>(typedArray: T): T
}
declare module 'react-native-get-random-values' {}
declare module 'expo-background-task' {
  export enum BackgroundTaskResult { Success = 1, Failed = 2 }
  export function registerTaskAsync(name: string, options?: { minimumInterval?: number }): Promise<void>
  export function unregisterTaskAsync(name: string): Promise<void>
}
declare module 'expo-task-manager' {
  export function defineTask<T = unknown>(name: string, task: (body: { data: T; error: object | null }) => Promise<unknown>): void
  export function isTaskRegisteredAsync(name: string): Promise<boolean>
}
declare module 'react-native-background-fetch' {
  interface BackgroundFetch {
    configure(config: { minimumFetchInterval?: number }, onEvent: (taskId: string) => Promise<void>, onTimeout: (taskId: string) => void): Promise<number>
    finish(taskId?: string): void
    stop(taskId?: string): Promise<boolean>
  }
  const instance: BackgroundFetch
  export default instance
}
`
