// NetInfo, and expo-network, as the simulated network has it.
import type { Environment } from './queue-under-test.ts'

const stateOf = (isConnected: boolean) => ({
  type: isConnected ? 'wifi' : 'none',
  isConnected,
  isInternetReachable: isConnected,
  isWifiEnabled: true,
  details: null,
})

type NetworkState = ReturnType<typeof stateOf>

/** The answer comes from the native side, so it takes a moment. */
const present = (env: Environment): Promise<NetworkState> =>
  new Promise(resolve => {
    env.clock.set(Math.floor(env.rnd() * 20), () => resolve(stateOf(env.isOnline())))
  })

/** What `@react-native-community/netinfo` gives, without its hooks. */
export function fakeNetInfo(env: Environment) {
  const fetch = () => present(env)
  const addEventListener = (listener: (state: NetworkState) => void) => {
    // As NetInfo does it, a new listener is told the present state.
    void fetch().then(listener)
    return env.onNet(isOnline => listener(stateOf(isOnline)))
  }
  const types = {
    unknown: 'unknown',
    none: 'none',
    cellular: 'cellular',
    wifi: 'wifi',
    ethernet: 'ethernet',
    other: 'other',
  }
  const all = { fetch, refresh: fetch, configure: () => undefined, addEventListener, NetInfoStateType: types }
  return { __esModule: true, default: all, ...all }
}

/** What `expo-network` gives, without its hook. */
export function fakeExpoNetwork(env: Environment) {
  const types = { NONE: 'NONE', UNKNOWN: 'UNKNOWN', CELLULAR: 'CELLULAR', WIFI: 'WIFI', OTHER: 'OTHER' }
  const ofExpo = (state: NetworkState) => ({ ...state, type: state.type.toUpperCase() })
  return {
    __esModule: true,
    NetworkStateType: types,
    getNetworkStateAsync: async () => ofExpo(await present(env)),
    addNetworkStateListener: (listener: (state: NetworkState) => void) => {
      const remove = env.onNet(isOnline => listener(ofExpo(stateOf(isOnline))))
      return { remove }
    },
  }
}
