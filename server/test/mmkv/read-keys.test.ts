// What an app does with the keys of its instances, and which types it writes.
import assert from 'node:assert/strict'
import { mmkvApp } from '../../src/core/engines/mmkv/example-app.ts'
import { instancesOf, listing } from './listing.ts'

/** What is read of code that uses `storage`. */
const keys = (code: string, files: Readonly<Record<string, string>> = {}): string[] =>
  listing(mmkvApp({ code, files })).slice(1)

/** The type that `storage.set('key', …)` writes. */
const typeOf = (value: string, before = ''): string | undefined => {
  const { stores } = instancesOf(mmkvApp({ code: `${before}\nstorage.set('key', ${value})` }))
  return stores[0]?.uses.find(use => use.key?.text === 'key')?.type
}

describe('MMKV keys', () => {
  it('of every method', () => {
    assert.deepEqual(
      keys(`
storage.set('a', 'text')
storage.getString('a')
storage.getNumber('a')
storage.getBoolean('a')
storage.getBuffer('a')
storage.contains('a')
storage.delete('a')
storage.remove('a')
storage.getAllKeys()
storage.clearAll()`),
      [
        '  a: string < set string, getString string, getNumber number, getBoolean boolean, getBuffer buffer, contains, delete, remove',
      ],
    )
  })

  it('in literals, constants, enums, members and templates with known parts', () => {
    const consts = `export enum Keys { Theme = 'theme' }
export const KEYS = { token: 'token', nested: { user: 'user' } } as const
export const prefix = 'app'`
    assert.deepEqual(
      keys(
        `import { Keys, KEYS, prefix } from './keys'
storage.set(Keys.Theme, 'dark')
storage.set(KEYS.token, 'x')
storage.set(KEYS.nested.user, 'x')
storage.set(\`\${prefix}.name\`, 'x')
storage.set(prefix + ':' + KEYS.token, 'x')
class Queue { readonly KEY = 'queue'; save() { storage.set(this.KEY, '[]') } }
storage.set(\`user-\${Math.random()}\`, 1)`,
        { 'src/keys.ts': consts },
      ),
      [
        '  theme: string < set string',
        '  token: string < set string',
        '  user: string < set string',
        '  app.name: string < set string',
        '  app:token: string < set string',
        '  queue: string < set string',
        '  - set number',
      ],
    )
  })

  it('of hooks, with an instance and with the default one', () => {
    const code = `import { useMMKVBoolean, useMMKVBuffer, useMMKVListener, useMMKVNumber, useMMKVObject, useMMKVString } from 'react-native-mmkv'
export function App() {
  const [name, setName] = useMMKVString('name', storage)
  const [age] = useMMKVNumber('age', storage)
  const [, setDark] = useMMKVBoolean('dark', storage)
  const user = useMMKVObject<User>('user')
  const [bytes, setBytes] = useMMKVBuffer('bytes')
  useMMKVListener(key => {}, storage)
}`
    assert.deepEqual(listing(mmkvApp({ config: "id: 'app'", code })), [
      'app (create)',
      '  name: string < useMMKVString string',
      '  age: ? < useMMKVNumber number',
      '  dark: boolean < useMMKVBoolean boolean',
      '  - useMMKVListener',
      'mmkv.default (default-hook, default-hook)',
      '  user: object < useMMKVObject object',
      '  bytes: buffer < useMMKVBuffer buffer',
    ])
  })

  it('with the type of each value', () => {
    const types: Readonly<Record<string, string | undefined>> = {
      "'text'": 'string',
      '`a${b}`': 'string',
      '42': 'number',
      '-1': 'number',
      true: 'boolean',
      '!isDark': 'boolean',
      'a === b': 'boolean',
      'a instanceof B': 'boolean',
      'typeof a': 'string',
      'JSON.stringify(user)': 'string',
      'user.id.toString()': 'string',
      'String(x)': 'string',
      'Number(x)': 'number',
      'Date.now()': 'number',
      'new Date().getTime()': 'number',
      'new Date().toISOString()': 'string',
      'Math.round(x)': 'number',
      'parseInt(x, 10)': 'number',
      'new Uint8Array([1])': 'buffer',
      'new Uint8Array(3).buffer': 'buffer',
      'count + 1': undefined,
      "name + 'x'": 'string',
      'a ? 1 : 2': 'number',
      'a ? 1 : "b"': undefined,
      "x ?? 'none'": undefined,
      'storage.getNumber("n")! + 1': 'number',
      anything: undefined,
      'load()': undefined,
      undefined: undefined,
      null: undefined,
      '{ a: 1 }': undefined,
    }
    assert.deepEqual(Object.fromEntries(Object.keys(types).map(value => [value, typeOf(value)])), types)
  })

  it('with the types that annotations give', () => {
    assert.equal(typeOf('x', 'declare const x: string'), 'string')
    assert.equal(typeOf('x', "let x: 'light' | 'dark' = load()"), 'string')
    assert.equal(typeOf('x', 'let x: number | undefined = load()'), 'number')
    assert.equal(typeOf('x', 'let x: string | number = load()'), undefined)
    assert.equal(typeOf('x', 'let x: Theme = load()'), undefined)
    assert.equal(typeOf('x', 'let x = 1\nx = load()'), undefined)
    assert.equal(typeOf('read()', 'function read(): boolean { return anything() }'), 'boolean')
    assert.equal(typeOf('read()', 'const read = () => 1 + 1'), 'number')
    assert.equal(typeOf('await read()', 'async function read(): Promise<string> { return anything() }'), 'string')
  })

  it('of parameters that are annotated', () => {
    assert.deepEqual(keys("export const save = (token: string) => storage.set('token', token)"), [
      '  token: string < set string',
    ])
    assert.deepEqual(keys("export const save = ({ age }: { age: number }) => storage.set('age', age)"), [
      '  age: number < set number',
    ])
  })

  it('are written as nothing certain where writes differ, are not known, or may be of any key', () => {
    assert.deepEqual(keys("storage.set('a', 1)\nstorage.set('a', 'x')"), ['  a: ? < set number, set string'])
    assert.deepEqual(keys("storage.set('a', 1)\nstorage.set('a', load())"), ['  a: ? < set number, set'])
    assert.deepEqual(keys("storage.set('a', 1)\nfor (const k of all) storage.set(k, load())"), [
      '  a: ? < set number',
      '  - set',
    ])
    assert.deepEqual(keys("storage.set('a', 1)\nstorage.importAllFrom(other)"), [
      '  a: ? < set number',
      '  - importAllFrom',
    ])
    assert.deepEqual(keys("storage.getBoolean('a')\nfor (const k of all) storage.set(k, 1)"), [
      '  a: ? < getBoolean boolean',
      '  - set number',
    ])
  })

  it('whose beginning is known are no keys that begin otherwise', () => {
    assert.deepEqual(keys(`storage.set("age", 1)\nstorage.set(\`user-\${id}\`, load())`), [
      '  age: number < set number',
      '  - set',
    ])
    assert.deepEqual(keys(`storage.set("user-1", 1)\nstorage.set(\`user-\${id}\`, load())`), [
      '  user-1: ? < set number',
      '  - set',
    ])
  })

  it('of tests do not count', () => {
    const files = { 'src/app.test.ts': "import { storage } from './storage'\nstorage.set('a', 'x')" }
    assert.deepEqual(keys("storage.set('a', 1)", files), ['  a: number < set number'])
  })

  it('are not those of maps, or of what is not known', () => {
    assert.deepEqual(
      keys(`const map = new Map()
map.set('map', 1)
map.delete('map')
something.set('something', 1)
export const f = (x: FormData) => x.delete('form')
storage.set('real', 1)`),
      ['  real: number < set number'],
    )
  })
})

