// A call of MMKV is given what it does not take.
import { placeOf } from '../../../catalog/place-of.ts'
import type { Evidence, Rule } from '../../../rules/rule.ts'
import { utf8Length } from '../../../text/utf8.ts'
import { mmkv3, mmkv4 } from '../example-app.ts'
import type { CodeOfFile, KeyUse, MmkvStore, Opening } from '../types.ts'
import { setterCalls } from '../values/setter-calls.ts'
import { mendValue, messageOf, type WrongValue, wrongValue } from '../values/wrong-value.ts'
import { majorOf } from '../versions.ts'

/** Files are named after ids, and longer ones cannot be written. */
const longestId = 255

export const invalidArgument: Rule<CodeOfFile, WrongValue> = {
  id: 'mmkv/invalid-argument',
  severity: 'error',
  on: 'code',
  docs: {
    what: 'An empty id or key, an id of more than 255 bytes, a value that MMKV cannot store (`undefined`, `null`, an object, an array, a `Uint8Array`; judged in JavaScript), `null` for the setter of a hook, or a write to an instance that is opened with `readOnly: true`.',
    why: 'The call throws, and what should be saved is lost.',
    fix: 'Removes the key instead of storing nothing, stores objects as JSON, and gives the buffer of a `Uint8Array`.',
  },
  *check(code) {
    for (const opening of code.openings()) if (!opening.isTest) yield* ofId(opening)
    for (const { use, store } of code.uses()) {
      if (use.isTest || use.call.file !== code.file) continue
      yield* ofKey(use)
      if (use.access !== 'write') continue
      if (store && !use.isWrapped && isReadOnly(store)) yield readOnlyWrite(use, store)
      else yield* ofValue(code, use)
    }
    yield* ofSetters(code)
  },
  fix: ({ data }, context) => mendValue(data, context),
  examples: [
    {
      name: 'undefined, in version 4',
      project: mmkv4,
      files: {
        'src/user.js': `import { createMMKV } from 'react-native-mmkv'

const storage = createMMKV({ id: 'user' })
export const forget = () => storage.set('name', undefined)
//                                              ^^^^^^^^^ cannot store undefined
`,
      },
      fixed: {
        'src/user.js': `import { createMMKV } from 'react-native-mmkv'

const storage = createMMKV({ id: 'user' })
export const forget = () => storage.remove('name')
`,
      },
    },
    {
      name: 'null, in version 3',
      project: mmkv3,
      files: {
        'src/user.js': `import { MMKV } from 'react-native-mmkv'

const storage = new MMKV({ id: 'user' })
export const forget = () => storage.set('name', null)
//                                              ^^^^ cannot store null
`,
      },
      fixed: {
        'src/user.js': `import { MMKV } from 'react-native-mmkv'

const storage = new MMKV({ id: 'user' })
export const forget = () => storage.delete('name')
`,
      },
    },
    {
      name: 'an object',
      project: mmkv3,
      files: {
        'src/user.js': `import { MMKV } from 'react-native-mmkv'

const storage = new MMKV({ id: 'user' })
export const save = name => storage.set('user', { name })
//                                              ^^^^^^^^ cannot store an object
`,
      },
      fixed: {
        'src/user.js': `import { MMKV } from 'react-native-mmkv'

const storage = new MMKV({ id: 'user' })
export const save = name => storage.set('user', JSON.stringify({ name }))
`,
      },
    },
    {
      name: 'bytes',
      project: mmkv4,
      files: {
        'src/user.js': `import { createMMKV } from 'react-native-mmkv'

const storage = createMMKV({ id: 'user' })
const bytes = new Uint8Array([1, 2, 3])
storage.set('bytes', bytes)
//                   ^^^^^ cannot store a Uint8Array
`,
      },
      fixed: {
        'src/user.js': `import { createMMKV } from 'react-native-mmkv'

const storage = createMMKV({ id: 'user' })
const bytes = new Uint8Array([1, 2, 3])
storage.set('bytes', bytes.buffer)
`,
      },
    },
    {
      name: 'ids, keys, setters of hooks, instances that only read',
      project: mmkv4,
      files: {
        'src/user.js': `import { createMMKV, useMMKVString } from 'react-native-mmkv'

export const none = createMMKV({ id: '' })
//                                   ^^ The id is empty
export const long = createMMKV({ id: '${'x'.repeat(256)}' })
//                                   ${'^'.repeat(258)} has 256 bytes
const settings = createMMKV({ id: 'settings', readOnly: true })
settings.set('a', 1)
//       ^^^ opened with "readOnly"
none.set('', 1)
//       ^^ The key is empty
export function useName() {
  const [name, setName] = useMMKVString('name')
  return () => setName(null)
//                     ^^^^ cannot store null
}
`,
      },
    },
    {
      name: 'values that can be stored, what the compiler says, hooks that remove, openings that differ',
      project: mmkv3,
      files: {
        'src/user.js': `import { MMKV, useMMKVObject, useMMKVString } from 'react-native-mmkv'

const storage = new MMKV({ id: 'https://example.com/:*?' })
export const hashed = new MMKV({ id: 'a/${'x'.repeat(300)}' })
const writer = new MMKV({ id: 'both' })
export const reader = new MMKV({ id: 'both', readOnly: true })
export function save(value, map) {
  storage.set('a', 'text')
  storage.set('b', 1)
  storage.set('c', false)
  storage.set('d', value)
  storage.set('e', JSON.stringify({}))
  storage.set('f', new Uint8Array([1]).buffer)
  writer.set('g', 1)
  reader.set('g', 2)
  map.set('', undefined)
}
export function useName() {
  const [name, setName] = useMMKVString('name')
  const [user, setUser] = useMMKVObject('user')
  return () => {
    setName(undefined)
    setUser(null)
  }
}
`,
        'src/typed.ts': `import { MMKV } from 'react-native-mmkv'

const storage = new MMKV({ id: 'typed' })
storage.set('name', undefined)
`,
      },
    },
    {
      name: 'version 2 takes a Uint8Array',
      project: { versions: { 'react-native-mmkv': '2.12.2' } },
      files: {
        'src/user.js': `import { MMKV } from 'react-native-mmkv'

const storage = new MMKV({ id: 'user' })
storage.set('bytes', new Uint8Array([1, 2, 3]))
`,
      },
    },
  ],
}

