// An edit changes what it is about, and nothing else is read or made anew.
import assert from 'node:assert/strict'
import { mmkvApp } from '../../src/core/engines/mmkv/example-app.ts'
import { mentionsMmkv } from '../../src/core/engines/mmkv/words.ts'
import { appRoot } from '../../testkit/run-example.ts'
import { instancesOf, listing } from './listing.ts'

const files: Readonly<Record<string, string>> = {
  ...mmkvApp({
    config: "id: 'app'",
    code: `export const load = () => storage.getNumber('age')
export const save = (name: string) => storage.set('name', name)`,
  }),
  'src/more.ts': `import { storage } from './storage'

export function more() {
  storage.set('age', 42)
  console.log('more')
}
`,
}

/** The app before and after an edit of one file, with the keys by name. */
function edited(path: string, from: string, to: string) {
  const { app, stores } = instancesOf(files)
  const [store] = stores
  const keys = () => new Map(store?.entities[0]?.fields.map(key => [key.name.text, key]))
  const before = { keys: keys(), uses: store?.uses, openings: store?.openings, entities: store?.entities }
  app.analyzer.set(`${appRoot}/${path}`, files[path]!.replace(from, to))
  return {
    before,
    after: { keys: keys(), uses: store?.uses, openings: store?.openings, entities: store?.entities },
    app,
  }
}

describe('MMKV after an edit', () => {
  it('keeps everything where the edit is about something else', () => {
    const { before, after } = edited('src/more.ts', "console.log('more')", "console.log('less')\n  const other = 1")
    assert.equal(after.entities, before.entities)
    assert.equal(after.openings, before.openings)
  })

  it('keeps everything where code moves', () => {
    const { before, after } = edited('src/storage.ts', 'export const storage', '\n\n// moved\nexport const storage')
    assert.equal(after.entities, before.entities)
    assert.equal(after.openings, before.openings)
  })

  it('reads only the key anew whose use changes', () => {
    const { before, after } = edited('src/more.ts', '42', "'old'")
    assert.equal(before.keys.get('age')?.written, 'number')
    assert.equal(after.keys.get('age')?.written, 'string')
    assert.equal(after.keys.get('name'), before.keys.get('name'))
    assert.equal(after.openings, before.openings)
  })

  it('says what a fresh reading says, whatever is typed', () => {
    const steps: readonly (readonly [string, string])[] = [
      ['src/storage.ts', files['src/storage.ts']!.replace("'app'", "'other'")],
      ['src/storage.ts', files['src/storage.ts']!.replace('createMMKV(', 'make(')],
      [
        'src/storage.ts',
        "import { createMMKV } from 'react-native-mmkv'\nlet storage\nexport { storage }\nstorage = createMMKV()",
      ],
      [
        'src/app.ts',
        files['src/app.ts']!.replace('(name: string) =>', '(key: string, name: string) =>').replace(
          "'name', name",
          'key, name',
        ),
      ],
      ['src/more.ts', "import { save } from './app'\nsave('late', 'x')\n"],
      ['src/more.ts', "import { save } from './app'\nsave('late', 1)\nsave('la')"],
      ['src/storage.ts', files['src/storage.ts']!],
    ]
    const { app } = instancesOf(files)
    const now: Record<string, string> = { ...files }
    for (const [path, text] of steps) {
      app.analyzer.set(`${appRoot}/${path}`, text)
      now[path] = text
      const names = app.analyzer
        .stores()
        .flatMap(store => [
          store.name,
          ...store.entities.flatMap(({ fields }) => fields.map(one => `${one.name.text} ${one.type?.text}`)),
        ])
      const fresh = instancesOf(now).stores.flatMap(store => [
        store.name,
        ...store.entities.flatMap(({ fields }) => fields.map(one => `${one.name.text} ${one.type?.text}`)),
      ])
      assert.deepEqual(names, fresh, text)
    }
  })

  it('forgets an instance with its file', () => {
    const { app } = instancesOf(files)
    app.analyzer.drop(`${appRoot}/src/storage.ts`)
    assert.deepEqual(app.analyzer.stores(), [])
  })
})

describe('the quick look at texts', () => {
  const concerned = [
    "import { MMKV } from 'react-native-mmkv'",
    "storage.getString('a')",
    'useMMKVString("a")',
    "appStorage.set('a', 1)",
    "mmkvStorage?.getItem('a')",
    "import { save } from '../lib/storage'",
    "import { save } from '@/storage/index'",
    'const { load } = require("./storage")',
    "import AsyncStorage from '@react-native-async-storage/async-storage'",
  ]
  const others = [
    "AsyncStorage.getItem('a')",
    "localStorage.setItem('a', 'b')",
    "sessionStorage.removeItem('a')",
    "import { View } from 'react-native'",
    "new Map().set('a', 1)",
    'const storage = 1',
  ]
  it('finds what may have to do with MMKV, or is copied to it', () => {
    assert.deepEqual(
      concerned.filter(text => !mentionsMmkv(text)),
      [],
    )
  })
  it('dismisses the rest', () => {
    assert.deepEqual(others.filter(mentionsMmkv), [])
  })
})

describe('MMKV reading', () => {
  it('takes any text', () => {
    const texts = [
      'createMMKV(',
      "import { createMMKV } from 'react-native-mmkv'\nconst a = createMMKV(...b)\na.set(...c)\na.set()",
      "import { createMMKV } from 'react-native-mmkv'\nconst a = a\nconst b = () => b()\nb().set('x', b())\nexport const c = createMMKV(c)",
      "import * as m from 'react-native-mmkv'\nm.useMMKVString()\nnew m.MMKV\nm.createMMKV({ id: id, ...m })",
      "export class A extends A { s = this.s; get x() { return this.x } m() { this.s.set('a', this.x) } }",
      "import { storage } from './f0'\nexport { storage }\nexport * from './f0'\nstorage.getString('a')",
    ]
    assert.ok(listing(Object.fromEntries(texts.map((text, i) => [`src/f${i}.ts`, text]))).length > 0)
  })
})
