// "Generate Migration Test" as an editor asks for it, on an app with a release in git.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { type ScaffoldResult, serverCommands } from '../../../shared/requests.ts'
import { scaffoldCommands } from '../../../shared/scaffolds.ts'
import { type LspClient, uriOf } from '../../testkit/lsp-client.ts'
import { releasedApp } from '../../testkit/released-app.ts'
import { tempFolder } from '../host/temp-folder.ts'
import { endSession, start } from './session.ts'

const git = (cwd: string, ...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], { cwd })

const write = (root: string, files: Readonly<Record<string, string>>) => {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true })
    writeFileSync(path.join(root, name), text)
  }
}

const run = (client: LspClient): Promise<ScaffoldResult> =>
  client.request('workspace/executeCommand', {
    command: serverCommands.scaffold,
    arguments: [{ id: scaffoldCommands.generateMigrationTest, answers: {} }],
  })

/** The texts of the files that the editor was told to make, by path below the folder. */
const madeIn = ({ applied }: LspClient, root: string): Record<string, string> =>
  Object.fromEntries(
    (applied.at(-1)?.edit.documentChanges ?? []).flatMap(change =>
      'edits' in change && change.edits[0] && 'newText' in change.edits[0]
        ? [[change.textDocument.uri.slice(uriOf(root).length + 1), change.edits[0].newText]]
        : [],
    ),
  )

describe('the command for a test of migrations', () => {
  afterEach(endSession)

  it('writes it with the snapshot of the release, and nothing when it is run again', async () => {
    const root = tempFolder({
      'package.json': '{"dependencies":{"@nozbe/watermelondb":"0.28.0"},"devDependencies":{"@types/node":"22.0.0"}}',
      ...releasedApp.v2,
    })
    git(root, 'init', '--quiet')
    git(root, 'add', '.')
    git(root, 'commit', '--quiet', '--message', 'release')
    git(root, 'tag', 'v1.0.0')
    write(root, releasedApp.v3)
    const client = await start({ folders: [root] })
    const first = await run(client)
    assert.ok('ok' in first && first.ok, JSON.stringify(first))
    assert.equal(first.message, 'The migrations of "blog" have a test. It starts from version 2.')
    assert.equal(first.showUri, uriOf(`${root}/src/db/migrations.test.ts`))
    const made = madeIn(client, root)
    assert.deepEqual(Object.keys(made).sort(), [
      'offline-storage/blog/v2.json',
      'src/db/migrations.test.ts',
      'src/db/testing/replay-migrations.ts',
    ])
    assert.match(made['src/db/migrations.test.ts'] ?? '', /import \{ blogSchema \} from '\.\/schema'/)
    write(root, made)
    await client.notify('workspace/didChangeWatchedFiles', {
      changes: Object.keys(made).map(name => ({ uri: uriOf(`${root}/${name}`), type: 1 })),
    })
    const again = await run(client)
    assert.ok('ok' in again && again.ok, JSON.stringify(again))
    assert.equal(again.message, 'The migrations of "blog" have their test already. It starts from version 2.')
    assert.deepEqual(madeIn(client, root), {})
  })
})
