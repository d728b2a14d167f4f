// What the palette writes for MMKV: it asks what it must know, writes as the project does, and its code does what it says.
import assert from 'node:assert/strict'
import { filesAfter, newFiles, type Scaffolded, scaffold } from '../../testkit/mmkv/scaffold.ts'
import { appRoot, runApp } from '../../testkit/run-example.ts'

const of = (version: string) => ({ versions: { 'react-native-mmkv': version } })
const four = of('4.3.2')

const storage = `import { createMMKV } from 'react-native-mmkv'

export const storage = createMMKV({ id: 'user' })
`
const app = {
  'src/storage.ts': storage,
  'src/app.ts': `import { storage } from './storage'
import { useMMKVObject } from 'react-native-mmkv'

interface Draft { text: string }

export function save(text: string, anything: any) {
  storage.set('user.name', text)
  storage.set('launches', 1)
  storage.set('is-dark', true)
  storage.set('bytes', new ArrayBuffer(3))
  storage.set('profile', JSON.stringify({ text }))
  storage.set('2fa', 'off')
  storage.set('mixed', anything)
  storage.getBoolean('asked')
}

export const useDraft = () => useMMKVObject<Draft>('draft', storage)
`,
}

const problemOf = ({ result }: Scaffolded) => ('problem' in result ? result.problem : undefined)
const messageOf = ({ result }: Scaffolded) => ('message' in result ? result.message : undefined)
const asked = ({ asked: all }: Scaffolded) => all.map(question => question.id)

/** What the rules say of the files. */
const findingsIn = (
  files: Readonly<Record<string, string>>,
  project: { versions: Readonly<Record<string, string>> },
) => {
  const { analyzer } = runApp(files, { project })
  return analyzer
    .filesWithFindings()
    .flatMap(file => analyzer.findings(file).map(one => `${file.slice(appRoot.length + 1)}: ${one.rule}`))
}

describe('Create MMKV Instance', () => {
  it('writes the API of each version', () => {
    const texts = ['2.12.2', '3.3.3', '4.3.2'].map(version => {
      const done = scaffold({}, of(version), 'mmkv.createInstance', { namespace: 'settings', file: 'src/storage.ts' })
      return newFiles(done)['src/storage.ts']
    })
    const old = `import { MMKV } from 'react-native-mmkv';

export const storage = new MMKV({ id: 'app.settings' });
`
    assert.deepEqual(texts, [old, old, old.replace('{ MMKV }', '{ createMMKV }').replace('new MMKV', 'createMMKV')])
  })

  it('asks for the version where it is not known', () => {
    const done = scaffold({}, { versions: {} }, 'mmkv.createInstance', { file: 'storage.ts', version: '3.3.3' })
    assert.deepEqual(asked(done), ['name', 'namespace', 'version', 'encryption', 'file'])
    assert.match(newFiles(done)['storage.ts'] ?? '', /new MMKV\(\)/)
  })

  it('offers the keychain that the project has, or both', () => {
    const choices = (versions: Record<string, string>) => {
      const { asked: all } = scaffold({}, { versions }, 'mmkv.createInstance')
      const question = all.find(one => one.id === 'encryption')
      return question?.kind === 'choice' ? question.choices.map(one => one.value) : []
    }
    const mmkv = { 'react-native-mmkv': '4.3.2' }
    assert.deepEqual(choices(mmkv), ['none', 'expo-secure-store', 'react-native-keychain'])
    assert.deepEqual(choices({ ...mmkv, 'react-native-keychain': '10.0.0' }), ['none', 'react-native-keychain'])
  })

  it('encrypts with AES-256 from 4.2, and with 16 characters before', () => {
    const text = (version: string) => {
      const done = scaffold({}, of(version), 'mmkv.createInstance', { encryption: 'expo-secure-store' })
      return Object.values(newFiles(done))[0] ?? ''
    }
    assert.match(text('4.2.0'), /encrypt\(key, 'AES-256'\)/)
    assert.match(text('4.1.2'), /recrypt\(key\)/)
    assert.match(text('3.3.3'), /new MMKV\(\{ id: 'mmkv\.default', encryptionKey: key \}\)/)
  })

  it('writes as the files around it are written, and beside the other instances', () => {
    const files = {
      'lib/data/cache.js': `import { MMKV } from "react-native-mmkv"

export const cache = new MMKV({ id: "cache" })

export function load() {
\tif (cache.contains("a")) {
\t\treturn cache.getString("a")
\t}
}
`,
    }
    const done = scaffold(files, of('3.3.3'), 'mmkv.createInstance', { name: 'session', namespace: 'session' })
    assert.deepEqual(newFiles(done), {
      'lib/data/session.js': `import { MMKV } from "react-native-mmkv"

export const session = new MMKV({ id: "app.session" })
`,
    })
  })

  it('leaves what exists alone, and stays in the package', () => {
    const create = (answers: Record<string, string>) => problemOf(scaffold(app, four, 'mmkv.createInstance', answers))
    assert.match(create({ file: 'src/storage.ts' }) ?? '', /exists already/)
    assert.match(create({ file: '../storage.ts' }) ?? '', /no file of this package/)
    assert.match(create({ name: 'class' }) ?? '', /no name of a variable/)
    const twice = { 'src/a.ts': storage.replace('user', 'app.user') }
    assert.match(
      problemOf(scaffold(twice, four, 'mmkv.createInstance', { namespace: 'user' })) ?? '',
      /"app\.user" is opened already/,
    )
  })

  it('has a file of its own to offer', () => {
    const { asked: all } = scaffold(app, four, 'mmkv.createInstance', {})
    const question = all.at(-1)
    assert.equal(question?.kind === 'text' && question.value, 'src/mmkv-storage.ts')
  })

  it('writes nothing that a rule finds fault with', () => {
    for (const version of ['2.12.2', '3.3.3', '4.1.2', '4.3.2'])
      for (const encryption of ['none', 'expo-secure-store', 'react-native-keychain'])
        for (const namespace of ['', 'settings']) {
          const done = scaffold({}, of(version), 'mmkv.createInstance', { encryption, namespace })
          assert.deepEqual(findingsIn(filesAfter(done), of(version)), [], `${version} ${encryption}`)
        }
  })
})

