// The network as `@react-native-community/netinfo` tells it.
import type { Network } from './types.ts'

/** What is needed of NetInfo's default export. */
export interface NetInfoEvents {
  addEventListener(listener: (state: { readonly isConnected: boolean | null }) => void): unknown
}

/**
 * Listens for as long as the app runs, so make only one. Unknown counts as online, as it is at the start, and whether
 * the internet can be reached is not asked: NetInfo is often wrong about it, while a request that fails does no harm.
 */
export function netInfoNetwork(netInfo: NetInfoEvents): Network {
  const listeners = new Set<(online: boolean) => void>()
  let isOnline = true
  netInfo.addEventListener(state => {
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
