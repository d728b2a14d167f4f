// What is shipped: the bundled server starts without the parser, and loads it with the first file that needs it.
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import {
  createProtocolConnection,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  type ProtocolConnection,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node'

const root = path.join(import.meta.dirname, '../../..')

describe('the bundled server', () => {
  let server: ChildProcess
  let connection: ProtocolConnection
  /** Every module that the process loads, as Node tells it. */
  let loaded = ''

  beforeEach(() => {
    loaded = ''
    server = spawn(process.execPath, ['dist/server/server.cjs', '--stdio'], {
      cwd: root,
      env: { ...process.env, NODE_DEBUG: 'module' },
    })
    assert.ok(server.stdout && server.stdin && server.stderr)
    server.stderr.on('data', data => {
      loaded += data
    })
    connection = createProtocolConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin))
    connection.listen()
  })

  afterEach(async () => {
    const exited = once(server, 'exit')
    await connection.sendRequest(ShutdownRequest.type)
    await connection.sendNotification(ExitNotification.type)
    await exited
    connection.dispose()
  })

  it('answers before it has loaded the parser', async () => {
    const { serverInfo } = await initialize()
    assert.equal(serverInfo?.name, 'Offline Storage')
    assert.match(loaded, /server\.cjs/)
    assert.doesNotMatch(loaded, /typescript\.cjs/)
  })

  it('leaves the parser alone for files without storage code, and loads it for a schema', async () => {
    await initialize()
    await read('plain.ts', 'export const answer = 42\n')
    assert.doesNotMatch(loaded, /typescript\.cjs/)
    await read(
      'schema.ts',
      `import { appSchema } from '@nozbe/watermelondb'\nexport default appSchema({ version: 1, tables: [] })\n`,
    )
    assert.match(loaded, /typescript\.cjs/)
  })

  async function initialize() {
    const capabilities = { textDocument: { diagnostic: {} } }
    const result = await connection.sendRequest(InitializeRequest.type, {
      processId: null,
      rootUri: null,
      capabilities,
    })
    await connection.sendNotification(InitializedNotification.type, {})
    return result
  }

  /** Opens a document and waits until the server has judged it. */
  async function read(name: string, text: string): Promise<void> {
    const uri = `file:///app/${name}`
    const textDocument = { uri, languageId: 'typescript', version: 1, text }
    await connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument })
    await connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri } })
  }
})
