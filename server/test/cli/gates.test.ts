// The command "gates", on folders on disk.
import assert from 'node:assert/strict'
import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import type { GatesReport } from '../../../shared/gates.ts'
import { type ExampleApp, exampleApp } from '../../src/core/engines/watermelondb/example-app.ts'
import { largestResults } from '../../src/host/read-run.ts'
import { removeTempFolders, tempFolder, writeFiles } from '../host/temp-folder.ts'
import { type CliRun, runCli } from './run-cli.ts'

const test = 'src/sync/all.test.ts'
const all = '// offline-storage-gate: migrations, conflicts, offline, integrity\n'
const syncing = `import { synchronize } from '@nozbe/watermelondb/sync'
import { database } from './db'

export const sync = () => synchronize({ database, pullChanges: pull, pushChanges: push })
`
const packageJson = '{ "name": "app", "devDependencies": { "mocha": "*" } }'

/** An app whose database syncs, with one test file. */
const app = (text: string, more: Readonly<Record<string, string>> = {}, parts: ExampleApp = {}): string =>
  tempFolder({
    ...exampleApp({ version: 2, ...parts }),
    'package.json': packageJson,
    'src/sync.js': syncing,
    ...(text && { [test]: text }),
    ...more,
  })

/** What jest would write of the test file. */
const jest = (root: string, status = 'passed', file = `${root}/${test}`, more = {}): string =>
  JSON.stringify({ ...more, testResults: [{ name: file, status, assertionResults: [{ status, title: 'it works' }] }] })

const states = ({ out }: CliRun): string[] =>
  (JSON.parse(out) as GatesReport).stores.flatMap(store => store.gates.map(gate => gate.state))
const gates = (root: string, ...argv: string[]): Promise<CliRun> => runCli(['gates', root, ...argv])
const four = (state: string): string[] => Array.from({ length: 4 }, () => state)

