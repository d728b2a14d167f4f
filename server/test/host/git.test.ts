// What git is asked, in repositories the test makes.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { commitOf, gitRoot, listFiles, newestReleaseTag, readFiles } from '../../src/host/git.ts'
import { gitIn } from './git-in.ts'
import { removeTempFolders, tempFolder, writeFiles } from './temp-folder.ts'

describe('git', () => {
  afterEach(removeTempFolders)

  it('gives nothing where there is no repository, no commit or no such revision', async () => {
    const folder = tempFolder({ 'a.ts': '' })
    assert.equal(await gitRoot(folder), undefined)
    assert.equal(await gitRoot(`${folder}/missing`), undefined)
    assert.equal(await newestReleaseTag(folder), undefined)
    assert.equal(await commitOf(folder, 'HEAD'), undefined)
    assert.equal(await listFiles(folder, 'HEAD'), undefined)
    assert.equal((await readFiles(folder, [{ path: 'a', id: 'a'.repeat(40) }])).size, 0)
    gitIn(folder, 'init', '-q')
    assert.equal(await gitRoot(folder), folder)
    assert.equal(await commitOf(folder, 'HEAD'), undefined)
    assert.equal(await newestReleaseTag(folder), undefined)
  })

  it('refuses what could be read as an option or a path', async () => {
    const folder = tempFolder({ 'a.ts': '' })
    gitIn(folder, 'init', '-q')
    gitIn(folder, 'add', '.')
    gitIn(folder, 'commit', '-qm', 'one')
    for (const revision of ['--all', '-h', 'HEAD:a.ts', 'HEAD HEAD', 'HEAD..HEAD', ''])
      assert.equal(await commitOf(folder, revision), undefined, revision)
    assert.equal(await listFiles(folder, '--help'), undefined)
    assert.match((await commitOf(folder, 'HEAD~0')) ?? '', /^[0-9a-f]{40}$/)
  })

  it('picks the newest release that HEAD contains', async () => {
    const folder = tempFolder({ 'a.ts': '' })
    gitIn(folder, 'init', '-q', '-b', 'main')
    let day = 1
    const commit = (...tags: string[]) => {
      const date = `2024-01-${String(day++).padStart(2, '0')}T00:00:00Z`
      const env = { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date }
      gitIn(folder, { env }, 'commit', '-q', '--allow-empty', '-m', 'x')
      for (const tag of tags) gitIn(folder, { env }, 'tag', tag)
    }
    commit('nightly', 'docs-fix')
    assert.equal(await newestReleaseTag(folder), undefined)
    commit('v2.0.0-beta.1')
    assert.equal(await newestReleaseTag(folder), 'v2.0.0-beta.1')
    commit('v1.9.0', 'v1.10.0')
    assert.equal(await newestReleaseTag(folder), 'v1.10.0')
    commit('v2.0.0-rc.1', '2.0.0rc2', 'latest')
    assert.equal(await newestReleaseTag(folder), 'v1.10.0')
    commit('app2@2.0.0')
    assert.equal(await newestReleaseTag(folder), 'app2@2.0.0')
    commit('release-2024-03')
    assert.equal(await newestReleaseTag(folder), 'release-2024-03')
    commit('2.1.0(45)')
    assert.equal(await newestReleaseTag(folder), '2.1.0(45)')
    gitIn(folder, 'checkout', '-q', '-b', 'side')
    commit('v3.0.0')
    gitIn(folder, 'checkout', '-q', 'main')
    assert.equal(await newestReleaseTag(folder), '2.1.0(45)')
  })

  it('lists and reads an old tree below a folder, whatever names and contents are', async () => {
    const large = `${'x'.repeat(300_000)}\n`
    const folder = tempFolder({
      ...{
        'top.ts': 'top',
        'app/a b.ts': 'export {}\n',
        'app/é\n"q".ts': 'ü',
        'app/empty.ts': '',
        'app/large.ts': large,
      },
      ...{ 'app/binary.ts': Uint8Array.of(0, 1), 'app/last.ts': 'last' },
    })
    gitIn(folder, 'init', '-q')
    gitIn(folder, 'add', '.')
    gitIn(folder, 'commit', '-qm', 'one')
    gitIn(folder, 'tag', 'v1.0.0')
    writeFiles(folder, { 'app/a b.ts': 'changed', 'app/new.ts': '' })
    gitIn(folder, 'add', '.')
    gitIn(folder, 'commit', '-qm', 'two')
    const files = (await listFiles(`${folder}/app`, 'v1.0.0')) ?? []
    assert.deepEqual(
      files.map(file => file.path).sort(),
      ['a b.ts', 'binary.ts', 'empty.ts', 'large.ts', 'last.ts', 'é\n"q".ts'].sort(),
    )
    const missing = { path: 'gone.ts', id: '0'.repeat(40) }
    const texts = await readFiles(`${folder}/app`, [missing, ...files])
    assert.deepEqual(Object.fromEntries(texts), {
      'a b.ts': 'export {}\n',
      'empty.ts': '',
      'large.ts': large,
      'last.ts': 'last',
      'é\n"q".ts': 'ü',
    })
  })

  it('runs no program that the repository names', async () => {
    const folder = tempFolder({ 'a.ts': '' })
    gitIn(folder, 'init', '-q')
    gitIn(folder, 'add', '.')
    gitIn(folder, 'commit', '-qm', 'one')
    const trap = `touch ${folder}/trapped; false`
    for (const key of ['core.fsmonitor', 'core.sshCommand', 'core.pager', 'diff.external', 'filter.x.smudge'])
      execFileSync('git', ['-C', folder, 'config', key, trap])
    writeFiles(folder, { '.gitattributes': '* filter=x' })
    const files = await listFiles(folder, 'HEAD')
    assert.equal((await readFiles(folder, files ?? [])).size, 1)
    await newestReleaseTag(folder)
    assert.equal((await import('node:fs')).existsSync(`${folder}/trapped`), false)
  })
})
