// The walk of a workspace, over folders the test makes.
import assert from 'node:assert/strict'
import { chmodSync, symlinkSync } from 'node:fs'
import { findFiles } from '../../src/host/find-files.ts'
import { removeTempFolders, tempFolder } from './temp-folder.ts'

describe('findFiles', () => {
  afterEach(removeTempFolders)

  const find = async (root: string, exclude: readonly string[] = []) => {
    const found = await findFiles(root, { exclude })
    const short = (paths: readonly string[]) => paths.map(path => path.slice(root.length + 1))
    return { sources: short(found.sources), configs: short(found.configs), snapshots: short(found.snapshots), found }
  }

  it('collects sources, configs and snapshots and leaves the rest', async () => {
    const root = tempFolder({
      ...{
        'src/a.ts': '',
        'src/b.tsx': '',
        'c.js': '',
        'd.jsx': '',
        'e.mjs': '',
        'f.cjs': '',
        'g.mts': '',
        'h.cts': '',
      },
      ...{
        'lib/kept.ts': '',
        'types.d.ts': '',
        'types.d.mts': '',
        'image.png.d.ts': '',
        'main.jsbundle': '',
        'readme.md': '',
      },
      ...{
        'vendor/x.min.js': '',
        'vendor/y.bundle.js': '',
        'node_modules/p/index.js': '',
        'node_modules/p/package.json': '',
      },
      ...{
        'dist/a.js': '',
        'ios/Pods/a.js': '',
        'android/app/build/a.js': '',
        '.expo/a.js': '',
        'coverage/a.js': '',
        '.next/a.js': '',
      },
      ...{
        'package.json': '',
        'apps/x/package.json': '',
        'tsconfig.json': '',
        'tsconfig.base.json': '',
        'jsconfig.json': '',
      },
      ...{
        'babel.config.js': '',
        '.babelrc': '',
        '.babelrc.json': '',
        'pnpm-workspace.yaml': '',
        'offline-storage.config.json': '',
      },
      ...{ 'offline-storage/app/v1.json': '', 'offline-storage/app/notes.json': '', 'app.json': '' },
    })
    const { sources, configs, snapshots } = await find(root)
    assert.deepEqual(sources, [
      'c.js',
      'd.jsx',
      'e.mjs',
      'f.cjs',
      'g.mts',
      'h.cts',
      'lib/kept.ts',
      'src/a.ts',
      'src/b.tsx',
    ])
    assert.deepEqual(configs, [
      ...[
        '.babelrc',
        '.babelrc.json',
        'apps/x/package.json',
        'babel.config.js',
        'jsconfig.json',
        'offline-storage.config.json',
      ],
      ...['package.json', 'pnpm-workspace.yaml', 'tsconfig.base.json', 'tsconfig.json'],
    ])
    assert.deepEqual(snapshots, ['offline-storage/app/v1.json'])
  })

  it('honours nested .gitignore files, negations and .git/info/exclude as git does', async () => {
    const root = tempFolder({
      '.git/HEAD': '',
      '.git/info/exclude': 'private/\n',
      '.gitignore': '*.gen.ts\n/generated/\nsub/again/\nweb/*\n!web/keep/\n',
      'sub/.gitignore': '!kept.gen.ts\nlocal.ts\n!again/\n',
      ...{ 'a.ts': '', 'a.gen.ts': '', 'generated/a.ts': '', 'deep/generated/a.ts': '', 'private/a.ts': '' },
      ...{ 'sub/kept.gen.ts': '', 'sub/other.gen.ts': '', 'sub/local.ts': '', 'local.ts': '', 'sub/again/in.ts': '' },
      ...{ 'web/a.ts': '', 'web/keep/a.ts': '' },
    })
    const { sources } = await find(root)
    assert.deepEqual(sources, [
      'a.ts',
      'deep/generated/a.ts',
      'local.ts',
      'sub/again/in.ts',
      'sub/kept.gen.ts',
      'web/keep/a.ts',
    ])
  })

  it('honours .gitignore files of the repository above the root, unless the root itself is ignored', async () => {
    const repository = tempFolder({
      '.git/HEAD': '',
      '.gitignore': '*.gen.ts\n/sandbox/\n',
      'apps/.gitignore': 'mobile/secret.ts',
      ...{ 'apps/mobile/a.ts': '', 'apps/mobile/a.gen.ts': '', 'apps/mobile/secret.ts': '', 'sandbox/a.ts': '' },
    })
    assert.deepEqual((await find(`${repository}/apps/mobile`)).sources, ['a.ts'])
    assert.deepEqual((await find(`${repository}/sandbox`)).sources, ['a.ts'])
  })

  it('leaves out what the setting excludes', async () => {
    const root = tempFolder({ 'a.ts': '', 'legacy/b.ts': '', 'src/legacy/c.ts': '', 'src/d.test.ts': '' })
    assert.deepEqual((await find(root, ['/legacy/', '*.test.ts'])).sources, ['a.ts', 'src/legacy/c.ts'])
  })

  it('does not follow links, so loops end, and tells where those within the workspace lead', async () => {
    const outside = tempFolder({ 'o.ts': '' })
    const root = tempFolder({ 'shared/a.ts': '', 'app/b.ts': '' })
    symlinkSync(root, `${root}/app/loop`)
    symlinkSync(`${root}/shared`, `${root}/app/shared`)
    symlinkSync(outside, `${root}/outside`)
    symlinkSync(`${root}/nothing`, `${root}/dangling`)
    const { sources, found } = await find(root)
    assert.deepEqual(sources, ['app/b.ts', 'shared/a.ts'])
    assert.deepEqual([...found.links], [[`${root}/app/shared`, `${root}/shared`]])
  })

  it('notes a folder that it cannot read, once', async function () {
    if (process.platform === 'win32' || process.getuid?.() === 0) this.skip()
    const root = tempFolder({ 'a.ts': '', 'locked/b.ts': '' })
    chmodSync(`${root}/locked`, 0)
    const { sources, found } = await find(root)
    chmodSync(`${root}/locked`, 0o700)
    assert.deepEqual(sources, ['a.ts'])
    assert.deepEqual(
      found.problems.map(problem => problem.file),
      [`${root}/locked`],
    )
  })

  it('notes a root that is not there', async () => {
    const root = tempFolder()
    const { found } = await find(`${root}/missing`)
    assert.deepEqual(
      found.problems.map(problem => problem.file),
      [`${root}/missing`],
    )
  })

  it('ends when it is aborted', async () => {
    const signal = AbortSignal.abort(new Error('enough'))
    await assert.rejects(findFiles(tempFolder({ 'a.ts': '' }), { exclude: [], signal }), /enough/)
  })
})
