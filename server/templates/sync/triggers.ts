// When a run begins: the network comes back, the app comes to the front, a user signs in, or a wait is over.
import type { Auth, Clock, Network } from './types.ts'

/** Tells when the app comes to the front, as React Native's `AppState` does. */
export interface AppActivity {
  onActive(listener: () => void): () => void
}

export interface TriggerOptions {
  readonly net: Network
  readonly auth: Auth
  readonly app?: AppActivity | undefined
  readonly onReason: () => void
  readonly onSignIn: () => void
  readonly onOffline: () => void
}

/** Starts to listen; the returned function ends it. Start, enqueue, push messages and the user are no events to listen to. */
export function listenForTriggers(options: TriggerOptions): () => void {
  const stops = [
    options.net.subscribe(online => (online ? options.onReason() : options.onOffline())),
    options.auth.onSignIn?.(options.onSignIn),
    options.app?.onActive(options.onReason),
  ]
  return () => {
    for (const stop of stops) stop?.()
  }
}

export interface Alarm {
  /** Rings once at `at`, instead of at the time that was set before; null sets it off. */
  set(at: number | null): void
}

/** The one timer of the sync: it stands at the earliest time at which an operation may be sent again. */
export function createAlarm(clock: Clock, ring: () => void): Alarm {
  let cancel: (() => void) | undefined
  return {
    set: at => {
      cancel?.()
      cancel = at === null ? undefined : clock.after(Math.max(0, at - clock.now()), ring)
    },
  }
}
