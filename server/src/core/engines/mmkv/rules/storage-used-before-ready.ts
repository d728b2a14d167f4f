// Code that runs when its file is loaded reads an instance that is opened only later.
import type { Fix, FixContext, Rule } from '../../../rules/rule.ts'
import { insertElement } from '../../../write/insert-element.ts'
import { lineIndent, styleOf } from '../../../write/style.ts'
import { mmkv3, mmkv4 } from '../example-app.ts'
import { type EarlyUse, earlyUses } from '../openings/early-uses.ts'
import type { CodeOfFile } from '../types.ts'

export const storageUsedBeforeReady: Rule<CodeOfFile, EarlyUse> = {
  id: 'mmkv/storage-used-before-ready',
  severity: 'warning',
  on: 'code',
  docs: {
    what: 'An instance is held by a `let` that only an asynchronous function assigns, and a store that persists itself (`persist` of zustand) or other code of the same file reads it while the file is loaded. Not where the store has `skipHydration`.',
    why: 'At that time there is no instance: the saved state is never loaded, and the first change overwrites it.',
    fix: 'Lets the store wait (`skipHydration`), and loads its state once the instance is open.',
  },
  *check(code) {
    for (const found of earlyUses(code)) {
      const { variable, opening } = found
      const message =
        found.kind === 'persist'
          ? `This store loads its state while the file is loaded, and "${variable}" is opened only later, in an asynchronous function: the saved state is never loaded, and the first change overwrites it. Set "skipHydration" and rehydrate when it is open.`
          : `This runs while the file is loaded, and "${variable}" is opened only later, in an asynchronous function: it is undefined here, and the app stops. Read it behind the opening.`
      yield {
        at: found.at,
        message,
        related: [{ at: opening.at, message: 'The instance is opened here' }],
        data: found,
      }
    }
  },
  fix: ({ data }, context) => (data.kind === 'persist' ? waited(data, context) : undefined),
  examples: [
    {
      name: 'a store of zustand beside the instance',
      project: mmkv4,
      files: {
        'src/store.ts': `import { create } from 'zustand'
import { createJSONStorage, persist } from 'zustand/middleware'
import { createMMKV, type MMKV } from 'react-native-mmkv'
import { readKey } from './keychain'

let storage: MMKV
export async function openStorage() {
  const key = await readKey()
  storage = createMMKV({ id: 'user', encryptionKey: key })
}

const adapter = {
  getItem: (name: string) => storage.getString(name) ?? null,
  setItem: (name: string, value: string) => storage.set(name, value),
  removeItem: (name: string) => storage.remove(name),
}

export const useUser = create(
  persist(() => ({ name: '' }), { name: 'user', storage: createJSONStorage(() => adapter) }),
//^^^^^^^ the saved state is never loaded
)
`,
      },
      fixed: {
        'src/store.ts': `import { create } from 'zustand'
import { createJSONStorage, persist } from 'zustand/middleware'
import { createMMKV, type MMKV } from 'react-native-mmkv'
import { readKey } from './keychain'

let storage: MMKV
export async function openStorage() {
  const key = await readKey()
  storage = createMMKV({ id: 'user', encryptionKey: key })
  await useUser.persist.rehydrate()
}

const adapter = {
  getItem: (name: string) => storage.getString(name) ?? null,
  setItem: (name: string, value: string) => storage.set(name, value),
  removeItem: (name: string) => storage.remove(name),
}

export const useUser = create(
  persist(() => ({ name: '' }), { name: 'user', storage: createJSONStorage(() => adapter), skipHydration: true }),
)
`,
      },
    },
    {
      name: 'a read at the top level',
      project: mmkv3,
      files: {
        'src/theme.js': `import { MMKV } from 'react-native-mmkv'
import { readKey } from './keychain'

let storage
export const open = async () => {
  storage = new MMKV({ id: 'theme', encryptionKey: await readKey() })
}
export const theme = storage.getString('theme')
//                   ^^^^^^^ undefined here
`,
      },
    },
    {
      name: 'stores that wait, instances that are open, reads in functions',
      project: mmkv4,
      files: {
        'src/store.ts': `import { create } from 'zustand'
import { createJSONStorage, persist } from 'zustand/middleware'
import { createMMKV, type MMKV } from 'react-native-mmkv'
import { readKey, ready } from './keychain'

let storage: MMKV
let other = createMMKV({ id: 'other' })
export async function openStorage() {
  const key = await readKey()
  storage = createMMKV({ id: 'user', encryptionKey: key })
  other = createMMKV({ id: 'second' })
}
const adapter = {
  getItem: (name: string) => storage.getString(name) ?? null,
  setItem: (name: string, value: string) => storage.set(name, value),
  removeItem: (name: string) => storage.remove(name),
}
const patient = {
  ...adapter,
  getItem: async (name: string) => {
    await ready
    return storage.getString(name) ?? null
  },
}
export const a = create(
  persist(() => ({ name: '' }), { name: 'a', storage: createJSONStorage(() => adapter), skipHydration: true }),
)
export const b = create(persist(() => ({ name: '' }), { name: 'b', storage: createJSONStorage(() => patient) }))
export const createLater = () =>
  create(persist(() => ({ name: '' }), { name: 'c', storage: createJSONStorage(() => adapter) }))
export const read = () => storage.getString('name')
export const now = other.getString('name')
`,
      },
    },
  ],
}

/** Lets the store wait, and loads its state behind the opening. */
function waited({ options, store, statement, file, opening, isAsync }: EarlyUse, context: FixContext): Fix | undefined {
  const text = context.text(file)
  if (text === undefined || !options || store === undefined || !isAsync) return undefined
  const { value } = opening.value
  const end = /^[ \t]*;?[ \t]*(?=\r?\n)/.exec(text.slice(value.at.end))
  if (!end || !statement) return undefined
  const style = styleOf(text)
  const at = value.at.end + end[0].trimEnd().length
  const line = `${style.newline}${lineIndent(text, value.at.start)}await ${store}.persist.rehydrate()${style.semicolon}`
  const list = { file, text, span: options.at, elements: options.props.map(prop => prop.at) }
  return {
    title: `Load "${store}" when the instance is open`,
    safe: false,
    edits: [
      { file, start: at, end: at, text: line },
      insertElement(list, list.elements.length, 'skipHydration: true', style, false),
    ],
  }
}
