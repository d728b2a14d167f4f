// Where the code names keys and instances, and what answers make of it.
import assert from 'node:assert/strict'
import { completionsAt } from '../../src/core/answers/completion.ts'
import { definitionAt } from '../../src/core/answers/definition.ts'
import { hoverAt } from '../../src/core/answers/hover.ts'
import { toMarkdown } from '../../src/core/answers/prose.ts'
import { referencesAt } from '../../src/core/answers/references.ts'
import { renameAt } from '../../src/core/answers/rename.ts'
import { mmkv4, mmkvApp } from '../../src/core/engines/mmkv/example-app.ts'
import { applyEdits, isNewFile } from '../../src/core/text/edit.ts'
import { appRoot } from '../../testkit/run-example.ts'
import { askFiles, run, shown } from '../answers/ask.ts'

const options = { project: mmkv4 }

/** The mentions of a file by place: `write defines app.token @ token`, `*` behind those that renaming changes elsewhere or nowhere. */
function mentionsIn(files: Readonly<Record<string, string>>, path: string): string[] {
  const { catalog } = run(files, options)
  return [...catalog.mentions(`${appRoot}/${path}`)]
    .sort((a, b) => a.at.span.start - b.at.span.start)
    .flatMap(mention => {
      if (mention.kind === 'word') return []
      const text = files[path]!.slice(mention.at.span.start, mention.at.span.end)
      const name = mention.kind === 'field' ? `${mention.entity}.${mention.field}` : mention.entity
      return `${mention.part} ${mention.role} ${name} @ ${text}${mention.source === mention.at ? '' : ' *'}`
    })
}

const app = (code: string, files: Readonly<Record<string, string>> = {}) =>
  mmkvApp({ config: "id: 'app'", code, files })

const keysFile = { 'src/keys.ts': "export const KEYS = { token: 'token', age: 'age' } as const\n" }

