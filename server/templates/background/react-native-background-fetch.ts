// Lets the system start a run of the sync while the app is in the background.
import BackgroundFetch from 'react-native-background-fetch'

/** What the task needs of the app's sync. */
export interface BackgroundSync {
  syncNow(): Promise<void>
}

/**
 * Call it after sign-in. `current` gives the app's one sync, started, or null when nobody is signed in: two of them
 * would race. The system decides when it runs, not oftener than this.
 */
export async function registerBackgroundSync(
  current: () => Promise<BackgroundSync | null>,
  minutes = 15,
): Promise<void> {
  await BackgroundFetch.configure(
    { minimumFetchInterval: minutes },
    async taskId => {
      try {
        await (await current())?.syncNow()
      } finally {
        BackgroundFetch.finish(taskId)
      }
    },
    // What was begun goes on in the next run: the sync knows how far it came.
    taskId => BackgroundFetch.finish(taskId),
  )
}

/** Call it at logout. */
export async function unregisterBackgroundSync(): Promise<void> {
  await BackgroundFetch.stop()
}
