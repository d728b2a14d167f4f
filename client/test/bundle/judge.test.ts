// SQLite beside the bundled server: it judges what is typed, and where it cannot be had everything else goes on.
import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { ShowMessageParams } from 'vscode-languageserver/node'
import { endSession, start } from '../../../server/test/lsp/session.ts'

const dist = path.join(import.meta.dirname, '../../../dist/server')

const code = `import * as SQLite from 'expo-sqlite'

const db = SQLite.openDatabaseSync('app.db')

export async function load() {
  await db.execAsync('CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TEXT)')
  await db.runAsync('DELETE FROM tasks; VACUUM')
  return db.getAllAsync('SELECT titel FROM tasks')
}
`

describe('SQLite beside the bundled server', () => {
  let folder: string

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'offline-storage-judge-'))
  })
  afterEach(async () => {
    await endSession()
    rmSync(folder, { recursive: true, force: true })
  })

  const open = async (server: string) => {
    const client = await start({ folders: [folder], command: [path.join(server, 'server.cjs'), '--stdio'] })
    const file = path.join(folder, 'tasks.ts')
    await client.open(file, code)
    return { client, file }
  }

  it('refuses a column that is not there', async () => {
    const { client, file } = await open(dist)
    const found = await client.diagnostics(file, all => all.length === 2)
    assert.deepEqual(
      found.map(one => one.code),
      ['sqlite/dropped-statements', 'sqlite/rejected-statement'],
    )
  })

  it('is missed once where it cannot be had, and all other rules go on', async () => {
    const server = path.join(folder, 'node_modules', 'server')
    cpSync(dist, server, { recursive: true, filter: source => !/sqlite3\.wasm$|\.map$/.test(source) })
    const { client, file } = await open(server)
    const { message } = await client.seen<ShowMessageParams>('window/showMessage')
    assert.match(message, /SQL cannot be checked by SQLite.*silent until the server is restarted/s)
    const found = await client.diagnostics(file, all => all.length > 0)
    assert.deepEqual(
      found.map(one => one.code),
      ['sqlite/dropped-statements'],
    )
  })
})
