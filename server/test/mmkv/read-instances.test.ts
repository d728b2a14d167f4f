// Which instances an app opens, in every form that apps write.
import assert from 'node:assert/strict'
import { instancesOf, storeLine } from './listing.ts'

const lines = (files: Readonly<Record<string, string>>, version = '4.3.2'): string[] =>
  instancesOf(files, { versions: { 'react-native-mmkv': version } }).stores.map(storeLine)

/** The instances of one file, and the keys that are written there with the instance they belong to. */
function written(text: string, more: Readonly<Record<string, string>> = {}): string[] {
  return instancesOf({ 'src/storage.ts': text, ...more }).stores.flatMap(store =>
    store.uses.map(use => `${store.name}.${use.key?.text ?? '?'}`),
  )
}

const v4 = "import { createMMKV } from 'react-native-mmkv'\n"
const v3 = "import { MMKV } from 'react-native-mmkv'\n"

describe('MMKV instances', () => {
  it('as constants of a module, with an id and without', () => {
    assert.deepEqual(lines({ 'src/a.ts': `${v4}export const storage = createMMKV()` }), ['mmkv.default (create)'])
    assert.deepEqual(
      lines(
        { 'src/a.ts': `${v3}export const storage = new MMKV\nexport const user = new MMKV({ id: 'user' })` },
        '3.3.3',
      ),
      ['mmkv.default (new)', 'user (new)'],
    )
  })

  it('one for all openings with one id and one path', () => {
    const files = {
      'src/a.ts': `${v4}export const storage = createMMKV({ id: 'user' })`,
      'src/b.ts': `${v4}export const storage = createMMKV({ id: 'user' })
export const there = createMMKV({ id: 'user', path: '/tmp/mmkv' })`,
      'src/c.tsx': `import { useMMKV } from 'react-native-mmkv'
export function App() { const storage = useMMKV({ id: 'user' }) }`,
    }
    assert.deepEqual(lines(files), ['user (create, create, hook)', 'user-mmkv (create)'])
  })

  it('the default one is that of hooks without an instance, whatever its id is written as', () => {
    const files = {
      'src/a.ts': `${v4}export const storage = createMMKV({ id: 'mmkv.default' })`,
      'src/b.tsx': `import { useMMKVString, useMMKV } from 'react-native-mmkv'
export function App() { const [name] = useMMKVString('name'); const storage = useMMKV() }`,
    }
    assert.deepEqual(lines(files), ['mmkv.default (create, default-hook, hook)'])
  })

  it('through require, a namespace, a renamed import, a dynamic import and a file that hands them on', () => {
    const files = {
      'src/a.js': "const storage = new (require('react-native-mmkv').MMKV)({ id: 'a' })",
      'src/b.js': "const { MMKV } = require('react-native-mmkv')\nmodule.exports = new MMKV({ id: 'b' })",
      'src/c.ts': "import * as mmkv from 'react-native-mmkv'\nexport const c = mmkv.createMMKV({ id: 'c' })",
      'src/d.ts':
        "import { createMMKV as open, type MMKV } from 'react-native-mmkv'\nexport const d: MMKV = open({ id: 'd' })",
      'src/e.ts':
        "export async function e() { const { createMMKV } = await import('react-native-mmkv'); return createMMKV({ id: 'e' }) }",
      'src/f.ts': "export { createMMKV } from 'react-native-mmkv'",
      'src/g.ts': "import { createMMKV } from './f'\nexport const storage = createMMKV({ id: 'g' })",
    }
    assert.deepEqual(
      lines(files).map(line => line.split(' ')[0]),
      ['a', 'b', 'c', 'd', 'e', 'g'],
    )
  })

  it('with configurations and ids that stand elsewhere', () => {
    const files = {
      'src/ids.ts': `export enum Ids { User = 'user' }
export const IDS = { cache: 'cache' } as const
export const prefix = 'app'
export const common = { id: 'common', encryptionKey: 'abc' }
export const configOf = (id: string) => ({ id, mode: 'multi-process' })`,
      'src/storage.ts': `${v4}import { Ids, IDS, prefix, common } from './ids'
const config = { id: IDS.cache }
export const a = createMMKV({ id: Ids.User })
export const b = createMMKV(config)
export const c = createMMKV({ id: \`\${prefix}-storage\` })
export const d = createMMKV(common)
export const e = createMMKV({ ...common, id: 'own' })`,
    }
    assert.deepEqual(lines(files), [
      'user (create)',
      'cache (create)',
      'app-storage (create)',
      'common (create) encrypted',
      'own (create) encrypted',
    ])
  })

  it('of which the id is made at run time are apart, and named like what holds them', () => {
    const files = {
      'src/storage.ts': `${v4}
export const userStorage = (id: string) => createMMKV({ id: \`user-\${id}-storage\` })
export const settings = createMMKV(load())
class Cache { store; constructor(id: string) { this.store = createMMKV({ id }) } }`,
    }
    assert.deepEqual(lines(files), [
      'userStorage (create) id?',
      'settings (create) id? encrypted?',
      'store (create) id?',
    ])
  })

  it('in fields of classes, given at once, in the constructor, or late', () => {
    assert.deepEqual(
      written(`${v4}
class A { private mmkv = createMMKV({ id: 'a' }); save() { this.mmkv.set('field', 1) } }
class B { mmkv: unknown; constructor() { this.mmkv = createMMKV({ id: 'b' }) } save() { this.mmkv.set('constructed', 1) } }
class C { s?: unknown; get store() { return (this.s ??= createMMKV({ id: 'c' })) } save() { this.store.set('lazy', 1) } }
class D { static s = createMMKV({ id: 'd' }); static save() { D.s.set('static', 1); this.s.set('self', 1) } }
class E extends A { more() { this.mmkv.set('inherited', 1) } }
export const outside = () => new A().mmkv.set('outside', 1)`),
      ['a.field', 'a.inherited', 'a.outside', 'b.constructed', 'c.lazy', 'd.static', 'd.self'],
    )
  })

  it('in variables that are assigned late, here and in other files', () => {
    const text = `${v4}
export let storage: MMKV | undefined
export function open() {
  if (!storage) storage = createMMKV({ id: 'late' })
  return storage
}
open().set('returned', 1)
storage?.set('variable', 1)`
    const other = "import { open, storage } from './storage'\nstorage!.set('imported', 1)\nopen().set('called', 1)"
    assert.deepEqual(written(text, { 'src/b.ts': other }), [
      'late.returned',
      'late.variable',
      'late.imported',
      'late.called',
    ])
  })

  it('in functions, components and hooks of React', () => {
    assert.deepEqual(
      written(`${v4}import { useMemo, useRef, useState } from 'react'
import { useMMKV } from 'react-native-mmkv'
function plain() { const s = createMMKV({ id: 'a' }); s.set('plain', 1); createMMKV({ id: 'a' }).set('inline', 1) }
function App() {
  const memo = useMemo(() => createMMKV({ id: 'b' }), [])
  const ref = useRef(createMMKV({ id: 'c' }))
  const [state] = useState(() => createMMKV({ id: 'd' }))
  const hook = useMMKV({ id: 'e' })
  memo.set('memo', 1); ref.current.set('ref', 1); state.set('state', 1); hook.set('hook', 1)
}`),
      ['a.plain', 'a.inline', 'b.memo', 'c.ref', 'd.state', 'e.hook'],
    )
  })

  it('as members of objects and of a namespace', () => {
    const text = `${v4}export const stores = { user: createMMKV({ id: 'user' }), deep: { cache: createMMKV({ id: 'cache' }) } }`
    const other = `import * as all from './storage'
import { stores } from './storage'
stores.user.set('member', 1)
stores.deep.cache.set('deep', 1)
all.stores.user.set('namespace', 1)
const { user } = stores
user.set('apart', 1)`
    assert.deepEqual(written(text, { 'src/b.ts': other }), [
      'user.member',
      'user.namespace',
      'user.apart',
      'cache.deep',
    ])
  })

  it('of several that may be meant, none is', () => {
    assert.deepEqual(
      written(`${v4}
const a = createMMKV({ id: 'a' })
const b = createMMKV({ id: 'b' })
const either = Math.random() > 0.5 ? a : b
either.set('either', 1)
const same = Math.random() > 0.5 ? a : createMMKV({ id: 'a' })
same.set('same', 1)
export const given = (storage: MMKV) => storage.set('given', 1)`),
      ['a.same'],
    )
  })

  it('not those of tests, mocks, and other classes of that name', () => {
    const files = {
      'src/storage.test.ts': `${v4}const storage = createMMKV({ id: 'test' })`,
      '__mocks__/react-native-mmkv.ts': 'export class MMKV { set() {} }\nconst storage = new MMKV()',
      'src/own.ts':
        'class MMKV { set(k: string, v: number) {} }\nexport const storage = new MMKV()\nstorage.set("a", 1)',
      'src/map.ts': 'const storage = new Map<string, number>()\nstorage.set("a", 1)\nstorage.delete("a")',
    }
    assert.deepEqual(lines(files), [])
  })

  it('tells whether they are encrypted', () => {
    assert.deepEqual(
      lines({
        'src/a.ts': `${v4}
export const plain = createMMKV({ id: 'plain' })
export const secret = createMMKV({ id: 'secret', encryptionKey: getKey() })
export const maybe = createMMKV({ id: 'maybe', encryptionKey: isOn ? 'key' : undefined })
export const late = createMMKV({ id: 'late' })
late.recrypt('key')
export const none = createMMKV({ id: 'none', encryptionKey: undefined })`,
      }),
      [
        'plain (create)',
        'secret (create) encrypted',
        'maybe (create) encrypted?',
        'late (create) encrypted?',
        'none (create)',
      ],
    )
  })

  it('tells whether all code that uses them is seen', () => {
    const closed = (text: string) => instancesOf({ 'src/storage.ts': v4 + text }).stores.map(store => store.isClosed)
    assert.deepEqual(closed("const storage = createMMKV()\nstorage.set('a', 1)"), [true])
    assert.deepEqual(closed('export const storage = createMMKV()'), [true])
    assert.deepEqual(closed('export const db = createMMKV()'), [false])
    assert.deepEqual(closed("import { persist } from 'x'\nconst storage = createMMKV()\npersist({ storage })"), [false])
    assert.deepEqual(closed('const storage = createMMKV()\nexport const save = (k: string) => storage.set(k, 1)'), [
      false,
    ])
    assert.deepEqual(
      closed(`import { useMMKVString } from 'react-native-mmkv'
const storage = createMMKV()
function App() { useMMKVString('a', storage) }`),
      [true],
    )
  })
})
