// What a file watcher saw, as changes of the model.
import assert from 'node:assert/strict'
import { renameSync, rmSync } from 'node:fs'
import { defaultSettings } from '../../src/core/settings.ts'
import { loadWorkspace } from '../../src/host/load-workspace.ts'
import { watchedChanges } from '../../src/host/watched-changes.ts'
import type { WorkspaceModel } from '../../src/host/workspace-model.ts'
import { fakeAnalyzer } from './fake-analyzer.ts'
import { removeTempFolders, tempFolder, writeFiles } from './temp-folder.ts'

describe('watchedChanges', () => {
  afterEach(removeTempFolders)

  let root = ''
  let model: WorkspaceModel
  beforeEach(async () => {
    root = tempFolder({
      ...{
        'src/a.ts': '',
        'src/db/b.ts': '',
        '.git/HEAD': '',
        '.gitignore': 'ignored/\n',
        'src/.gitignore': '*.gen.ts',
      },
      ...{ 'package.json': '{ "dependencies": { "realm": "1.0.0" } }', 'packages/x/package.json': '{}' },
    })
    model = (await loadWorkspace({ root, analyzer: fakeAnalyzer(), settings: defaultSettings })).model
  })

  const changed = async (...paths: string[]) => {
    const changes = await watchedChanges(
      model,
      paths.map(path => `${root}/${path}`),
      defaultSettings,
    )
    const after = changes && model.withChanges(changes)
    return after && [...after.files()].map(file => file.slice(root.length + 1)).sort()
  }

  it('says nothing of changed texts, foreign files and ignored ones', async () => {
    const files = ['src/a.ts', 'readme.md', 'ignored/c.ts', 'src/c.gen.ts', 'node_modules/p/package.json', 'dist/a.js']
    writeFiles(root, Object.fromEntries(files.map(file => [file, '{}'])))
    assert.equal(await changed(...files), undefined)
  })

  it('adds and removes files and folders', async () => {
    writeFiles(root, { 'src/c.ts': '' })
    assert.deepEqual(await changed('src/c.ts'), ['src/a.ts', 'src/c.ts', 'src/db/b.ts'])
    rmSync(`${root}/src/a.ts`)
    assert.deepEqual(await changed('src/a.ts'), ['src/db/b.ts'])
    renameSync(`${root}/src/db`, `${root}/src/store`)
    assert.deepEqual(await changed('src/db'), ['src/a.ts'])
    assert.deepEqual(await changed('src/db', 'src/store'), ['src/c.ts', 'src/store/b.ts'])
  })

  it('walks again when a .gitignore changes', async () => {
    writeFiles(root, { '.gitignore': 'src/db/\n' })
    assert.deepEqual(await changed('.gitignore'), ['src/a.ts'])
  })

  it('reads configs, and what is installed when packages change', async () => {
    const versions = async (path: string) => {
      const changes = await watchedChanges(model, [`${root}/${path}`], defaultSettings)
      return changes && model.withChanges(changes).project(`${root}/src/a.ts`).versions
    }
    writeFiles(root, { 'node_modules/realm/package.json': '{ "version": "1.0.7" }', 'package-lock.json': '{}' })
    assert.deepEqual(await versions('package-lock.json'), { realm: '1.0.7' })
    rmSync(`${root}/node_modules`, { recursive: true })
    writeFiles(root, { 'package.json': '{ "dependencies": { "realm": "^2.0.0" } }' })
    assert.deepEqual(await versions('package.json'), { realm: '2.0.0' })
    rmSync(`${root}/package.json`)
    assert.deepEqual(await versions('package.json'), {})
  })
})
