// Bringing a workspace into an analyzer, cold and from kept facts.
import assert from 'node:assert/strict'
import { readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { defaultSettings } from '../../src/core/settings.ts'
import { type LoadRequest, loadWorkspace } from '../../src/host/load-workspace.ts'
import { fakeAnalyzer } from './fake-analyzer.ts'
import { removeTempFolders, tempFolder, writeFiles } from './temp-folder.ts'

describe('loadWorkspace', () => {
  afterEach(removeTempFolders)

  const app = {
    'src/db.ts': "@storage import '@/schema'",
    'src/schema.ts': "import './deep/columns'",
    'src/deep/columns.ts': '',
    'src/ui.tsx': 'nothing of interest',
    'src/z.ts': '@storage',
    'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }',
    'package.json': '{ "dependencies": { "@nozbe/watermelondb": "^0.27.0", "realm": "^12.0.0" } }',
    'node_modules/@nozbe/watermelondb/package.json': '{ "version": "0.28.0" }',
  }

  /** An app whose files have not changed for a while, so that their times are trusted. */
  function agedApp(): string {
    const root = tempFolder(app)
    const past = new Date(Date.now() - 60_000)
    for (const file of Object.keys(app)) utimesSync(`${root}/${file}`, past, past)
    return root
  }

  const load = async (root: string, more: Partial<LoadRequest> = {}) => {
    const analyzer = fakeAnalyzer()
    const { holdsStore, readFacts } = analyzer
    const request = { root, analyzer, settings: defaultSettings, holdsStore, readFacts, ...more }
    const loaded = await loadWorkspace(request)
    await loaded.keep().catch(() => undefined)
    return { ...loaded, given: analyzer.given.map(({ file, as }) => `${file.slice(root.length + 1)} ${as}`) }
  }

  it('gives what concerns the analyzer, then what references lead to', async () => {
    const { given, model, problems } = await load(tempFolder(app))
    assert.deepEqual(given, ['src/db.ts text', 'src/z.ts text', 'src/schema.ts text', 'src/deep/columns.ts text'])
    assert.deepEqual(problems, [])
    assert.deepEqual(model.project(`${model.root}/src/db.ts`).versions, {
      '@nozbe/watermelondb': '0.28.0',
      realm: '12.0.0',
    })
  })

  it('gives first what defines the store and what this and the open files import', async () => {
    const root = tempFolder({
      ...app,
      'src/a.ts': '@storage',
      'src/deep/columns.ts': 'store app 3',
      'src/z.ts': "@storage import './z-names'",
      'src/z-names.ts': '',
    })
    const analyzer = fakeAnalyzer()
    const seen: string[] = []
    const open = `${root}/src/z.ts`
    const { holdsStore, readFacts, given } = {
      ...analyzer,
      holdsStore: (text: string) => text.includes('@/schema'),
    }
    const first = {
      isGiven: (file: string) => file === open,
      files() {
        analyzer.restore(open, readFacts(open, "@storage import './z-names'"))
        return [open]
      },
      onRead: () => seen.push(...given.map(({ file }) => file.slice(root.length + 1))),
    }
    const onProgress = (done: number, total: number) => seen.push(`${done}/${total}`)
    const settings = defaultSettings
    await loadWorkspace({ root, analyzer, settings, holdsStore, readFacts, first, onProgress })
    const before = ['src/db.ts', 'src/z.ts', 'src/z-names.ts', 'src/schema.ts', 'src/deep/columns.ts']
    assert.deepEqual(seen, [...before, '6/7', '7/7'])
    assert.equal(given.filter(({ file }) => file === open).length, 1)
  })

  it('notes files that are no text and goes on', async () => {
    const { given, problems } = await load(
      tempFolder({ ...app, 'src/bad.ts': Uint8Array.of(0xff, 0xfe), 'src/bin.js': Uint8Array.of(0) }),
    )
    assert.equal(given.length, 4)
    assert.deepEqual(
      problems.map(({ message }) => /UTF-8|binary/.exec(message)?.[0]),
      ['UTF-8', 'binary'],
    )
  })

  it('starts from kept facts the second time, reading only what changed', async () => {
    const root = agedApp()
    const cache = { dir: tempFolder(), version: '1' }
    await load(root, { cache })
    assert.deepEqual((await load(root, { cache })).given, [
      'src/db.ts facts',
      'src/z.ts facts',
      'src/schema.ts facts',
      'src/deep/columns.ts facts',
    ])
    writeFiles(root, { 'src/schema.ts': '// longer than before', 'src/ui.tsx': '@storage now it matters' })
    assert.deepEqual((await load(root, { cache })).given, [
      'src/db.ts facts',
      'src/ui.tsx text',
      'src/z.ts facts',
      'src/schema.ts text',
    ])
  })

  it('does not read a file whose time and size are the same, and knows a touched file by its hash', async () => {
    const root = agedApp()
    const cache = { dir: tempFolder(), version: '1' }
    await load(root, { cache })
    const { mtime, size } = statSync(`${root}/src/ui.tsx`)
    writeFileSync(`${root}/src/ui.tsx`, '@storage'.padEnd(size))
    utimesSync(`${root}/src/ui.tsx`, mtime, mtime)
    const later = new Date(Date.now() - 30_000)
    utimesSync(`${root}/src/z.ts`, later, later)
    const { given } = await load(root, { cache })
    assert.deepEqual(given.slice(0, 2), ['src/db.ts facts', 'src/z.ts facts'])
  })

  it('trusts no time that is too fresh to show a further change', async () => {
    const root = tempFolder(app)
    const cache = { dir: tempFolder(), version: '1' }
    await load(root, { cache })
    const { mtime, size } = statSync(`${root}/src/ui.tsx`)
    writeFileSync(`${root}/src/ui.tsx`, '@storage'.padEnd(size))
    utimesSync(`${root}/src/ui.tsx`, mtime, mtime)
    assert.ok((await load(root, { cache })).given.includes('src/ui.tsx text'))
  })

  it('ignores a cache that is damaged, of another version or of other settings', async () => {
    const root = agedApp()
    const cache = { dir: tempFolder(), version: '1' }
    await load(root, { cache })
    const fresh = (given: readonly string[]) => given.every(entry => entry.endsWith(' text'))
    const settings = { ...defaultSettings, watermelondbPackages: ['fork'] }
    assert.ok(!fresh((await load(root, { cache })).given))
    assert.ok(fresh((await load(root, { cache: { ...cache, version: '2' } })).given))
    assert.ok(fresh((await load(root, { cache, settings })).given))
    const [file, ...others] = readdirSync(cache.dir)
    assert.deepEqual(others, [])
    for (const damaged of ['', '{', 'null', '{"schema":1}']) {
      writeFileSync(`${cache.dir}/${file}`, damaged)
      assert.ok(fresh((await load(root, { cache })).given), damaged)
    }
  })

  it('does without a cache that cannot be written', async () => {
    const root = agedApp()
    const { given } = await load(root, { cache: { dir: `${root}/package.json/cache`, version: '1' } })
    assert.equal(given.length, 4)
  })

  it('ends when it is aborted', async () => {
    await assert.rejects(load(tempFolder(app), { signal: AbortSignal.abort(new Error('enough')) }), /enough/)
  })
})
