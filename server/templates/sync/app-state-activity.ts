// Tells when the app comes to the front, by React Native's AppState.
import type { AppActivity } from './triggers.ts'

/** What is needed of `AppState`. */
export interface AppStateEvents {
  addEventListener(type: 'change', listener: (state: string) => void): { remove(): void }
}

export function appStateActivity(appState: AppStateEvents): AppActivity {
  return {
    onActive: listener => {
      const subscription = appState.addEventListener('change', state => {
        if (state === 'active') listener()
      })
      return () => subscription.remove()
    },
  }
}
