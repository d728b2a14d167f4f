// Code writes the entry in which a state library keeps its state.
import type { Rule } from '../../../rules/rule.ts'
import { instanceOf, persistedStores } from '../adapters/persisted-stores.ts'
import { mmkv4, mmkvApp } from '../example-app.ts'
import { isTestFile } from '../files.ts'
import type { CodeOfFile, KeyUse } from '../types.ts'

/** Functions that are there to empty what a user left behind. */
const emptying = /(?:sign|log(?:ged)?)[-_]?o(?:ut|ff)|reset|clear|clean|wipe|purge|erase|delete|remove|forget|migrat/i

const zustandStore = `import { create } from 'zustand'
import { createJSONStorage, persist } from 'zustand/middleware'
import { storage } from './storage'

const adapter = {
  getItem: (name: string) => storage.getString(name) ?? null,
  setItem: (name: string, value: string) => storage.set(name, value),
  removeItem: (name: string) => storage.remove(name),
}
export const useCart = create(persist(() => ({ items: [] }), { name: 'cart', storage: createJSONStorage(() => adapter) }))
`

export const foreignWrite: Rule<CodeOfFile> = {
  id: 'mmkv/foreign-write',
  severity: 'warning',
  on: 'code',
  docs: {
    what: 'The entry under the `name` of a store persisted by zustand or redux-persist is set or removed by hand, on the same instance. Reading it is no matter, nor is emptying it in a function for signing out or resetting.',
    why: 'The store overwrites it with what it has in memory, or loads a value of another shape at the next start.',
    fix: '-',
  },
  *check(code) {
    const { scope } = code
    if (isTestFile(scope, code.file)) return
    for (const { name, key, adapter, library } of persistedStores(code)) {
      const store = name && key !== undefined && adapter ? instanceOf(code, adapter) : undefined
      for (const use of store?.uses ?? []) {
        if (use.key?.text !== key || use.isTest || (use.access !== 'write' && use.access !== 'remove')) continue
        if (isEmptying(code, use)) continue
        const verb = use.access === 'write' ? 'written' : 'removed'
        yield {
          at: use.keyArgument ? { file: use.keyArgument.file, span: use.keyArgument.value.at } : use.at,
          message: `${library} keeps a store under "${key}", which is ${verb} by hand here: the store overwrites it, or loads a broken state at the next start. Change the state through the store.`,
          related: [{ at: name!.at, message: `The store is persisted as "${name!.text}".` }],
        }
      }
    }
  },
  examples: [
    {
      name: 'written and removed beside zustand',
      project: mmkv4,
      files: mmkvApp({
        files: { 'src/cart.ts': zustandStore },
        code: `
export function checkOut() {
  storage.set('cart', JSON.stringify({ items: [] }))
  //          ^^^^^^ zustand keeps a store under "cart", which is written by hand here
}
export const cancel = () => storage.remove('cart')
//                                         ^^^^^^ which is removed by hand here`,
      }),
    },
    {
      name: 'written beside redux-persist',
      project: mmkv4,
      files: mmkvApp({
        files: {
          'src/store.ts': `import { persistReducer } from 'redux-persist'
import { reducer } from './reducer'
import { storage } from './storage'

const adapter = {
  getItem: async (key: string) => storage.getString(key),
  setItem: async (key: string, value: string) => storage.set(key, value),
  removeItem: async (key: string) => storage.remove(key),
}
export const persisted = persistReducer({ key: 'root', storage: adapter }, reducer)
`,
        },
        code: `
export const restore = (text: string) => storage.set('persist:root', text)
//                                                   ^^^^^^^^^^^^^^ redux-persist`,
      }),
    },
    {
      name: 'reading, other keys, another instance, signing out',
      project: mmkv4,
      files: mmkvApp({
        files: {
          'src/cart.ts': zustandStore,
          'src/other.ts': `import { createMMKV } from 'react-native-mmkv'

const other = createMMKV({ id: 'other' })
export const keep = () => other.set('cart', 'a')
`,
        },
        code: `
export const hasCart = () => storage.contains('cart') && storage.getString('cart') !== undefined
export const mark = () => storage.set('cart-seen', true)
export function signOut() {
  storage.remove('cart')
}
export const resetCart = () => storage.remove('cart')`,
      }),
    },
  ],
}

/** True inside of a function, or of one around it, that is named after emptying. */
function isEmptying({ scope }: CodeOfFile, use: KeyUse): boolean {
  const { file } = use.at
  const functions = scope.usage(file)?.functions ?? []
  const { start } = use.at.span
  const around = functions.filter(fn => fn.at.start <= start && start < fn.at.end)
  if (around.some(fn => emptying.test(fn.name ?? ''))) return true
  const bindings = Object.values(scope.module(file)?.bindings ?? {})
  return bindings.some(
    ({ name, value }) => value && emptying.test(name) && value.at.start <= start && start < value.at.end,
  )
}