describe('wrappers of MMKV', () => {
  const storage = (wrapper: string) => ({
    'src/storage.ts': `import { createMMKV } from 'react-native-mmkv'
const mmkv = createMMKV({ id: 'app' })
${wrapper}`,
  })
  const wrapped = (wrapper: string, code: string) =>
    listing({ ...storage(wrapper), 'src/app.ts': `${code}\n` })
      .filter(line => !line.startsWith('  -'))
      .slice(1)

  it('that are functions', () => {
    assert.deepEqual(
      wrapped(
        `export const save = (key: string, value: string) => mmkv.set(key, value)
export function load(key: string) { return mmkv.getString(key) ?? null }
export const saveObject = (key: string, value: unknown) => { mmkv.set(key, JSON.stringify(value)) }`,
        `import { save, load as read, saveObject } from './storage'
save('name', 'Ada')
read('name')
saveObject('user', { id: 1 })`,
      ),
      ['  name: string < [set] string, [getString] string', '  user: string < [set] string'],
    )
  })

  it('that are objects, as state libraries want them', () => {
    assert.deepEqual(
      wrapped(
        `export const mmkvStorage = {
  getItem: (name: string) => mmkv.getString(name) ?? null,
  setItem: (name: string, value: string) => mmkv.set(name, value),
  removeItem(name: string) { mmkv.remove(name) },
}`,
        `import { mmkvStorage } from './storage'
mmkvStorage.setItem('cart', '[]')
mmkvStorage.getItem('cart')
mmkvStorage.removeItem('cart')`,
      ),
      ['  cart: string < [set] string, [getString] string, [remove]'],
    )
  })

  it('that are classes', () => {
    assert.deepEqual(
      wrapped(
        `class Prefs {
  static shared = new Prefs()
  private store = mmkv
  put(key: string, value: any) { this.store.set(key, value) }
  count = (key: string) => this.store.getNumber(key) ?? 0
}
export const storagePrefs = new Prefs()
export default Prefs`,
        `import Prefs, { storagePrefs } from './storage'
storagePrefs.put('count', 1)
storagePrefs.count('count')
Prefs.shared.count('count')`,
      ),
      ['  count: number < [set] number, [getNumber] number, [getNumber] number'],
    )
  })

  it('that read several types ask for none', () => {
    assert.deepEqual(
      wrapped(
        'export const any = (key: string) => mmkv.getString(key) ?? mmkv.getNumber(key) ?? mmkv.getBoolean(key)',
        "import { any } from './storage'\nany('a')",
      ),
      ['  a: ? < [getString]'],
    )
  })

  it('of objects that each have an instance of their own are of no known one', () => {
    assert.deepEqual(
      listing({
        'src/storage.ts': `import { createMMKV } from 'react-native-mmkv'
export class Kv { private mmkv; constructor(id: string) { this.mmkv = createMMKV({ id }) }
  set(key: string, value: string) { this.mmkv.set(key, value) } }
const storageA = new Kv('a')
storageA.set('key', 'x')`,
      }),
      ['mmkv (create) id?', '  - set string'],
    )
  })

  it('that a state library calls write texts', () => {
    const uses = (text: string) =>
      instancesOf(storage(text)).stores[0]?.uses.map(({ method, type }) => `${method} ${type}`)
    assert.deepEqual(
      uses(
        "import type { StateStorage } from 'zustand/middleware'\nexport const storage: StateStorage = { setItem: (n, v) => mmkv.set(n, v) }",
      ),
      ['set string'],
    )
    assert.deepEqual(
      uses(
        "import { createJSONStorage } from 'zustand/middleware'\nexport const storage = createJSONStorage(() => ({ setItem: (n, v) => mmkv.set(n, v) }))",
      ),
      ['set string'],
    )
    assert.deepEqual(uses('export const storage = { setItem: (n, v) => mmkv.set(n, v) }'), ['set undefined'])
  })
})
