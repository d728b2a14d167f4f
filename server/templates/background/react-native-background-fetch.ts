// Lets the system start a run of the sync while the app is in the background.
import BackgroundFetch from 'react-native-background-fetch'
import type { Sync } from '../sync/create-sync.ts'

/**
 * Call it after sign-in. `current` gives the app's one sync, started, or null when nobody is signed in: two of them
 * would race. The system decides when it runs, not oftener than this.
 */
export async function registerBackgroundSync(
  current: () => Promise<Pick<Sync<unknown>, 'syncNow'> | null>,
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
    // What was begun goes on in the next run: the outbox knows how far it came.
    taskId => BackgroundFetch.finish(taskId),
  )
}

/** Call it at logout. */
export async function unregisterBackgroundSync(): Promise<void> {
  await BackgroundFetch.stop()
}
