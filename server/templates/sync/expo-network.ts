// The network as `expo-network` tells it.
import type { Network } from './types.ts'

/** What is needed of the module. */
export interface NetworkEvents {
  addNetworkStateListener(listener: (state: { readonly isConnected?: boolean }) => void): unknown
}

/** Listens for as long as the app runs, so make only one. Unknown counts as online: a request that fails does no harm. */
export function expoNetwork(events: NetworkEvents): Network {
  const listeners = new Set<(online: boolean) => void>()
  let isOnline = true
  events.addNetworkStateListener(state => {
    const next = state.isConnected !== false
    if (next === isOnline) return
    isOnline = next
    for (const listener of listeners) listener(next)
  })
  return {
    isOnline: () => isOnline,
    subscribe: listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
