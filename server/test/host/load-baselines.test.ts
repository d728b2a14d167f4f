// Which baseline each store gets, from snapshot files and from a repository the test makes.
import assert from 'node:assert/strict'
import { blobId } from '../../src/host/facts-cache.ts'
import { type BaselineRequest, loadBaselines } from '../../src/host/load-baselines.ts'
import { writeSnapshot } from '../../src/host/snapshots.ts'
import { fakeAnalyzer, toySnapshot } from './fake-analyzer.ts'
import { gitIn } from './git-in.ts'
import { removeTempFolders, tempFolder, writeFiles } from './temp-folder.ts'

describe('loadBaselines', () => {
  afterEach(removeTempFolders)

  /** The stores `app` and `cache`, as the present code has them. */
  function stores() {
    const analyzer = fakeAnalyzer()
    analyzer.set('/a.ts', 'store app 9 store cache 9')
    return analyzer.stores()
  }

  const load = async (root: string, more: Partial<BaselineRequest> = {}) => {
    const past = new Map()
    const asked = { root, setting: 'auto' as const, stores: stores(), trusted: true, exclude: [], libraries: [], past }
    const { baselines, problems } = await loadBaselines({ ...asked, createReader: fakeAnalyzer, ...more })
    const found = [...baselines].map(([name, { kind, label, snapshots }]) => [
      name,
      kind,
      label,
      snapshots.map(({ version }) => version),
    ])
    return { found, problems: problems.map(({ message }) => message) }
  }

  /** A repository whose tag v1.0.0 has `app 3`, whose HEAD has `app 4` and `cache 1`. */
  function repository(): string {
    const root = tempFolder({
      'src/db.ts': "@storage import '@/app'",
      'src/app.ts': 'store app 3',
      'src/other.ts': 'store unseen 3',
      'node_modules/x/db.ts': '@storage store packaged 1',
      'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }',
    })
    gitIn(root, 'init', '-q')
    gitIn(root, 'add', '.')
    gitIn(root, 'commit', '-qm', 'one')
    gitIn(root, 'tag', 'v1.0.0')
    writeFiles(root, { 'src/app.ts': 'store app 4 store cache 1' })
    gitIn(root, 'commit', '-qam', 'two')
    writeFiles(root, { 'src/app.ts': 'store app 5' })
    return root
  }

  it('takes snapshots, else the newest release tag', async () => {
    const root = repository()
    assert.deepEqual((await load(root)).found, [['app', 'release', 'tag v1.0.0', [3]]])
    for (const version of [1, 2]) await writeSnapshot(root, toySnapshot('cache', version))
    assert.deepEqual((await load(root)).found, [
      ['cache', 'release', 'offline-storage/cache/v2.json', [1, 2]],
      ['app', 'release', 'tag v1.0.0', [3]],
    ])
  })

  it('pairs a store whose database was renamed, by its tables', async () => {
    const root = repository()
    const [store] = stores()
    const at = { file: '/a.ts', span: { start: 0, end: 0 } }
    const entities = (...names: string[]) =>
      names.map(name => ({ name: { text: name, at }, fields: [], complete: true, at }))
    const past = { ...toySnapshot('before', 3), entities: [{ name: 'posts', complete: true, fields: [] }] }
    const createReader = () => ({ ...fakeAnalyzer(), snapshots: () => [past] })
    const renamed = (...names: string[]) =>
      load(root, { createReader, stores: [{ ...store!, name: 'after', entities: entities(...names) }] })
    assert.deepEqual((await renamed('posts', 'tags')).found, [['after', 'release', 'tag v1.0.0', [3]]])
    assert.deepEqual((await renamed('tags')).found, [], 'another database altogether')
  })

  it('takes HEAD where nothing is tagged, as a commit', async () => {
    const root = repository()
    gitIn(root, 'tag', '-d', 'v1.0.0')
    assert.deepEqual((await load(root)).found, [
      ['app', 'commit', 'HEAD', [4]],
      ['cache', 'commit', 'HEAD', [1]],
    ])
  })

  it('obeys the setting', async () => {
    const root = repository()
    await writeSnapshot(root, toySnapshot('app', 1))
    assert.deepEqual((await load(root, { setting: 'none' })).found, [])
    assert.deepEqual((await load(root, { setting: 'snapshot' })).found, [
      ['app', 'release', 'offline-storage/app/v1.json', [1]],
    ])
    assert.deepEqual((await load(root, { setting: 'git' })).found, [['app', 'release', 'tag v1.0.0', [3]]])
    assert.deepEqual(
      (await load(root, { setting: 'git:HEAD' })).found.map(([, , label, versions]) => [label, versions]),
      [
        ['HEAD', [4]],
        ['HEAD', [1]],
      ],
    )
  })

  it('does not ask git in an untrusted workspace', async () => {
    const root = repository()
    assert.deepEqual(await load(root, { trusted: false, setting: 'git' }), { found: [], problems: [] })
  })

  it('says when git was asked for and cannot tell', async () => {
    const root = tempFolder({ 'a.ts': '' })
    assert.deepEqual(await load(root), { found: [], problems: [] })
    assert.match((await load(root, { setting: 'git' })).problems.join(), /git finds no commit here/)
    assert.match((await load(repository(), { setting: 'git:v9' })).problems.join(), /git does not know that revision/)
  })

  it('reads a commit once', async () => {
    const root = repository()
    const past = new Map()
    let made = 0
    const createReader = () => {
      made++
      return fakeAnalyzer()
    }
    await load(root, { past, createReader })
    await load(root, { past, createReader })
    assert.equal(made, 1)
  })

  it('takes from the present what is the same, and reads only the rest', async () => {
    const root = repository()
    const asked: string[] = []
    const given: string[] = []
    const createReader = () => {
      const reader = fakeAnalyzer()
      const set = (file: string, text: string) => {
        given.push(file)
        reader.set(file, text)
      }
      return { ...reader, set }
    }
    const text = "@storage import '@/app'"
    const present = (file: string, id: string) => {
      asked.push(id)
      const isSame = file === `${root}/src/db.ts` && id === blobId(text)
      return isSame ? { holdsStore: true, facts: fakeAnalyzer().readFacts(file, text) } : undefined
    }
    assert.deepEqual((await load(root, { createReader, present })).found, [['app', 'release', 'tag v1.0.0', [3]]])
    assert.deepEqual(given, [`${root}/src/app.ts`])
    assert.ok(asked.length >= 3)
  })

  it('reports snapshots that cannot be used', async () => {
    const root = tempFolder({ 'offline-storage/app/v1.json': '{' })
    const { found, problems } = await load(root)
    assert.deepEqual(found, [])
    assert.match(problems.join(), /not valid JSON/)
  })
})
