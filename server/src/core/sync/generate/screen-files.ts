// The files of a layer that the app's screens and its background task use.
import type { LayerFile, SyncPlan, SyncSchema } from './layer.ts'
import { templateFiles } from './template-files.ts'

/** Hooks, the screen for conflicts where people decide them, and the background task that the app has a package for. */
export function screenFiles(plan: SyncPlan, { packages }: SyncSchema): readonly LayerFile[] {
  return [
    ...templateFiles('react/use-sync-status.ts', 'react/use-failed-operations.ts'),
    ...(asksPeople(plan) ? templateFiles('react/use-conflicts.ts', 'react/ConflictScreen.tsx') : []),
    ...backgroundFiles(packages),
  ]
}

/** True where some conflict is decided by a person. */
export const asksPeople = ({ conflicts, deletes }: SyncPlan): boolean => conflicts === 'manual' || deletes === 'ask'

/** The background task that the app has a package for. */
export function backgroundFiles(packages: readonly string[]): readonly LayerFile[] {
  if (packages.includes('expo-background-task')) return templateFiles('background/expo-background-task.ts')
  if (packages.includes('react-native-background-fetch'))
    return templateFiles('background/react-native-background-fetch.ts')
  return []
}
