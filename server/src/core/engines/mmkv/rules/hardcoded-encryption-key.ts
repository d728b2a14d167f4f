// An encryption key stands in the code.
import type { Rule } from '../../../rules/rule.ts'
import { constantKey } from '../encryption/constant-key.ts'
import { isEncryptedAnew } from '../encryption/encrypted-anew.ts'
import { keychainOpeners } from '../encryption/keychain-opener.ts'
import { mmkv3, mmkv4 } from '../example-app.ts'
import type { OpeningInStore } from '../types.ts'

export const hardcodedEncryptionKey: Rule<OpeningInStore, OpeningInStore> = {
  id: 'mmkv/hardcoded-encryption-key',
  severity: 'warning',
  on: 'opening',
  docs: {
    what: 'The encryption key of an instance is a text of the code or a variable of the build (`process.env`), maybe as the fallback of something else. Not in tests, and not where the same function encrypts the data with another key.',
    why: 'The key ships with the app, so everybody who has the app can read the data.',
    fix: 'Writes a file that opens the instance with a random key from the keychain of the phone. It opens the old data once with the old key and encrypts it anew, step by step, so that nothing is lost wherever the app stops. The opening becomes a promise, which the code has to wait for.',
  },
  *check(subject) {
    const { opening, scope } = subject
    const found = opening.isTest || !opening.encryptionKey ? undefined : constantKey(scope, opening.encryptionKey)
    const entry = opening.entries.get('encryptionKey')
    if (!found || isEncryptedAnew(scope, opening)) return
    const from = found.text === undefined ? 'is put into the app when it is built' : 'stands in the code'
    yield {
      at: found.secret,
      message: `This encryption key ${found.isFallback ? 'is a fallback that ' : ''}${from}, so everybody who has the app can read the data. Make a random key on each phone and keep it in the keychain.`,
      related: entry ? [{ at: entry.nameAt, message: 'The instance is opened with it here' }] : [],
      data: subject,
    }
  },
  fix: ({ data: { opening, store } }, context) => keychainOpeners(store, opening, context),
  examples: [
    {
      name: 'a text, encrypted anew with a key of the phone',
      project: mmkv4,
      files: {
        'src/storage.ts': `import { createMMKV } from 'react-native-mmkv'

export const storage = createMMKV({ id: 'user-storage', encryptionKey: 'hunter2' })
//                                                                     ^^^^^^^^^ stands in the code
`,
      },
      fixed: {
        'src/storage.ts': `import { openUserStorage } from './open-user-storage'

export const storage = openUserStorage()
`,
        'src/open-user-storage.ts': `// Opens the storage "user-storage" with a key that only this phone has. What is stored under the old key is kept.
import { getRandomBytes } from 'expo-crypto'
import * as SecureStore from 'expo-secure-store'
import { createMMKV, type MMKV } from 'react-native-mmkv'

const keyName = 'mmkv-key.user-storage'
/** A key of the storage: where it can be read, the storage is open with the right key. */
const marker = '__enc'

let opened: Promise<MMKV> | undefined

/** The storage, opened once. Rejects where it can be opened only at the next start of the app. */
export function openUserStorage(): Promise<MMKV> {
  opened ??= open()
  return opened
}

async function open(): Promise<MMKV> {
  const kept = await load()
  if (kept?.state === 'done') return openWith(kept.key)
  if (kept?.state === 'pending') return resume(kept.key)
  return encryptAnew(kept?.key ?? newKey())
}

/** Encrypts what is stored already. At whichever step the app stops, the next start can go on. */
async function encryptAnew(key: string): Promise<MMKV> {
  const storage = createMMKV({ id: 'user-storage', encryptionKey: 'hunter2' })
  storage.set(marker, true)
  await save('pending', key)
  storage.encrypt(key, 'AES-256')
  await save('done', key)
  return storage
}

/** The app stopped while it encrypted: the marker tells whether the storage has the new key already. */
async function resume(key: string): Promise<MMKV> {
  const storage = openWith(key)
  if (storage.contains(marker)) {
    await save('done', key)
    return storage
  }
  // Nothing may be written here: the data is still under the old key, and one process cannot open it again.
  await save('retry', key)
  throw new Error('The storage "user-storage" can be opened only at the next start of the app.')
}

function openWith(key: string): MMKV {
  return createMMKV({ id: 'user-storage', encryptionKey: key, encryptionType: 'AES-256' })
}

function newKey(): string {
  return Array.from(getRandomBytes(16), byte => byte.toString(16).padStart(2, '0')).join('')
}

async function load(): Promise<{ state: string; key: string } | undefined> {
  const kept = await SecureStore.getItemAsync(keyName)
  return kept ? JSON.parse(kept) : undefined
}

async function save(state: string, key: string): Promise<void> {
  const keychainAccessible = SecureStore.AFTER_FIRST_UNLOCK_THIS_DEVICE_ONLY
  await SecureStore.setItemAsync(keyName, JSON.stringify({ state, key }), { keychainAccessible })
}
`,
      },
    },
    {
      name: 'version 3, in an asynchronous function, with react-native-keychain',
      project: { versions: { 'react-native-mmkv': '3.3.3', 'react-native-keychain': '10.0.0' } },
      files: {
        'src/storage.js': `import { MMKV } from 'react-native-mmkv';
import { SECRET } from './secret';

export async function start() {
  const storage = new MMKV({ id: 'app', path: '/data/app', encryptionKey: SECRET });
  return storage.getString('name');
}
`,
        'src/secret.js': `  export const SECRET = 'k' + '3y';
//                      ^^^^^^^^^^ stands in the code
`,
      },
      fixed: {
        'src/storage.js': `import { openAppStorage } from './open-app-storage';
import { SECRET } from './secret';

export async function start() {
  const storage = await openAppStorage();
  return storage.getString('name');
}
`,
        'src/open-app-storage.js': `// Opens the storage "app" with a key that only this phone has. What is stored under the old key is kept.
import 'react-native-get-random-values';
import * as Keychain from 'react-native-keychain';
import { MMKV } from 'react-native-mmkv';

const keyName = 'mmkv-key.app';
/** A key of the storage: where it can be read, the storage is open with the right key. */
const marker = '__enc';

let opened;

/** The storage, opened once. Rejects where it can be opened only at the next start of the app. */
export function openAppStorage() {
  opened ??= open();
  return opened;
}

async function open() {
  const kept = await load();
  if (kept?.state === 'done') return openWith(kept.key);
  if (kept?.state === 'pending') return resume(kept.key);
  return encryptAnew(kept?.key ?? newKey());
}

/** Encrypts what is stored already. At whichever step the app stops, the next start can go on. */
async function encryptAnew(key) {
  const storage = new MMKV({ id: 'app', path: '/data/app', encryptionKey: 'k3y' });
  storage.set(marker, true);
  await save('pending', key);
  storage.recrypt(key);
  await save('done', key);
  return storage;
}

/** The app stopped while it encrypted: the marker tells whether the storage has the new key already. */
async function resume(key) {
  const storage = openWith(key);
  if (storage.contains(marker)) {
    await save('done', key);
    return storage;
  }
  // Nothing may be written here: the data is still under the old key, and one process cannot open it again.
  await save('retry', key);
  throw new Error('The storage "app" can be opened only at the next start of the app.');
}

function openWith(key) {
  return new MMKV({ id: 'app', path: '/data/app', encryptionKey: key });
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => letters.charAt(byte % 64)).join('');
}

async function load() {
  const kept = await Keychain.getGenericPassword({ service: keyName });
  return kept ? { state: kept.username, key: kept.password } : undefined;
}

async function save(state, key) {
  const accessible = Keychain.ACCESSIBLE.AFTER_FIRST_UNLOCK_THIS_DEVICE_ONLY;
  const isSaved = await Keychain.setGenericPassword(state, key, { service: keyName, accessible });
  if (!isSaved) throw new Error('The keychain did not save the key.');
}
`,
      },
    },
    {
      name: 'the environment of the build, a fallback',
      project: mmkv3,
      files: {
        'src/storage.ts': `import { MMKV } from 'react-native-mmkv'
import { keyOfPhone } from './keychain'

const fromBuild = process.env.MMKV_KEY
//                ^^^^^^^^^^^^^^^^^^^^ is put into the app when it is built
export const a = new MMKV({ id: 'a', encryptionKey: fromBuild })
export const b = new MMKV({ id: 'b', encryptionKey: keyOfPhone() ?? 'changeit' })
//                                                                  ^^^^^^^^^^ is a fallback that stands in the code
`,
      },
    },
    {
      name: 'keys from elsewhere, no key, tests, and the old key of a migration',
      project: mmkv4,
      files: {
        'src/storage.ts': `import * as SecureStore from 'expo-secure-store'
import { createMMKV } from 'react-native-mmkv'
import { keyOfPhone } from './keychain'

export const a = createMMKV({ id: 'a', encryptionKey: keyOfPhone() })
export const b = createMMKV({ id: 'b', encryptionKey: undefined })
export const c = createMMKV({ id: 'c', encryptionKey: '' })
export const d = async () => createMMKV({ id: 'd', encryptionKey: (await SecureStore.getItemAsync('key')) ?? undefined })
export const e = (key: string) => createMMKV({ id: 'e', encryptionKey: key })
export function f(key: string) {
  const storage = createMMKV({ id: 'f', encryptionKey: 'the old one' })
  storage.encrypt(key, 'AES-256')
  return storage
}
`,
        'src/__tests__/storage.test.ts': `import { createMMKV } from 'react-native-mmkv'

export const storage = createMMKV({ id: 'test', encryptionKey: 'secret' })
`,
      },
    },
  ],
}
