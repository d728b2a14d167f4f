// The types of React Native that react-native-mmkv 2 and 3 name.
export interface TurboModule {
  getConstants?(): object
}
