// The little of React Native that a queue uses. The app stays in front, so nothing but the network and time can help it.

const subscription = () => ({ remove: () => undefined })

/** What `react-native` gives: add what your queue needs besides. */
export function fakeReactNative() {
  return {
    __esModule: true,
    AppState: { currentState: 'active', isAvailable: true, addEventListener: subscription },
    DeviceEventEmitter: { addListener: subscription, emit: () => undefined },
    InteractionManager: { runAfterInteractions: (task: () => void) => setTimeout(task, 0) },
    Platform: {
      OS: 'ios',
      Version: '18',
      select: <T>(of: { readonly ios?: T; readonly native?: T; readonly default?: T }) =>
        of.ios ?? of.native ?? of.default,
    },
    NativeModules: {},
    Alert: { alert: () => undefined },
  }
}
