// Files of SQL that code imports: found, judged and followed on disk.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { sqliteApp } from '../../src/core/engines/sqlite/example-app.ts'
import { uriOf } from '../../testkit/lsp-client.ts'
import { tempFolder } from '../host/temp-folder.ts'
import { endSession, hasCode, none, start } from './session.ts'

describe('files of SQL', () => {
  afterEach(endSession)

  it('have findings of their own, which follow the file on disk and the editor', async () => {
    const root = tempFolder({
      ...sqliteApp({ files: { 'src/query.sql': 'SELECT titel FROM tasks\n' } }),
      'src/all.ts':
        "import { db } from './db'\nimport query from './query.sql'\n\nexport const all = () => db.getAllAsync(query)\n",
      'package.json': JSON.stringify({ name: 'app', dependencies: { 'expo-sqlite': '57.0.3' } }),
    })
    const file = `${root}/src/query.sql`
    const server = new URL('../../src/server.ts', import.meta.url)
    const client = await start({ folders: [root], server })
    const found = await client.diagnostics(file, hasCode('sqlite/rejected-statement'))
    assert.deepEqual(found[0]?.range, { start: { line: 0, character: 7 }, end: { line: 0, character: 12 } })
    writeFileSync(file, 'SELECT title FROM tasks\n')
    await client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: uriOf(file), type: 2 }] })
    await client.diagnostics(file, none)
    await client.open(file, 'SELECT title FROM task\n')
    await client.diagnostics(file, hasCode('sqlite/rejected-statement'))
    await client.edit(file, 'task', 'tasks')
    await client.diagnostics(file, none)
  })
})