describe('Create MMKV Key Module', () => {
  it('gives each key its type, and names what it leaves out', () => {
    const done = scaffold(app, four, 'mmkv.createKeyModule')
    const text = newFiles(done)['src/keys.ts'] ?? ''
    assert.match(
      text,
      /const keys = \{\n {2}key2fa: '2fa',\n {2}asked: 'asked',\n {2}bytes: 'bytes',\n {2}draft: 'draft',\n {2}isDark: 'is-dark',\n/,
    )
    for (const line of [
      'getAsked = (): boolean | undefined => storage.getBoolean(keys.asked)',
      'getBytes = (): ArrayBuffer | undefined => storage.getBuffer(keys.bytes)',
      'getDraft = (): DraftValue | undefined => readJson(keys.draft)',
      'getIsDark = (): boolean | undefined => storage.getBoolean(keys.isDark)',
      'getLaunches = (): number | undefined => storage.getNumber(keys.launches)',
      'getProfile = (): ProfileValue | undefined => readJson(keys.profile)',
      'getUserName = (): string | undefined => storage.getString(keys.userName)',
    ])
      assert.ok(text.includes(`export const ${line}\n`), line)
    assert.doesNotMatch(text, /mixed/)
    assert.equal(messageOf(done), '8 keys of "user". Nothing tells the one type of "mixed", so it is left out.')
  })

  it('is read back: the same keys with the same types', () => {
    const done = scaffold(app, four, 'mmkv.createKeyModule')
    const { analyzer } = runApp({ 'src/storage.ts': storage, ...newFiles(done) }, { project: four })
    const [store] = analyzer.stores()
    assert.deepEqual(
      store?.entities[0]?.fields.map(field => [field.name.text, field.type?.text]),
      [
        ['2fa', 'string'],
        ['asked', 'boolean'],
        ['bytes', 'buffer'],
        ['draft', 'string'],
        ['is-dark', 'boolean'],
        ['launches', 'number'],
        ['profile', 'string'],
        ['user.name', 'string'],
      ],
    )
    assert.deepEqual(findingsIn(filesAfter(done), four), [])
  })

  it('asks which instance is meant', () => {
    const files = { ...app, 'src/cache.ts': `${storage.replace('user', 'app.cache')}storage.set('a', 1)\n` }
    const done = scaffold(files, four, 'mmkv.createKeyModule', { instance: 'app.cache' })
    assert.deepEqual(asked(done), ['instance', 'file'])
    assert.match(newFiles(done)['src/cache-keys.ts'] ?? '', /^import \{ storage \} from '\.\/cache'$/m)
  })

  it('imports a default export', () => {
    const files = {
      'src/storage.js': `import { MMKV } from 'react-native-mmkv'\n\nexport default new MMKV()\n`,
      'src/app.js': `import storage from './storage'\n\nstorage.set("it's", 'a')\n`,
    }
    const text = newFiles(scaffold(files, of('3.3.3'), 'mmkv.createKeyModule'))['src/keys.js'] ?? ''
    assert.match(text, /^import storage from '\.\/storage'$/m)
    assert.match(text, /itS: 'it\\'s',\n\}\n/)
    assert.match(text, /storage\.delete\(keys\.itS\)/)
  })

  it('calls an instance otherwise whose name it needs', () => {
    const files = { 'src/db.ts': `${storage.replace('const storage', 'const keys')}keys.set('a', 1)\n` }
    const made = newFiles(scaffold(files, four, 'mmkv.createKeyModule'))['src/keys.ts'] ?? ''
    assert.match(made, /import \{ keys as storage \} from '\.\/db'/)
    assert.match(made, /storage\.getNumber\(keys\.a\)/)
  })

  it('says why where it cannot write', () => {
    const problem = (files: Record<string, string>, project: { versions: Record<string, string> } = four) =>
      problemOf(scaffold(files, project, 'mmkv.createKeyModule')) ?? ''
    assert.match(problem({}), /No MMKV instance/)
    assert.match(problem({ 'src/storage.ts': storage }), /No key of "user"/)
    assert.match(
      problem({ 'src/storage.ts': `${storage.replace('export ', '')}storage.set('a', 1)\n` }),
      /No file exports/,
    )
    assert.match(problem(app, { versions: {} }), /version of react-native-mmkv/)
    assert.match(problem({ ...app, 'src/keys.ts': '', 'src/mmkv-keys.ts': '' }), /exists already/)
  })
})

describe('Migrate AsyncStorage to MMKV', () => {
  const old = {
    'src/storage.ts': storage,
    'src/old.ts': `import AsyncStorage from '@react-native-async-storage/async-storage'

const THEME = 'theme'
export async function load(id: string) {
  await AsyncStorage.setItem(THEME, 'dark')
  await AsyncStorage.multiGet(['token', 'launches'])
  await AsyncStorage.getItem(\`user-\${id}\`)
}
`,
  }

  it('offers the keys that the project uses, and all of them', () => {
    const done = scaffold(old, four, 'mmkv.migrateAsyncStorage', { which: 'used' })
    assert.deepEqual(asked(done), ['which', 'keys', 'later', 'file'])
    const [which, keys] = done.asked
    assert.match(
      which?.kind === 'choice' ? (which.choices[1]?.detail ?? '') : '',
      /^3 keys\. 1 use of keys made at run/,
    )
    assert.deepEqual(keys?.kind === 'choice' ? keys.choices.map(one => [one.value, one.picked]) : [], [
      ['launches', true],
      ['theme', true],
      ['token', true],
    ])
    const text = newFiles(done)['src/copy-async-storage.ts'] ?? ''
    assert.match(text, /const keys = \[\n {2}'launches',\n {2}'theme',\n {2}'token',\n\]\n/)
  })

  it('takes all keys where none is written out, and writes the migrations of later releases if wanted', () => {
    const done = scaffold({ 'src/storage.ts': storage }, four, 'mmkv.migrateAsyncStorage', { later: 'yes' })
    assert.deepEqual(asked(done), ['later', 'file'])
    const made = newFiles(done)
    assert.deepEqual(Object.keys(made), ['src/copy-async-storage.ts', 'src/migrate-storage.ts'])
    assert.match(made['src/copy-async-storage.ts'] ?? '', /of await AsyncStorage\.getAllKeys\(\)/)
  })

  it('tells of keys that the code reads as something else', () => {
    const files = { ...old, 'src/new.ts': `import { storage } from './storage'\n\nstorage.getNumber('launches')\n` }
    assert.match(
      messageOf(scaffold(files, four, 'mmkv.migrateAsyncStorage', { which: 'used' })) ?? '',
      /takes "launches" for/,
    )
  })

  it('writes nothing that a rule finds fault with', () => {
    for (const which of ['all', 'used']) {
      const done = scaffold(old, four, 'mmkv.migrateAsyncStorage', { which, later: 'yes' })
      assert.deepEqual(findingsIn(filesAfter(done), four), [])
    }
  })

  it('writes nothing without an instance, or without a key', () => {
    const { 'src/old.ts': alone } = old
    assert.match(
      problemOf(scaffold({ 'src/old.ts': alone }, four, 'mmkv.migrateAsyncStorage')) ?? '',
      /Create one first/,
    )
    const none = scaffold(old, four, 'mmkv.migrateAsyncStorage', { which: 'used', keys: [] })
    assert.match(problemOf(none) ?? '', /No key was chosen/)
  })
})

describe('Rename MMKV Key', () => {
  const files = {
    'src/storage.ts': storage,
    'src/keys.ts': `export const storageKeys = { name: 'name', theme: 'theme' } as const\n`,
    'src/app.ts': `import { useMMKVString } from 'react-native-mmkv'
import { storageKeys } from './keys'
import { storage } from './storage'

storage.set(storageKeys.name, 'Ada')
export const read = () => storage.getString('name')
export const useName = () => useMMKVString('name', storage)
storage.set('theme', 'dark')
`,
  }

  it('changes every use and the constant, and moves what phones hold', () => {
    const done = scaffold(files, four, 'mmkv.renameKey', { key: 'name', to: 'user.name' })
    assert.deepEqual(asked(done), ['key', 'to', 'move'])
    assert.ok('edits' in done.result)
    assert.equal(done.result.preview, true)
    const after = filesAfter(done)
    assert.match(after['src/keys.ts'] ?? '', /name: 'user\.name', theme/)
    assert.match(after['src/app.ts'] ?? '', /getString\('user\.name'\)[\s\S]*useMMKVString\('user\.name'/)
    assert.match(after['src/storage.ts'] ?? '', /storage\.set\('user\.name', storage\.getString\('name'\) \?\? ''\)/)
    assert.match(messageOf(done) ?? '', /in 3 places\..*is moved/)
    assert.deepEqual(findingsIn(after, four), [])
  })

  it('changes the code alone where that is wanted', () => {
    const done = scaffold(files, four, 'mmkv.renameKey', { key: 'name', to: 'fullName', move: 'no' })
    assert.equal(filesAfter(done)['src/storage.ts'], storage)
  })

  it('names the places of keys that are made at run time', () => {
    const more = {
      ...files,
      'src/more.ts': `import { storage } from './storage'\n\nexport const f = (id: string) => storage.getString(\`na\${id}\`)\n`,
    }
    const done = scaffold(more, four, 'mmkv.renameKey', { key: 'name', to: 'user.name' })
    assert.match(messageOf(done) ?? '', /may be this one too, in more\.ts\./)
    assert.doesNotMatch(messageOf(scaffold(more, four, 'mmkv.renameKey', { key: 'theme', to: 'look' })) ?? '', /may be/)
  })

  it('refuses names that are taken, and letters that mean something else as well', () => {
    const rename = (given: Record<string, string>, answers: Record<string, string>) =>
      problemOf(scaffold(given, four, 'mmkv.renameKey', answers)) ?? ''
    assert.match(rename(files, { key: 'name', to: 'theme' }), /There is a key "theme" already/)
    assert.match(rename(files, { key: 'name', to: "it's" }), /without escapes/)
    const shared = {
      ...files,
      'src/cache.ts': `import { createMMKV } from 'react-native-mmkv'
import { storageKeys } from './keys'

export const cacheStorage = createMMKV({ id: 'cache' })
cacheStorage.set(storageKeys.name, 'Ada')
`,
    }
    assert.match(rename(shared, { instance: 'user', key: 'name', to: 'fullName' }), /something else too/)
    assert.match(rename({ 'src/storage.ts': storage }, {}), /No key of an MMKV instance/)
  })
})
