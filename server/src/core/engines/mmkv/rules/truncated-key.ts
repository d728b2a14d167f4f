// An encryption key is longer than MMKV uses.
import type { Evidence, Fix, FixContext, Rule } from '../../../rules/rule.ts'
import { cutTo, utf8Length } from '../../../text/utf8.ts'
import { quotedLike } from '../../../write/style.ts'
import { replaceAt, textAt } from '../edit-text.ts'
import { type KeyLength, type KeyLimit, lengthOfKey, limitOf, limitOfOptions } from '../encryption/key-length.ts'
import { keychainOpeners } from '../encryption/keychain-opener.ts'
import { mmkv3, mmkv4 } from '../example-app.ts'
import type { CodeOfFile, OpeningInStore } from '../types.ts'

interface Data {
  readonly length: KeyLength
  readonly limit: KeyLimit
  /** The opening with the key; undefined where an open instance is encrypted with it. */
  readonly subject: OpeningInStore | undefined
}

export const truncatedKey: Rule<OpeningInStore | CodeOfFile, Data> = {
  id: 'mmkv/truncated-key',
  severity: 'warning',
  on: ['opening', 'code'],
  docs: {
    what: 'An encryption key has more than 16 bytes (AES-128) or 32 bytes (AES-256), for an opening or for `encrypt` and `recrypt`. Keys whose length is not known are not judged.',
    why: 'MMKV uses the first bytes, drops the rest and says nothing: of 64 hexadecimal characters 16 stay, which is a key of 64 bits.',
    fix: 'Shortens a key that stands in the code to the bytes that are used, which opens the same data; or opens the instance with a key of the phone.',
  },
  *check(subject) {
    if ('opening' in subject) {
      const { opening, scope } = subject
      if (opening.isTest || !opening.encryptionKey) return
      const length = lengthOfKey(scope, opening.encryptionKey)
      const limit = limitOfOptions(scope, opening.entries.get('encryptionType'), opening.complete)
      if (length) yield* judge(length, limit, subject)
      return
    }
    for (const { call: made } of subject.calls()) {
      const [key, type] = made.call.value.args
      if (made.isTest || !/^(?:encrypt|recrypt)$/.test(made.method) || !key) continue
      const { file } = made.call
      const length = lengthOfKey(subject.scope, { value: key, file })
      const limit = limitOf(subject.scope, made.method === 'encrypt' && type ? { value: type, file } : undefined)
      if (length) yield* judge(length, limit, undefined)
    }
  },
  fix({ data: { length, limit, subject } }, context) {
    const trim = trimmed(length, limit, subject, context)
    return [...(trim ? [trim] : []), ...(subject ? keychainOpeners(subject.store, subject.opening, context) : [])]
  },
  examples: [
    {
      name: 'the key of the documentation',
      project: mmkv3,
      files: {
        'src/storage.ts': `import { MMKV } from 'react-native-mmkv'

export const storage = new MMKV({ id: 'user', encryptionKey: 'my-encryption-key!' })
//                                                           ^^^^^^^^^^^^^^^^^^^^ has 18 bytes
`,
      },
      fixed: {
        'src/storage.ts': `import { MMKV } from 'react-native-mmkv'

export const storage = new MMKV({ id: 'user', encryptionKey: 'my-encryption-ke' })
`,
      },
    },
    {
      name: 'keys that are made, a type with a higher limit, an instance that is encrypted later',
      project: mmkv4,
      files: {
        'src/storage.ts': `import { randomBytes, randomUUID } from 'crypto'
import { createMMKV } from 'react-native-mmkv'

const key = randomBytes(32).toString('hex')
//          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ has 64 bytes
export const a = createMMKV({ id: 'a', encryptionKey: key, encryptionType: 'AES-256' })
export const b = createMMKV({ id: 'b', encryptionKey: randomUUID() })
//                                                    ^^^^^^^^^^^^ has 36 bytes
export const c = createMMKV({ id: 'c', encryptionKey: Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64') })
//                                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ has 24 bytes
export const d = createMMKV({ id: 'd' })
d.encrypt('twenty bytes of text')
//        ^^^^^^^^^^^^^^^^^^^^^^ has 20 bytes
d.encrypt('twenty bytes of text', 'AES-256')
`,
      },
    },
    {
      name: 'keys that are all used, and keys whose length is not known',
      project: mmkv4,
      files: {
        'src/storage.ts': `import { randomBytes } from 'crypto'
import { createMMKV } from 'react-native-mmkv'
import { keyOfPhone, randomUUID, type } from './keychain'

export const a = createMMKV({ id: 'a', encryptionKey: '0123456789abcdef' })
export const b = createMMKV({ id: 'b', encryptionKey: '0123456789abcdef0123456789abcdef', encryptionType: 'AES-256' })
export const c = createMMKV({ id: 'c', encryptionKey: randomBytes(8).toString('hex') })
export const d = createMMKV({ id: 'd', encryptionKey: keyOfPhone() })
export const e = createMMKV({ id: 'e', encryptionKey: '0123456789abcdef0123', encryptionType: type })
a.recrypt('fedcba9876543210')
cipher.encrypt('a text that is longer than any key could ever be')
`,
        'src/keychain.ts': `export function randomUUID() {
  if (Math.random() < 0.5) return 'short'
  return 'shorter'
}
`,
      },
    },
  ],
}

function* judge(length: KeyLength, limit: KeyLimit, subject: OpeningInStore | undefined): Generator<Evidence<Data>> {
  if (length.bytes <= limit.bytes) return
  const entry = subject?.opening.entries.get('encryptionKey')
  yield {
    at: length.text?.at ?? length.at,
    message: `This encryption key has ${length.bytes} bytes, and MMKV uses the first ${limit.bytes} (${limit.type}) and drops the rest without a word, so the data is protected less than it seems. Give a key of ${limit.bytes} bytes.`,
    related: entry ? [{ at: entry.nameAt, message: 'The instance is opened with it here' }] : [],
    data: { length, limit, subject },
  }
}

/** True where nothing but the opening uses the text. */
const isWrittenThere = (subject: OpeningInStore | undefined, text: KeyLength['text']): boolean => {
  const written = subject?.opening.encryptionKey?.value
  return written?.kind === 'string' && written.at.start === text?.at.span.start
}

/** Shortens a key that stands in the code; undefined where a character of it stands across the limit. */
function trimmed(
  { text }: KeyLength,
  { bytes }: KeyLimit,
  subject: OpeningInStore | undefined,
  context: FixContext,
): Fix | undefined {
  const written = text && textAt(text.at, context)
  const cut = text && cutTo(text.text, bytes)
  // A character that stands across the limit is cut in two by MMKV, and by nobody else.
  if (
    !text ||
    written === undefined ||
    cut === undefined ||
    utf8Length(cut) !== bytes ||
    !/^(['"`])[^'"`\\$]*\1$/.test(written)
  )
    return undefined
  return {
    title: `Shorten the key to the ${bytes} bytes that are used`,
    safe: isWrittenThere(subject, text),
    edits: [replaceAt(text.at, quotedLike(written, cut))],
  }
}
