// Code that looks like a mistake of versions, set-up or libraries, and is none: no rule of this engine may say a word.
import assert from 'node:assert/strict'
import { runApp } from '../../testkit/run-example.ts'

const four = { versions: { 'react-native-mmkv': '4.3.2' } }

/** Everything that MMKV's rules say of an app, as `rule text`. */
function said(
  files: Readonly<Record<string, string>>,
  project: { readonly versions: Readonly<Record<string, string>> },
) {
  const app = runApp(files, { project })
  return Object.entries(files).flatMap(([path, text]) =>
    app.analyzer
      .findings(`/app/${path}`)
      .filter(({ rule }) => rule.startsWith('mmkv/'))
      .map(({ rule, span }) => `${rule} ${text.slice(span.start, span.end)}`),
  )
}

const silent: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'delete of a Map, a Set, a FormData, an HTTP client and of what is not known': {
    'src/a.js': `import axios from 'axios'
import { createMMKV } from 'react-native-mmkv'
import { other } from './other'

export const storage = createMMKV()
const map = new Map()
export function run(form, given) {
  map.delete('a')
  new Set().delete('a')
  form.delete('a')
  axios.delete('/a')
  other.delete('a')
  given.storage.delete('a')
}
`,
  },
  'a wrapper whose own method is called delete': {
    'src/wrapper.js': `import { createMMKV } from 'react-native-mmkv'

const mmkv = createMMKV()
export const storage = { get: key => mmkv.getString(key), delete: key => mmkv.remove(key) }
export const bound = { delete: mmkv.remove.bind(mmkv) }
`,
    'src/use.js': `import { bound, storage } from './wrapper'

export const clear = () => {
  storage.delete('a')
  bound.delete('a')
}
`,
  },
  'a class of the app that is called MMKV': {
    'src/own.js': 'export class MMKV { delete() {} }\nexport const Mode = { MULTI_PROCESS: 1 }\n',
    'src/use.js': `import { createMMKV } from 'react-native-mmkv'
import { MMKV, Mode } from './own'

export const storage = createMMKV({ id: String(Mode.MULTI_PROCESS) })
new MMKV().delete('a')
`,
  },
  'a mock of the package': {
    '__mocks__/react-native-mmkv.js': 'export class MMKV { delete() {} }\n',
    'src/storage.test.js': `import { MMKV } from 'react-native-mmkv'

test('a', () => new MMKV().delete('a'))
`,
  },
  'a file that asks which version there is': {
    'src/storage.js': `const mmkv = require('react-native-mmkv')

const storage = mmkv.createMMKV ? mmkv.createMMKV() : new mmkv.MMKV()
exports.storage = storage
exports.drop = key => (storage.remove ? storage.remove(key) : storage.delete(key))
`,
  },
}

describe('mmkv traps: versions', () => {
  for (const [name, files] of Object.entries(silent)) it(name, () => assert.deepEqual(said(files, four), []))

  it('an unknown version is not judged', () => {
    const files = {
      'src/a.js':
        "import { MMKV } from 'react-native-mmkv'\n\nexport const storage = new MMKV()\nstorage.delete('a')\n",
    }
    for (const version of ['latest', '*', '1.6.3', '5.0.0'])
      assert.deepEqual(said(files, { versions: { 'react-native-mmkv': version } }), [])
    assert.deepEqual(said(files, { versions: {} }), [])
    assert.deepEqual(said(files, four), ['mmkv/wrong-api-version MMKV', 'mmkv/wrong-api-version delete'])
  })
})
