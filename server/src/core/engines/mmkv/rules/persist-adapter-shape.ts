// redux-persist is given a storage that answers at once.
import type { Entry, Scope, Shape } from '../../../catalog/scope.ts'
import type { Rule } from '../../../rules/rule.ts'
import type { Value } from '../../../source/value.ts'
import type { TextEdit } from '../../../text/edit.ts'
import { type AdapterFunction, functionOf, persistedStores } from '../adapters/persisted-stores.ts'
import { mmkv4 } from '../example-app.ts'
import type { CodeOfFile } from '../types.ts'

interface Data {
  readonly functions: readonly { readonly entry: Entry; readonly fn: AdapterFunction }[]
}

const app = (adapter: string, head = '') => ({
  'src/storage.js': `import { createMMKV } from 'react-native-mmkv'

const mmkv = createMMKV()
${head}export const reduxStorage = {
${adapter}
}
`,
  'src/store.js': `import { persistReducer } from 'redux-persist'
import { reducer } from './reducer'
import { reduxStorage } from './storage'

export const persisted = persistReducer({ key: 'root', storage: reduxStorage }, reducer)
`,
})

export const persistAdapterShape: Rule<CodeOfFile, Data> = {
  id: 'mmkv/persist-adapter-shape',
  severity: 'error',
  on: 'code',
  docs: {
    what: 'The `getItem` of a storage for redux-persist, written in JavaScript, gives the value itself and not a promise. (In TypeScript the types say so. zustand and jotai take both.)',
    why: 'redux-persist calls `.then` on it: "Cannot read properties of undefined (reading \'then\')", and the state is never restored.',
    fix: 'Makes the functions of the storage `async`.',
  },
  *check(code) {
    const { scope } = code
    for (const { library, adapter } of persistedStores(code)) {
      const entry = adapter?.entries.get('getItem')
      const getItem = adapter && functionOf(scope, adapter, 'getItem')
      if (library !== 'redux-persist' || !entry || !getItem || !/\.[cm]?jsx?$/.test(entry.at.file)) continue
      if (!isSync(code, getItem)) continue
      yield {
        at: entry.nameAt,
        message:
          'redux-persist calls ".then" on what "getItem" gives, and this is no promise: it throws, and the state is never restored. Make "getItem" async.',
        data: { functions: toMend(scope, adapter) },
      }
    }
  },
  fix({ data: { functions } }, context) {
    const edits = functions.flatMap(({ entry, fn }): readonly TextEdit[] => {
      const text = context.text(entry.at.file)
      if (text === undefined || fn.file !== entry.at.file) return []
      const start = fn.fact.kind === 'method' ? entry.at.span.start : fn.fact.at.start
      return [{ file: fn.file, start, end: start, text: 'async ' }]
    })
    return edits.length > 0 ? { title: 'Make the storage async', safe: false, edits } : undefined
  },
  examples: [
    {
      name: 'a storage that answers at once',
      project: mmkv4,
      files: app(`  setItem: (key, value) => mmkv.set(key, value),
  getItem: key => mmkv.getString(key),
//^^^^^^^ Make "getItem" async
  removeItem: key => mmkv.remove(key),`),
      fixed: {
        'src/storage.js': app(`  setItem: async (key, value) => mmkv.set(key, value),
  getItem: async key => mmkv.getString(key),
  removeItem: async key => mmkv.remove(key),`)['src/storage.js'],
      },
    },
    {
      name: 'methods, some with promises',
      project: mmkv4,
      files: app(`  setItem(key, value) {
    mmkv.set(key, value)
    return Promise.resolve(true)
  },
  getItem(key) {
//^^^^^^^
    return mmkv.getString(key) ?? null
  },
  removeItem: async function (key) {
    mmkv.remove(key)
  },`),
      fixed: {
        'src/storage.js': app(`  async setItem(key, value) {
    mmkv.set(key, value)
    return Promise.resolve(true)
  },
  async getItem(key) {
    return mmkv.getString(key) ?? null
  },
  removeItem: async function (key) {
    mmkv.remove(key)
  },`)['src/storage.js'],
      },
    },
    {
      name: 'promises of several kinds',
      project: mmkv4,
      files: {
        ...app('  getItem: key => Promise.resolve(mmkv.getString(key)),'),
        'src/other.js': `import { persistReducer } from 'redux-persist'
import { createMMKV } from 'react-native-mmkv'
import { later } from './later'

const mmkv = createMMKV()
const storage = { getItem: key => later(mmkv.getString(key)) }
const waiting = { getItem: async key => mmkv.getString(key) }
const made = { getItem: key => new Promise(done => done(mmkv.getString(key))) }
export const all = [storage, waiting, made].map(one => persistReducer({ key: 'a', storage: one }, later))
export const own = persistReducer({ key: 'b', storage }, later)
`,
      },
    },
    {
      name: 'zustand, TypeScript',
      project: mmkv4,
      files: {
        'src/zustand.js': `import { create } from 'zustand'
import { createJSONStorage, persist } from 'zustand/middleware'
import { createMMKV } from 'react-native-mmkv'

const mmkv = createMMKV()
const storage = { getItem: key => mmkv.getString(key), setItem: (key, value) => mmkv.set(key, value) }
export const useStore = create(persist(() => ({}), { name: 'a', storage: createJSONStorage(() => storage) }))
`,
        'src/store.ts': `import { persistReducer } from 'redux-persist'
import { createMMKV } from 'react-native-mmkv'
import { reducer } from './reducer'

const mmkv = createMMKV()
const storage = { getItem: (key: string) => mmkv.getString(key) }
export const persisted = persistReducer({ key: 'root', storage }, reducer)
`,
      },
    },
  ],
}

/** True where every way through the function certainly gives something that is no promise. */
function isSync(code: CodeOfFile, { fact, file }: AdapterFunction): boolean {
  if (fact.isAsync || fact.isGenerator || fact.returns.length === 0) return false
  return fact.returns.every(value => isPlain(code, file, value))
}

function isPlain(code: CodeOfFile, file: string, value: Value): boolean {
  switch (value.kind) {
    case 'null':
    case 'undefined':
    case 'string':
    case 'template':
    case 'boolean':
      return true
    case 'binary':
      return isPlain(code, file, value.left) && isPlain(code, file, value.right)
    case 'conditional':
      return isPlain(code, file, value.whenTrue) && isPlain(code, file, value.whenFalse)
    case 'name': {
      const named = value.key === undefined ? undefined : code.scope.binding(file, value.key)?.value
      return named?.kind === 'call' && isPlain(code, file, named)
    }
    case 'call': {
      const { callee } = value
      const isGetter = callee.kind === 'member' && /^get(?:String|Number|Boolean|Buffer)$/.test(callee.name ?? '')
      return isGetter && callee.kind === 'member' && code.isInstance({ value: callee.of, file })
    }
    default:
      return false
  }
}

/** The functions of an adapter that are not async yet. */
const toMend = (scope: Scope, adapter: Shape): Data['functions'] =>
  ['getItem', 'setItem', 'removeItem'].flatMap(name => {
    const entry = adapter.entries.get(name)
    const fn = functionOf(scope, adapter, name)
    return entry && fn && !fn.fact.isAsync ? [{ entry, fn }] : []
  })
