// The packages that the simulator takes the place of.

/** What stands in for a package: a function of a file of the simulator. */
export interface Fake {
  readonly module: string
  readonly make: string
  readonly takes: 'env' | 'env, http' | ''
}

const asyncStorage: Fake = { module: 'fake-async-storage', make: 'fakeAsyncStorage', takes: 'env' }
const nanoid: Fake = { module: 'fake-ids', make: 'fakeNanoid', takes: 'env' }

/** Stores that a queue can be kept in. */
const storages: Readonly<Record<string, Fake>> = {
  '@react-native-async-storage/async-storage': asyncStorage,
  '@react-native-community/async-storage': asyncStorage,
  'react-native-mmkv': { module: 'fake-mmkv', make: 'fakeMmkv', takes: 'env' },
}

const fakes: Readonly<Record<string, Fake>> = {
  ...storages,
  '@react-native-community/netinfo': { module: 'fake-net-info', make: 'fakeNetInfo', takes: 'env' },
  'expo-network': { module: 'fake-net-info', make: 'fakeExpoNetwork', takes: 'env' },
  axios: { module: 'fake-axios', make: 'fakeAxios', takes: 'env, http' },
  'react-native': { module: 'fake-react-native', make: 'fakeReactNative', takes: '' },
  uuid: { module: 'fake-ids', make: 'fakeUuid', takes: 'env' },
  'react-native-uuid': { module: 'fake-ids', make: 'fakeReactNativeUuid', takes: 'env' },
  'expo-crypto': { module: 'fake-ids', make: 'fakeExpoCrypto', takes: 'env' },
  nanoid,
  'nanoid/non-secure': nanoid,
  'react-native-get-random-values': { module: 'fake-ids', make: 'fakeNothing', takes: '' },
}

/** The packages among `names` that are replaced, with what replaces them. */
export const fakesFor = (names: readonly string[]): readonly (readonly [string, Fake])[] =>
  names.flatMap(name => {
    const fake = Object.hasOwn(fakes, name) ? fakes[name] : undefined
    return fake ? [[name, fake] as const] : []
  })

export const isStorage = (name: string): boolean => Object.hasOwn(storages, name)

/** What a constructor can be given, by the name of its parameter. */
export function injectedFake(parameter: string): Fake | undefined {
  if (/storage|^kv$/i.test(parameter)) return /mmkv/i.test(parameter) ? undefined : asyncStorage
  if (/axios|api|http|client/i.test(parameter)) return fakes['axios']
  return /net(?:work|info)/i.test(parameter) ? fakes['@react-native-community/netinfo'] : undefined
}