describe('MMKV mentions', () => {
  it('of keys in methods, hooks and wrappers: the first write defines', () => {
    const files = app(`import { useMMKVString } from 'react-native-mmkv'
storage.getString('token')
storage.set('token', 'x')
storage.set('token', 'y')
storage.remove('token')
storage.contains('token')
export const useToken = () => useMMKVString('token', storage)
const save = (key: string) => storage.set(key, 'z')
save('token')`)
    assert.deepEqual(mentionsIn(files, 'src/app.ts'), [
      'query refers app.token @ token',
      'write defines app.token @ token',
      'write refers app.token @ token',
      'write refers app.token @ token',
      'query refers app.token @ token',
      'query refers app.token @ token',
      'write refers app.token @ token',
    ])
  })

  it('of constants, where their texts stand as well', () => {
    const files = app(
      `import { KEYS } from './keys'
storage.set(KEYS.token, 'x')
class Queue { readonly KEY = 'queue'; save() { storage.set(this.KEY, '[]') } }`,
      keysFile,
    )
    assert.deepEqual(mentionsIn(files, 'src/app.ts'), [
      'write defines app.token @ token *',
      'config refers app.queue @ queue',
      'write defines app.queue @ KEY *',
    ])
    assert.deepEqual(mentionsIn(files, 'src/keys.ts'), ['config refers app.token @ token'])
  })

  it('of ids', () => {
    const files = app(`import { createMMKV, deleteMMKV, existsMMKV } from 'react-native-mmkv'
const again = createMMKV({ id: 'app' })
if (existsMMKV('app')) deleteMMKV('app')`)
    assert.deepEqual(mentionsIn(files, 'src/storage.ts'), ['schema defines app @ app'])
    assert.deepEqual(mentionsIn(files, 'src/app.ts'), [
      'schema refers app @ app',
      'schema refers app @ app',
      'schema refers app @ app',
    ])
  })

  it('are shown with the type that is written, and what another getter gives', () => {
    const asked = askFiles(app("storage.set('age', 42)\nstorage.getString('a$0ge')"), options)
    const found = hoverAt(asked.catalog, asked.file, asked.offset)
    const text = toMarkdown(found?.blocks ?? [], () => undefined)
    assert.match(text, /MMKV `app` · key `app\.age`: number/)
    assert.match(text, /Used by 1 query/)
    assert.match(text, /`getString` gives an empty text or undefined/)
  })

  it('lead from a read to the write', () => {
    const asked = askFiles(app("storage.set('age', 42)\nstorage.getNumber('a$0ge')"), options)
    const leads = definitionAt(asked.catalog, asked.file, asked.offset)
    assert.deepEqual(
      leads?.targets.map(({ at }) => shown(asked.app, at)),
      ['src/app.ts:3 age'],
    )
  })

  it('are all found', () => {
    const files = { 'src/more.ts': "import { storage } from './storage'\nstorage.getNumber('age')\n" }
    const asked = askFiles(app("storage.set('a$0ge', 42)\nstorage.set('other', 1)", files), options)
    const found = referencesAt(asked.catalog, asked.file, asked.offset, true)
    assert.deepEqual(found.map(at => shown(asked.app, at)).sort(), ['src/app.ts:3 age', 'src/more.ts:2 age'])
  })

  const labels = (code: string) => {
    const asked = askFiles(app(code), options)
    return completionsAt(asked.catalog, asked.file, asked.offset)?.items.map(({ label }) => label)
  }

  it('complete keys where one is read: those of the type that is asked for come first', () => {
    const code = "storage.set('age', 42)\nstorage.set('name', 'Ada')\nstorage.set('size', 1)\n"
    assert.deepEqual(labels(`${code}storage.getString('$0')`), ['name', 'age', 'size'])
    assert.deepEqual(labels(`${code}storage.getNumber('$0')`), ['age', 'size', 'name'])
    assert.deepEqual(
      labels(
        `import { useMMKVNumber } from 'react-native-mmkv'\n${code}const useSize = () => useMMKVNumber('$0', storage)`,
      ),
      ['age', 'size', 'name'],
    )
  })

  it('rename a key everywhere, in constants too, and move what phones hold', () => {
    const marked = app(
      `import { KEYS } from './keys'
storage.set(KEYS.token, 'x')
storage.getString('to$0ken')`,
      keysFile,
    )
    const { app: running, catalog, file, offset } = askFiles(marked, options)
    const [store] = running.analyzer.stores()
    const renamed = renameAt(catalog, file, offset, 'jwt', () => ({
      renames: running.analyzer.renames(store!),
      context: running.context,
      hasError: () => false,
    }))
    assert.ok(renamed && 'edits' in renamed, JSON.stringify(renamed))
    const edits = renamed.edits.flatMap(edit => (isNewFile(edit) ? [] : [edit]))
    const after = (path: string) => {
      const own = edits.filter(edit => edit.file === `${appRoot}/${path}`)
      return applyEdits(running.texts.get(`${appRoot}/${path}`) ?? '', own)
    }
    assert.deepEqual(['src/app.ts', 'src/keys.ts', 'src/storage.ts'].map(after), [
      `import { storage } from './storage'

import { KEYS } from './keys'
storage.set(KEYS.token, 'x')
storage.getString('jwt')
`,
      "export const KEYS = { token: 'jwt', age: 'age' } as const\n",
      `import { createMMKV } from 'react-native-mmkv'

export const storage = createMMKV({ id: 'app' })

// "token" is called "jwt" now: what phones hold under the old name is moved.
if (storage.contains('token')) {
  storage.set('jwt', storage.getString('token') ?? '')
  storage.remove('token')
}
`,
    ])
  })

  it('rename no id, as the data stays in its file', () => {
    const {
      app: running,
      catalog,
      file,
      offset,
    } = askFiles(mmkvApp({ config: "id: 'a$0pp'", code: "storage.set('age', 42)" }), options)
    const [store] = running.analyzer.stores()
    const renamed = renameAt(catalog, file, offset, 'other', () => ({
      renames: running.analyzer.renames(store!),
      context: running.context,
      hasError: () => false,
    }))
    assert.match(renamed && 'problem' in renamed ? renamed.problem : '', /would be empty/)
  })
})
