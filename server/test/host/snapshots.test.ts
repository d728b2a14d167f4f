// Snapshot files: written, read back, protected, and reported when damaged.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { snapshotPath, snapshotText } from '../../src/core/baseline/snapshot-file.ts'
import { loadSnapshots, parseSnapshot, snapshotFilesIn, writeSnapshot } from '../../src/host/snapshots.ts'
import { toySnapshot } from './fake-analyzer.ts'
import { removeTempFolders, tempFolder } from './temp-folder.ts'

describe('snapshots', () => {
  afterEach(removeTempFolders)

  it('are read back from what is written, lowest version first', async () => {
    const root = tempFolder({ 'offline-storage/app/notes.txt': '', 'offline-storage/readme.md': '' })
    for (const version of [10, 2])
      assert.equal((await writeSnapshot(root, toySnapshot('app', version))).kind, 'written')
    const files = await snapshotFilesIn(root)
    const { snapshots, problems } = await loadSnapshots(files)
    assert.deepEqual(problems, [])
    assert.deepEqual(
      snapshots.map(({ snapshot }) => snapshot),
      [toySnapshot('app', 2), toySnapshot('app', 10)],
    )
    assert.deepEqual(await snapshotFilesIn(`${root}/missing`), [])
  })

  it('have one text whatever the order of their keys, ending in a newline', () => {
    const snapshot = toySnapshot('app', 1)
    const turned = Object.fromEntries(Object.entries(snapshot).reverse()) as typeof snapshot
    assert.equal(snapshotText(turned), snapshotText(snapshot))
    assert.ok(snapshotText(snapshot).endsWith('}\n'))
  })

  it('never replace another content unasked, and nothing that is not ours', async () => {
    const foreign = '{ "mine": true }'
    const root = tempFolder({ 'offline-storage/app/v2.json': foreign })
    const snapshot = toySnapshot('app', 1)
    await writeSnapshot(root, snapshot)
    assert.equal((await writeSnapshot(root, snapshot)).kind, 'same')
    const other = { ...snapshot, complete: false }
    assert.equal((await writeSnapshot(root, other)).kind, 'differs')
    assert.equal(readFileSync(snapshotPath(root, snapshot), 'utf8'), snapshotText(snapshot))
    assert.equal((await writeSnapshot(root, other, true)).kind, 'written')
    assert.equal(readFileSync(snapshotPath(root, snapshot), 'utf8'), snapshotText(other))
    assert.equal((await writeSnapshot(root, toySnapshot('app', 2), true)).kind, 'not-ours')
    assert.equal(readFileSync(`${root}/offline-storage/app/v2.json`, 'utf8'), foreign)
  })

  it('stay below their folder whatever the store is named', () => {
    assert.equal(snapshotPath('/w', { store: '../../etc/x', version: 1 }), '/w/offline-storage/-..-etc-x/v1.json')
    assert.equal(snapshotPath('/w', { store: '..', version: 1 }), '/w/offline-storage/store/v1.json')
  })

  const good = snapshotText(toySnapshot('app', 3))
  const problemOf = (text: string) => {
    const parsed = parseSnapshot('/w/offline-storage/app/v3.json', text)
    assert.ok('message' in parsed, 'expected a problem')
    return { message: parsed.message, at: text.slice(parsed.offset, (parsed.offset ?? 0) + (parsed.length ?? 0)) }
  }

  it('say what is wrong with them, and where', () => {
    assert.match(problemOf('{ "format": ').message, /not valid JSON/)
    assert.match(problemOf('').message, /not valid JSON/)
    const foreign = problemOf('{ "format": "other" }')
    assert.match(foreign.message, /not a snapshot of Offline Storage/)
    assert.equal(foreign.at, '"other"')
    const newer = problemOf(good.replace('"formatVersion": 1', '"formatVersion": 2'))
    assert.match(newer.message, /written by a newer version of Offline Storage/)
    assert.equal(newer.at, '2')
    const damaged = problemOf(good.replace('"complete": true', '"complete": "yes"'))
    assert.match(damaged.message, /damaged at complete/)
    assert.equal(damaged.at, '"yes"')
    const renamed = problemOf(snapshotText(toySnapshot('app', 4)))
    assert.match(renamed.message, /says version 4, but its file is named v3.json/)
    assert.equal(renamed.at, '4')
  })
})
