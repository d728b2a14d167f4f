// The types of React Native's code generator that react-native-mmkv 3 names.
export type UnsafeObject = object
