// Packages that make ids, by the seed: so a failure plays again to the letter.
import type { Environment } from './queue-under-test.ts'

function digits(env: Environment, count: number, base: number): string {
  return Array.from({ length: count }, () => Math.floor(env.rnd() * base).toString(base)).join('')
}

const uuidOf = (env: Environment) => () =>
  [
    digits(env, 8, 16),
    digits(env, 4, 16),
    `4${digits(env, 3, 16)}`,
    `8${digits(env, 3, 16)}`,
    digits(env, 12, 16),
  ].join('-')

/** What `uuid` gives. */
export function fakeUuid(env: Environment) {
  const make = uuidOf(env)
  return { __esModule: true, v1: make, v4: make, v6: make, v7: make }
}

/** What `react-native-uuid` gives. */
export function fakeReactNativeUuid(env: Environment) {
  const { v1, v4 } = fakeUuid(env)
  return { __esModule: true, default: { v1, v4 } }
}

/** What `expo-crypto` gives. */
export function fakeExpoCrypto(env: Environment) {
  return {
    __esModule: true,
    randomUUID: uuidOf(env),
    getRandomValues: <T extends Uint8Array>(bytes: T): T => bytes.map(() => Math.floor(env.rnd() * 256)) as T,
  }
}

/** What `nanoid` and `nanoid/non-secure` give. */
export function fakeNanoid(env: Environment) {
  return { __esModule: true, nanoid: (length = 21) => digits(env, length, 36) }
}

/** What a package gives that is imported for what it does, such as `react-native-get-random-values`. */
export const fakeNothing = () => ({})
