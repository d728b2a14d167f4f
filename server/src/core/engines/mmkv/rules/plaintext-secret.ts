// A token or password is written to an instance that is not encrypted.
import { placeOf } from '../../../catalog/place-of.ts'
import type { Rule } from '../../../rules/rule.ts'
import { mmkv3, mmkv4 } from '../example-app.ts'
import type { KeyInStore } from '../types.ts'
import { secretOf, writesOfSecret } from '../values/secret-name.ts'

export const plaintextSecret: Rule<KeyInStore> = {
  id: 'mmkv/plaintext-secret',
  severity: 'info',
  on: 'key',
  docs: {
    what: 'A key that is named like a token, password, secret or PIN is kept in an instance that is opened without an encryption key. Not where the instance may be encrypted, or where the value is encrypted by the app.',
    why: 'MMKV does not encrypt by itself: whoever gets at the files of the app, or a backup of them, can read the value.',
    fix: 'None: keep it in the keychain of the phone, or give the instance a key that is kept there.',
  },
  *check({ key, store }) {
    const secret = secretOf(key.name.text)
    if (secret === undefined || store.isEncrypted !== false) return
    const [first] = writesOfSecret(store, key)
    if (!first) return
    yield {
      at: first.keyArgument ? placeOf(first.keyArgument) : first.at,
      message: `"${key.name.text}" looks like a ${secret}, and this instance is not encrypted: whoever gets at the files of the app can read it. Keep it in the keychain, or open the instance with a key that is kept there.`,
      related: store.openings
        .filter(one => !one.isTest && one.kind !== 'default-hook')
        .slice(0, 1)
        .map(({ at }) => ({ at, message: 'The instance is opened without a key here' })),
    }
  },
  examples: [
    {
      name: 'tokens and passwords, by a call and by a hook',
      project: mmkv4,
      files: {
        'src/storage.ts': `import { createMMKV } from 'react-native-mmkv'

export const storage = createMMKV({ id: 'user' })
`,
        'src/login.tsx': `import { useMMKVString } from 'react-native-mmkv'
import { storage } from './storage'

export function login(token: string, password: string, pin: string) {
  storage.set('accessToken', token)
//            ^^^^^^^^^^^^^ looks like a token
  storage.set('user.password', password)
//            ^^^^^^^^^^^^^^^ looks like a password
  storage.set('app_pin', pin)
//            ^^^^^^^^^ looks like a PIN
}
export const keep = (pin: string) => storage.set(keys.pin, pin)
//                                               ^^^^^^^^ "login-pin" looks like a PIN
const keys = { pin: 'login-pin' }
export const useToken = () => useMMKVString('auth.token')
//                                          ^^^^^^^^^^^^ looks like a token
`,
      },
    },
    {
      name: 'encrypted instances, other names, what is no secret, values that the app encrypts',
      project: mmkv3,
      files: {
        'src/storage.ts': `import { MMKV } from 'react-native-mmkv'
import { encrypt, key, openLater } from './keychain'

export const safe = new MMKV({ id: 'safe', encryptionKey: key })
export const plain = new MMKV({ id: 'plain' })
export const later = openLater()
const cache = new MMKV({ id: 'cache' })
export function keep(name: string, value: string, isPrivate: boolean) {
  if (!isPrivate) cache.set(name, value)
}
const sealed = new MMKV({ id: 'sealed' })
export const seal = (name: string, value: string) => sealed.set(name, encrypt(value))
export const recrypted = new MMKV({ id: 'recrypted' })
recrypted.recrypt(key)

export function save(token: string, hasPassword: boolean) {
  safe.set('accessToken', token)
  later.set('accessToken', token)
  recrypted.set('accessToken', token)
  plain.set('hasPassword', hasPassword)
  plain.set('pushToken', token)
  plain.set('selectedToken', token)
  plain.set('tokenList', token)
  plain.set('shippingAddress', token)
  plain.set('password', encrypt(token))
  plain.set('secret', '')
  keep('password', token, true)
  seal('password', token)
}
`,
      },
    },
  ],
}
