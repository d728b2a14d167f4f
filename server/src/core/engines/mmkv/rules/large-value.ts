// Values that grow large are kept in MMKV, which loads its whole file when it opens.
import type { Evidence, Rule } from '../../../rules/rule.ts'
import { mmkv3, mmkv4 } from '../example-app.ts'
import type { CodeOfFile } from '../types.ts'
import { isGrowingList, readsFileAsBase64 } from '../values/large-values.ts'
import { persistedRoots } from '../values/persisted-roots.ts'

export const largeValue: Rule<CodeOfFile> = {
  id: 'mmkv/large-value',
  severity: 'info',
  on: 'code',
  docs: {
    what: 'A file that is read as base64 is stored as a value; a stored list is read, gets one more item and is stored again as a whole, and nothing else of the app cuts or removes it; or redux-persist keeps the whole state of an app, without a `whitelist` or `blacklist`.',
    why: 'MMKV loads its whole file into memory when it opens, and writes each value as a whole: 60 MB take a sixth of a second at the start, and the file grows to many times the value.',
    fix: 'None: keep files as files, lists in a database, and of a state what is needed.',
  },
  *check(code) {
    const { scope, file } = code
    for (const { use, store } of code.uses()) {
      if (use.access !== 'write' || use.isTest || !use.value || use.call.file !== file) continue
      const at = { file: use.value.file, span: use.value.value.at }
      if (readsFileAsBase64(scope, use.value)) yield { at, message: messages.file }
      else if (isGrowingList(code, use, store)) yield { at, message: messages.list }
    }
    for (const at of persistedRoots(code)) yield { at, message: messages.root } satisfies Evidence<never>
  },
  examples: [
    {
      name: 'a file, lists that grow',
      project: mmkv4,
      files: {
        'src/storage.ts': `import * as FileSystem from 'expo-file-system'
import { createMMKV } from 'react-native-mmkv'

export const storage = createMMKV()
export async function saveImage(uri: string) {
  const data = await FileSystem.readAsStringAsync(uri, { encoding: FileSystem.EncodingType.Base64 })
  storage.set('image', data)
//                     ^^^^ MMKV loads it when it opens
}
export function log(line: string) {
  const lines = JSON.parse(storage.getString('log') ?? '[]')
  lines.push(line)
  storage.set('log', JSON.stringify(lines))
//                   ^^^^^^^^^^^^^^^^^^^^^ written as a whole
}
export function note(line: string) {
  const raw = storage.getString('notes')
  const notes = raw ? JSON.parse(raw) : []
  storage.set('notes', JSON.stringify([...notes, line]))
//                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ written as a whole
}
`,
      },
    },
    {
      name: 'the whole state of redux-persist',
      project: mmkv3,
      files: {
        'src/store.js': `import { MMKV } from 'react-native-mmkv'
import { persistReducer } from 'redux-persist'
import { rootReducer } from './reducers'

const mmkv = new MMKV()
const storage = {
  setItem: async (key, value) => mmkv.set(key, value),
  getItem: async key => mmkv.getString(key),
  removeItem: async key => mmkv.delete(key),
}
const persistConfig = { key: 'root', storage }
//                           ^^^^^^ the whole state
export const reducer = persistReducer(persistConfig, rootReducer)
`,
      },
    },
    {
      name: 'short lists, lists that are cut, sets, parts of a state, other stores',
      project: mmkv3,
      files: {
        'src/store.js': `import AsyncStorage from '@react-native-async-storage/async-storage'
import { MMKV } from 'react-native-mmkv'
import { persistReducer } from 'redux-persist'
import RNFS from 'react-native-fs'
import { rootReducer, userReducer } from './reducers'

const mmkv = new MMKV()
const storage = {
  setItem: async (key, value) => mmkv.set(key, value),
  getItem: async key => mmkv.getString(key),
  removeItem: async key => mmkv.delete(key),
}
export const a = persistReducer({ key: 'root', storage, whitelist: ['user'] }, rootReducer)
export const b = persistReducer({ key: 'user', storage }, userReducer)
export const c = persistReducer({ key: 'root', storage: AsyncStorage }, rootReducer)
export function recent(word) {
  const words = JSON.parse(mmkv.getString('recent') ?? '[]')
  words.push(word)
  mmkv.set('recent', JSON.stringify(words.slice(-10)))
}
export function favour(id) {
  const ids = JSON.parse(mmkv.getString('favourites') ?? '[]')
  if (!ids.includes(id)) ids.push(id)
  mmkv.set('favourites', JSON.stringify(ids))
}
export function enqueue(job) {
  const jobs = JSON.parse(mmkv.getString('queue') ?? '[]')
  jobs.push(job)
  mmkv.set('queue', JSON.stringify(jobs))
}
export const flush = () => mmkv.delete('queue')
export function copy(line) {
  const lines = JSON.parse(mmkv.getString('one') ?? '[]')
  lines.push(line)
  mmkv.set('other', JSON.stringify(lines))
}
export async function text(path) {
  mmkv.set('text', await RNFS.readFile(path, 'utf8'))
}
`,
      },
    },
  ],
}

const messages = {
  file: 'This stores a whole file as a text, and MMKV loads it when it opens, before the app shows anything. Keep the file, and store its path.',
  list: 'This list is read, made longer and written as a whole each time, and MMKV loads all of it when it opens. Keep a growing list in a database, or cut it to a length.',
  root: 'This keeps the whole state of the app under one key: each change writes all of it, and MMKV loads it when it opens. Name what is to be kept in a "whitelist".',
} as const
