// What the templates of this folder use of the libraries for background work, for their own check.

declare module 'expo-background-task' {
  export enum BackgroundTaskResult {
    Success = 1,
    Failed = 2,
  }
  export function registerTaskAsync(name: string, options?: { minimumInterval?: number }): Promise<void>
  export function unregisterTaskAsync(name: string): Promise<void>
}

declare module 'expo-task-manager' {
  export function defineTask(name: string, task: () => Promise<unknown>): void
  export function isTaskRegisteredAsync(name: string): Promise<boolean>
}

declare module 'react-native-background-fetch' {
  interface BackgroundFetch {
    configure(
      config: { minimumFetchInterval?: number; stopOnTerminate?: boolean; startOnBoot?: boolean },
      onEvent: (taskId: string) => Promise<void>,
      onTimeout: (taskId: string) => void,
    ): Promise<number>
    finish(taskId: string): void
    stop(): Promise<boolean>
  }
  const instance: BackgroundFetch
  // biome-ignore lint/style/noDefaultExport: the package has one.
  export default instance
}
