// An encryption key is not 64 bytes long.
import type { Rule } from '../../../rules/rule.ts'
import { replaceAt } from '../edit-object.ts'
import { realm12 } from '../example-app.ts'
import { type KeyLength, lengthOfKey } from '../openings/key-length.ts'
import type { OpeningInStore } from '../types.ts'

/** `realm_coordinator.cpp` of realm-core: longer and shorter keys are refused. */
const wanted = 64

export const keyLength: Rule<OpeningInStore, KeyLength> = {
  id: 'realm/key-length',
  severity: 'error',
  early: true,
  on: 'opening',
  docs: {
    what: 'The code makes an encryption key of another length than 64 bytes.',
    why: 'Realm throws `Encryption key must be 64 bytes.` when it opens, so the app does not start.',
    fix: 'Writes the length that makes 64 bytes, where the length is a number in the code.',
  },
  *check({ opening, scope }) {
    const entry = opening.entries.get('encryptionKey')
    const length = entry && lengthOfKey(scope, entry.value)
    // A key of no bytes is no key: the realm is opened without one.
    if (!entry || !length || length.bytes === wanted || length.bytes === 0 || !Number.isInteger(length.bytes)) return
    yield {
      at: length.at,
      message: `This encryption key has ${length.bytes} bytes, and Realm takes only ${wanted}: opening throws, and the app does not start.`,
      related: [{ at: entry.nameAt, message: 'The realm is opened with it here' }],
      data: length,
    }
  },
  fix({ data: { at, perUnit } }) {
    if (perUnit === undefined) return undefined
    const count = wanted / perUnit
    return { title: `Write ${count}`, safe: false, edits: [replaceAt(at, String(count))] }
  },
  examples: [
    {
      name: 'arrays of other lengths',
      project: realm12,
      files: {
        'src/db/realm.ts': `import Realm from 'realm'
import { Task } from './schema'

const half = new Int8Array(32)
//                         ^^ has 32 bytes
fill(half)
const schema = [Task]
export const a = () => Realm.open({ schema, path: 'a.realm', schemaVersion: 1, encryptionKey: half })
export const b = () => Realm.open({ schema, path: 'b.realm', schemaVersion: 1, encryptionKey: new Uint8Array([1, 2, 3]) })
//                                                                                                           ^^^^^^^^^ has 3 bytes
export const c = () => Realm.open({ schema, path: 'c.realm', schemaVersion: 1, encryptionKey: crypto.getRandomValues(new Uint16Array(64)) })
//                                                                                                                                   ^^ has 128 bytes
export const d = () => Realm.open({ schema, path: 'd.realm', schemaVersion: 1, encryptionKey: new TextEncoder().encode('größe') })
//                                                                                                                     ^^^^^^^ has 7 bytes
`,
      },
      fixed: {
        'src/db/realm.ts': `import Realm from 'realm'
import { Task } from './schema'

const half = new Int8Array(64)
fill(half)
const schema = [Task]
export const a = () => Realm.open({ schema, path: 'a.realm', schemaVersion: 1, encryptionKey: half })
export const b = () => Realm.open({ schema, path: 'b.realm', schemaVersion: 1, encryptionKey: new Uint8Array([1, 2, 3]) })
export const c = () => Realm.open({ schema, path: 'c.realm', schemaVersion: 1, encryptionKey: crypto.getRandomValues(new Uint16Array(64)) })
export const d = () => Realm.open({ schema, path: 'd.realm', schemaVersion: 1, encryptionKey: new TextEncoder().encode('größe') })
`,
      },
    },
    {
      name: 'units of two bytes, in a prop',
      project: realm12,
      files: {
        'src/App.jsx': `import { RealmProvider } from '@realm/react'
import { Task } from './schema'

const key = crypto.getRandomValues(new Uint16Array(64))
//                                                 ^^ has 128 bytes
export const App = () => <RealmProvider schema={[Task]} schemaVersion={1} encryptionKey={key} />
`,
      },
      fixed: {
        'src/App.jsx': `import { RealmProvider } from '@realm/react'
import { Task } from './schema'

const key = crypto.getRandomValues(new Uint16Array(32))
export const App = () => <RealmProvider schema={[Task]} schemaVersion={1} encryptionKey={key} />
`,
      },
    },
    {
      name: '64 bytes however they are counted, and what is not known',
      project: realm12,
      files: {
        'src/db/realm.ts': `import Realm from 'realm'
import { randomBytes, size, hex } from './random'
import { Task } from './schema'

const schema = [Task]
const buffer = new ArrayBuffer(64)
export const a = () => Realm.open({ schema, path: 'a.realm', schemaVersion: 1, encryptionKey: new Int8Array(64) })
export const b = () => Realm.open({ schema, path: 'b.realm', schemaVersion: 1, encryptionKey: new Uint32Array(16) })
export const c = () => Realm.open({ schema, path: 'c.realm', schemaVersion: 1, encryptionKey: new Float64Array(buffer) })
export const d = () => Realm.open({ schema, path: 'd.realm', schemaVersion: 1, encryptionKey: randomBytes(32) })
export const e = () => Realm.open({ schema, path: 'e.realm', schemaVersion: 1, encryptionKey: new Uint8Array(size) })
export const f = () => Realm.open({ schema, path: 'f.realm', schemaVersion: 1, encryptionKey: Buffer.from(hex, 'hex') })
export const g = () => Realm.open({ schema, path: 'g.realm', schemaVersion: 1, encryptionKey: new Uint8Array([...hex, 1]) })
export const h = () => Realm.open({ schema, path: 'h.realm', schemaVersion: 1, encryptionKey: Uint8Array.from(hex) })
`,
      },
    },
  ],
}