describe('offline-storage gates', () => {
  afterEach(removeTempFolders)

  it('gives 0 where all gates are passed, and says by which tests', async () => {
    const root = app(all)
    writeFileSync(`${root}/jest.json`, jest(root))
    const { code, out, error } = await gates(root, '--results', `${root}/jest.json`)
    assert.deepEqual([code, error], [0, ''])
    assert.equal(
      out,
      `watermelon (watermelondb, version 2) src/db/schema.ts
  passed    Migrations tested                src/sync/all.test.ts
  passed    Conflicts tested                 src/sync/all.test.ts
  passed    Offline verified                 src/sync/all.test.ts
  passed    Data integrity on sync verified  src/sync/all.test.ts

4 of 4 gates passed in 1 store.
`,
    )
  })

  it('writes the agreed JSON', async () => {
    const root = app('// offline-storage-gate: offline\n')
    writeFileSync(`${root}/jest.json`, jest(root, 'failed'))
    const { code, out } = await gates(root, '--results', 'jest.json', '--results', `${root}/jest.json`, '--format=json')
    assert.equal(code, 2, out)
    const run = await runCli(['gates', '--results', 'jest.json', '--format=json'], root)
    assert.equal(run.code, 1)
    assert.deepEqual(JSON.parse(run.out), {
      version: 1,
      stores: [
        {
          engine: 'watermelondb',
          name: 'watermelon',
          version: 2,
          file: 'src/db/schema.ts',
          gates: [
            missing('migrations'),
            missing('conflicts'),
            {
              gate: 'offline',
              state: 'failed',
              tests: [{ file: test }],
              message: '1 test failed in src/sync/all.test.ts: it works.',
            },
            missing('integrity'),
          ],
        },
      ],
    })
  })

  it('gives 1 for a gate in each other state', async () => {
    const root = app(all)
    assert.deepEqual(states(await gates(root, '--format=json')), four('not run'))
    const told = async (text: string): Promise<[number, string[]]> => {
      writeFileSync(`${root}/r.json`, text)
      const run = await gates(root, '--results', `${root}/r.json`, '--format=json')
      return [run.code, states(run)]
    }
    assert.deepEqual(await told(jest(root, 'failed')), [1, four('failed')])
    assert.deepEqual(await told(jest(root, 'pending')), [1, four('not run')])
    assert.deepEqual(await told(jest(root, 'passed', `${root}/other.test.ts`)), [1, four('not run')])
    assert.deepEqual(await told(jest(root, 'passed', undefined, { startTime: 1 })), [1, four('outdated')])
    assert.deepEqual(await told(jest(root)), [0, four('passed')])
    const later = new Date(Date.now() + 60_000)
    utimesSync(`${root}/src/db/schema.ts`, later, later)
    assert.deepEqual(await told(jest(root)), [1, four('outdated')])
  })

  it('asks less with --require exists', async () => {
    assert.equal((await gates(app(all), '--require', 'exists')).code, 0)
    assert.equal((await gates(app('// offline-storage-gate: offline\n'), '--require=exists')).code, 1)
    const { code, error } = await gates(app(all), '--require', 'nothing')
    assert.deepEqual([code, error], [2, 'offline-storage: --require takes passed or exists, not "nothing".\n'])
  })

  it('asks of a store that does not sync for its migrations alone, and of one without versions for nothing', async () => {
    const root = app('', { 'src/sync.js': '' })
    const { out } = await gates(root)
    assert.match(
      out,
      /missing +Migrations tested[^\n]*\n {2}It does not sync\.\n\n0 of 1 gates passed, 1 missing in 1 store/,
    )
    const settings = tempFolder({
      'package.json': '{ "dependencies": { "react-native-mmkv": "4.0.0" } }',
      'src/storage.ts':
        "import { createMMKV } from 'react-native-mmkv'\nexport const storage = createMMKV({ id: 'app' })\n",
    })
    const run = await gates(settings)
    assert.deepEqual([run.code, run.out.split('\n').at(-2)], [0, 'No gate concerns the 1 store.'])
  })

  it('counts a store for which a sync layer is kept', async () => {
    const plan = {
      store: 'watermelon',
      target: 'watermelondb',
      transport: 'rest',
      endpoint: 'https://api.example.com',
      folder: 'src/sync',
      conflicts: 'lww',
      deletes: 'deleteWins',
      audit: false,
      tests: 'jest',
    }
    const config = (store: string) => JSON.stringify({ sync: [{ ...plan, store }] })
    const root = app('', { 'src/sync.js': '', 'offline-storage.config.json': config('watermelon') })
    assert.deepEqual(states(await gates(root, '--format=json')), four('missing'))
    writeFiles(root, { [test]: all, 'src/sync/drain.ts': '', 'jest.json': jest(root) })
    const judged = async () => states(await gates(root, '--results', `${root}/jest.json`, '--format=json'))
    assert.deepEqual(await judged(), four('passed'))
    const later = new Date(Date.now() + 60_000)
    utimesSync(`${root}/src/sync/drain.ts`, later, later)
    assert.deepEqual(await judged(), four('outdated'))
    writeFileSync(`${root}/offline-storage.config.json`, config('gone'))
    const { error, out } = await gates(root)
    assert.equal(error, 'A sync layer is kept for "gone", and there is no such store.\n')
    assert.match(out, /It does not sync/)
  })

  it('looks for results where the setting says, and where the command of the editor writes them', async () => {
    const root = app(all, { 'offline-storage.config.json': '{ "gates": { "results": ["out/r.json"] } }' })
    assert.equal((await gates(root)).code, 1)
    writeFiles(root, { 'out/r.json': jest(root) })
    assert.equal((await gates(root)).code, 0)
    const other = app(all)
    writeFiles(other, { '.offline-storage/test-results.json': jest(other) })
    assert.equal((await gates(other)).code, 0)
    writeFiles(other, { '.offline-storage/test-results.json': '{' })
    const { code, error } = await gates(other)
    assert.equal(code, 1)
    assert.equal(error, '.offline-storage/test-results.json: It is no JSON, or not all of it is there.\n')
  })

  it('reads no file outside of the folder because a setting says so', async () => {
    for (const path of ['../r.json', '/tmp/r.json', 'a/../../r.json', 'C:/r.json', '..\\r.json']) {
      const root = app(all, { 'offline-storage.config.json': JSON.stringify({ gates: { results: [path] } }) })
      const { out } = await runCli(['check', root, '--format', 'json'])
      const [finding] = (JSON.parse(out).findings as { rule: string; message: string }[]).filter(
        one => one.rule === 'offline-storage/config',
      )
      assert.match(finding?.message ?? '', /`gates` is an object with paths inside of the folder/, path)
    }
  })

  it('gives 2 for results that cannot be read, or are not there', async () => {
    const root = app(all, { 'empty.json': '', 'half.json': '{"testResults": [', 'other.json': '{}', 'bad.xml': '<a>' })
    const wrong = async (file: string) => {
      const { code, out, error } = await gates(root, '--results', `${root}/${file}`)
      assert.deepEqual([code, out], [2, ''], file)
      return error.replace('offline-storage: ', '')
    }
    assert.equal(await wrong('empty.json'), 'empty.json: It is empty: the test run has not come to its end.\n')
    assert.equal(await wrong('half.json'), 'half.json: It is no JSON, or not all of it is there.\n')
    assert.match(await wrong('other.json'), /^other\.json: It is no result that is known here/)
    assert.match(await wrong('bad.xml'), /^bad\.xml: It is no XML that is known here/)
    assert.equal(await wrong('nowhere.json'), 'nowhere.json: There is no such file.\n')
    mkdirSync(`${root}/folder`)
    assert.equal(await wrong('folder'), 'folder: It is not a file.\n')
    writeFileSync(`${root}/large.json`, Buffer.alloc(largestResults + 1))
    assert.equal(await wrong('large.json'), 'large.json: It is larger than 32 MB and is not read.\n')
    writeFileSync(`${root}/latin.json`, Buffer.from('{"a": "\xe9"}', 'latin1'))
    assert.equal(await wrong('latin.json'), 'latin.json: It is no text in UTF-8.\n')
  })

  it('gives 2 where the plans of sync layers cannot be read, for then no store would seem to sync', async () => {
    for (const config of ['{ "sync": [{ "store": 1 }] }', '{ "sync": [', '[]', '{ "gates": 1 }']) {
      const { code, error } = await gates(app(all, { 'offline-storage.config.json': config }))
      assert.equal(code, 2, config)
      assert.match(error, /^offline-storage: offline-storage\.config\.json: /)
    }
    assert.equal(
      (await gates(app(all, { 'offline-storage.config.json': '{ "rules": { "no/rule": "off" } }' }))).code,
      1,
    )
  })

  it('gives 2 where there is no store, and for words that mean nothing here', async () => {
    assert.equal((await gates(tempFolder({ 'a.ts': '' }))).error, 'offline-storage: No store was found here.\n')
    assert.equal((await gates(app(all), '--format', 'sarif')).code, 2)
    assert.equal((await gates(app(all), '--rule', 'a/b=off')).code, 2)
    assert.equal((await runCli(['check', app(all), '--results', 'x'])).code, 2)
  })

  it('reads what PowerShell redirects, and paths that lead through links', async function () {
    const root = app(all)
    writeFileSync(`${root}/utf16.json`, Buffer.from(`\ufeff${jest(root)}`, 'utf16le'))
    assert.equal((await gates(root, '--results', `${root}/utf16.json`)).code, 0)
    if (process.platform === 'win32') return this.skip()
    const link = `${tempFolder()}/link`
    symlinkSync(root, link)
    writeFileSync(`${root}/jest.json`, jest(root))
    assert.equal((await gates(link, '--results', `${root}/jest.json`)).code, 0)
  })

  it('takes marks from files that are tests alone, and says what is wrong with them', async () => {
    const root = app('', {
      'src/plain.ts': all,
      'src/__tests__/notes.ts': '// offline-storage-gate: offlin\n// offline-storage-gate: conflicts for nobody\n',
    })
    const { error, out } = await gates(root)
    assert.match(out, /0 of 4 gates passed, 4 missing/)
    assert.deepEqual(error.split('\n'), [
      'src/__tests__/notes.ts: There is no gate "offlin". Did you mean "offline"?',
      'src/__tests__/notes.ts: There is no store "nobody". Stores: watermelon.',
      '',
    ])
  })

  it('obeys nothing that a result says: control characters stay out of the terminal', async () => {
    const root = app(all)
    const status = 'failed'
    const file = { name: `${root}/${test}`, status, assertionResults: [{ status, title: '\u001b]0;x\u0007\u202eab' }] }
    writeFileSync(`${root}/r.json`, JSON.stringify({ testResults: [file] }))
    const { out } = await gates(root, '--results', `${root}/r.json`)
    assert.doesNotMatch(out.replaceAll('\n', ''), /[\p{Cc}\u202e]/u)
  })
})

const missing = (gate: string) => ({
  gate,
  state: 'missing',
  tests: [],
  message: `No test is marked with "offline-storage-gate: ${gate}".`,
})
