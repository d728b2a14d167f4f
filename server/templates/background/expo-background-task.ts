// Lets the system start a run of the sync while the app is in the background.
import * as BackgroundTask from 'expo-background-task'
import * as TaskManager from 'expo-task-manager'

const taskName = 'sync'

/** What the task needs of the app's sync. */
export interface BackgroundSync {
  syncNow(): Promise<void>
}

/**
 * Says what the task does; call it at the top level of the app's entry, as the system may start the app for the task
 * alone. `current` gives the app's one sync, started, or null when nobody is signed in: two of them would race.
 */
export function defineBackgroundSync(current: () => Promise<BackgroundSync | null>): void {
  TaskManager.defineTask(taskName, async () => {
    try {
      await (await current())?.syncNow()
      return BackgroundTask.BackgroundTaskResult.Success
    } catch {
      return BackgroundTask.BackgroundTaskResult.Failed
    }
  })
}

/** Call it after sign-in. The system decides when the task runs, not oftener than this. */
export async function registerBackgroundSync(minutes = 15): Promise<void> {
  await BackgroundTask.registerTaskAsync(taskName, { minimumInterval: minutes })
}

/** Call it at logout. */
export async function unregisterBackgroundSync(): Promise<void> {
  if (await TaskManager.isTaskRegisteredAsync(taskName)) await BackgroundTask.unregisterTaskAsync(taskName)
}
