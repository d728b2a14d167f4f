// An encryption key stands in the code.
import type { Rule } from '../../../rules/rule.ts'
import { realm12 } from '../example-app.ts'
import { constantKey } from '../openings/constant-key.ts'
import type { OpeningInStore } from '../types.ts'

export const hardcodedKey: Rule<OpeningInStore> = {
  id: 'realm/hardcoded-key',
  severity: 'warning',
  on: 'opening',
  docs: {
    what: 'An encryption key is made of texts and numbers of the code, or of a hash of them; also where that is only the fallback of something else.',
    why: 'Everybody who has the app has the key, so the encryption protects nothing, and the key cannot be changed without losing the data.',
    fix: 'None: make a key of 64 random bytes on each phone, and keep it in its keychain.',
  },
  *check({ opening, scope }) {
    const entry = opening.entries.get('encryptionKey')
    const found = entry && constantKey(scope, entry.value)
    if (!entry || !found) return
    const made = found.isFallback ? 'falls back to what stands in the code' : 'is made of what stands in the code'
    yield {
      at: found.secret,
      message: `This encryption key ${made}: everybody who has the app can read the data. Make 64 random bytes on each phone, and keep them in its keychain.`,
      related: [{ at: entry.nameAt, message: 'The realm is opened with it here' }],
    }
  },
  examples: [
    {
      name: 'texts, numbers and zeros',
      project: realm12,
      files: {
        'src/db/realm.ts': `import Realm from 'realm'
import { Task } from './schema'

const schema = [Task]
const secret = 'a text that everybody can read in the app, sixty-four bytes long'
//             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ is made of what stands in the code
const zeros = new Int8Array(64)
//            ^^^^^^^^^^^^^^^^^ is made of what stands in the code
export const a = () => Realm.open({ schema, path: 'a.realm', schemaVersion: 1, encryptionKey: new TextEncoder().encode(secret) })
export const b = () => Realm.open({ schema, path: 'b.realm', schemaVersion: 1, encryptionKey: zeros })
export const c = () => Realm.open({ schema, path: 'c.realm', schemaVersion: 1, encryptionKey: Uint8Array.from([1, 2, 3, 4]) })
//                                                                                                            ^^^^^^^^^^^^ is made of
`,
      },
    },
    {
      name: 'a hash, a fallback, a prop',
      project: realm12,
      files: {
        'src/App.tsx': `import { RealmProvider } from '@realm/react'
import { sha256 } from '@noble/hashes/sha256'
import { hexToUint8Array, uint8ArrayToHex, stringToUint8Array } from './bytes'
import { Task } from './schema'

const hashed = uint8ArrayToHex(sha256(stringToUint8Array('fyegjitkyf')))
//                                                       ^^^^^^^^^^^^ is made of what stands in the code
const bytes = hexToUint8Array(hashed + hashed)
const key = Int8Array.from(bytes)
export const App = ({ password }: { password?: string }) => {
  const own = Buffer.from(sha256(password || 'changeit'), 'hex')
//                                           ^^^^^^^^^^ falls back to what stands in the code
  return (
    <RealmProvider path="a.realm" schema={[Task]} schemaVersion={1} encryptionKey={key}>
      <RealmProvider path="b.realm" schema={[Task]} schemaVersion={1} encryptionKey={own}>
        {null}
      </RealmProvider>
    </RealmProvider>
  )
}
`,
      },
    },
    {
      name: 'random bytes, keychains, what is filled later, options of encodings',
      project: realm12,
      files: {
        'src/db/realm.ts': `import Realm from 'realm'
import Config from 'react-native-config'
import * as Keychain from 'react-native-keychain'
import { deviceBytes, keyBytes, randomBytes, stored } from './random'
import { Task } from './schema'

const schema = [Task]
const filled = new Uint8Array(64)
crypto.getRandomValues(filled)
const looped = new Int8Array(64)
for (let i = 0; i < 64; i++) looped[i] = Math.random() * 256
export const a = () => Realm.open({ schema, path: 'a.realm', schemaVersion: 1, encryptionKey: filled })
export const b = () => Realm.open({ schema, path: 'b.realm', schemaVersion: 1, encryptionKey: looped })
export const c = () => Realm.open({ schema, path: 'c.realm', schemaVersion: 1, encryptionKey: randomBytes(64) })
export const d = () => Realm.open({ schema, path: 'd.realm', schemaVersion: 1, encryptionKey: Buffer.from(stored, 'hex') })
export const e = () => Realm.open({ schema, path: 'e.realm', schemaVersion: 1, encryptionKey: Buffer.from(Config.KEY ?? stored, 'base64') })
export const f = async () => {
  const found = await Keychain.getGenericPassword({ service: 'realm' })
  return Realm.open({ schema, path: 'f.realm', schemaVersion: 1, encryptionKey: new TextEncoder().encode(found) })
}
export const g = (key: ArrayBuffer) => Realm.open({ schema, path: 'g.realm', schemaVersion: 1, encryptionKey: key })
export const h = () => Realm.open({ schema, path: 'h.realm', schemaVersion: 1, encryptionKey: undefined })
export const j = () => Realm.open({ schema, path: 'j.realm', schemaVersion: 1, encryptionKey: deviceBytes() })
export const k = () => Realm.open({ schema, path: 'k.realm', schemaVersion: 1, encryptionKey: keyBytes(64) })
export const i = () => Realm.open({ schema, path: 'i.realm', schemaVersion: 1, encryptionKey: Uint8Array.from({ length: 64 }, () => Math.random() * 256) })
`,
      },
    },
  ],
}