function* ofId({ id }: Opening): Generator<Evidence<WrongValue>> {
  if (!id) return
  const bytes = utf8Length(id.text)
  if (bytes === 0)
    yield {
      at: id.at,
      message: 'The id is empty, so MMKV cannot open the instance. Give it a name, or leave the options out.',
    }
  // An id with such signs is stored under a hash of it.
  if (bytes > longestId && !/[\\/:*?"<>|]/.test(id.text))
    yield {
      at: id.at,
      message: `This id has ${bytes} bytes. MMKV opens the instance, but with more than ${longestId} bytes every write fails. Give it a shorter one.`,
    }
}

function* ofKey({ key, keyArgument, access }: KeyUse): Generator<Evidence<WrongValue>> {
  if (key?.text === '' && (access === 'write' || access === 'read' || access === 'hook'))
    yield {
      at: keyArgument ? placeOf(keyArgument) : key.at,
      message: 'The key is empty, and MMKV stores nothing under an empty key. Give it a name.',
    }
}

/** The first opening decides what can be written, so all of them must agree. */
function isReadOnly({ id, openings, scope }: MmkvStore): boolean {
  const own = openings.filter(one => !one.isTest)
  return (
    id !== undefined && own.length > 0 && own.every(one => scope.boolean(one.entries.get('readOnly')?.value) === true)
  )
}

function readOnlyWrite(use: KeyUse, store: MmkvStore): Evidence<WrongValue> {
  const { callee } = use.call.value
  const entry = store.openings.find(one => !one.isTest)?.entries.get('readOnly')
  return {
    at: { file: use.call.file, span: callee.kind === 'member' ? callee.nameAt : callee.at },
    message: 'This instance is opened with "readOnly", so the write fails. Open it without, or do not write.',
    related: entry ? [{ at: entry.at, message: 'It is opened for reading alone here' }] : [],
  }
}

function* ofValue({ scope, file, project }: CodeOfFile, use: KeyUse): Generator<Evidence<WrongValue>> {
  const found = isTyped(file) || use.isWrapped ? undefined : wrongValue(scope, use, majorOf(project))
  if (found && use.value)
    yield {
      at: placeOf(use.value),
      message: messageOf(found.kind),
      ...(found.removes !== undefined && { data: found }),
    }
}

/** The setter of `useMMKVObject` removes the key for `null`; the others throw. */
function* ofSetters(code: CodeOfFile): Generator<Evidence<WrongValue>> {
  if (isTyped(code.file)) return
  for (const { use } of code.uses()) {
    if (use.access !== 'hook' || use.isTest || !/^useMMKV(?:String|Number|Boolean|Buffer)$/.test(use.method)) continue
    for (const { call } of setterCalls(code, use)) {
      const [value] = call.args
      if (value?.kind === 'null') yield { at: { file: code.file, span: value.at }, message: messageOf('null') }
    }
  }
}

const isTyped = (file: string): boolean => /\.[cm]?tsx?$/.test(file)
