import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import type { DocumentDiagnosticReport, WorkspaceDiagnosticReport } from 'vscode-languageserver/node'
import { pulling, uriOf } from '../../testkit/lsp-client.ts'
import { appOnDisk, correct, endSession, hasCode, misspelled, none, settled, start } from './session.ts'

const unknownColumn = 'watermelondb/unknown-column'

describe('diagnostics that are pushed', () => {
  afterEach(endSession)

  it('come for files that nobody has opened, with page and related places', async () => {
    const root = appOnDisk({ models: { Post: misspelled } })
    const client = await start({ folders: [root] })
    const [diagnostic] = await client.diagnostics(`${root}/src/models/Post.ts`, hasCode(unknownColumn))
    assert.equal(diagnostic?.source, 'Offline Storage')
    assert.equal(diagnostic?.severity, 1)
    assert.deepEqual(diagnostic?.range.start, { line: 5, character: 9 })
    assert.match(diagnostic?.codeDescription?.href ?? '', /docs\/rules\/watermelondb\/unknown-column\.md$/)
    assert.equal(diagnostic?.relatedInformation?.[0]?.location.uri, uriOf(`${root}/src/db/schema.ts`))
    assert.equal(client.initialized.capabilities.diagnosticProvider, undefined)
  })

  it('follow single edits, and only files that changed are sent', async () => {
    const root = appOnDisk({ models: { Post: misspelled, Other: misspelled } })
    const file = `${root}/src/models/Post.ts`
    const client = await start({ folders: [root] })
    await client.open(file, readFileSync(file, 'utf8'))
    await client.diagnostics(file, hasCode(unknownColumn))
    await settled(client)
    const before = client.published.length
    await client.edit(file, 'titel', 'title')
    await client.diagnostics(file, none)
    await client.edit(file, "'title'", "'tilte'")
    await client.diagnostics(file, hasCode(unknownColumn))
    await settled(client)
    const sent = client.published.slice(before)
    assert.deepEqual(
      sent.map(({ uri, version }) => [uri, version]),
      [
        [uriOf(file), 2],
        [uriOf(file), 3],
      ],
    )
  })

  it('change in other files when a schema is edited', async () => {
    const root = appOnDisk({ models: { Post: misspelled } })
    const schema = `${root}/src/db/schema.ts`
    const client = await start({ folders: [root] })
    await client.diagnostics(`${root}/src/models/Post.ts`, hasCode(unknownColumn))
    await client.open(schema, readFileSync(schema, 'utf8'))
    await client.edit(schema, "'title'", "'titel'")
    await client.diagnostics(`${root}/src/models/Post.ts`, none)
  })

  it('are computed once for keys that arrive together', async () => {
    const root = appOnDisk({ models: { Post: misspelled } })
    const file = `${root}/src/models/Post.ts`
    const client = await start({ folders: [root] })
    await client.open(file, readFileSync(file, 'utf8'))
    await settled(client)
    const before = client.published.length
    const keys: Promise<string>[] = []
    for (let key = 0; key < 30; key++) {
      keys.push(client.edit(file, "('titel", "('title"), client.edit(file, "('title", "('titel"))
    }
    keys.push(client.edit(file, "('titel", "('title"))
    await Promise.all(keys)
    await client.diagnostics(file, none)
    await settled(client)
    const sent = client.published.slice(before)
    assert.deepEqual(sent.at(-1)?.diagnostics, [])
    assert.ok(sent.length < 15, `${sent.length} times for 61 keys`)
  })

  it('go when a file with unsaved changes is closed', async () => {
    const root = appOnDisk({ models: { Post: correct } })
    const file = `${root}/src/models/Post.ts`
    const client = await start({ folders: [root] })
    await client.open(file, readFileSync(file, 'utf8'))
    await client.edit(file, "'title'", "'titel'")
    await client.diagnostics(file, hasCode(unknownColumn))
    await client.close(file)
    await client.diagnostics(file, none)
  })

  it('come for a single file without a workspace folder', async () => {
    const root = appOnDisk({ version: 2 })
    const client = await start({ folders: [] })
    const schema = `${root}/src/db/schema.ts`
    const index = `${root}/src/db/index.ts`
    await client.open(index, readFileSync(index, 'utf8'))
    await client.open(schema, readFileSync(schema, 'utf8'))
    await client.diagnostics(index, hasCode('watermelondb/adapter-without-migrations'))
    await client.close(index)
    await client.diagnostics(index, none)
  })
})

describe('diagnostics that are pulled', () => {
  afterEach(endSession)

  const pull = (file: string, previousResultId?: string) => ({
    textDocument: { uri: uriOf(file) },
    ...(previousResultId && { previousResultId }),
  })

  it('answer for one document, unchanged where nothing changed, and are not pushed as well', async () => {
    const root = appOnDisk({ models: { Post: misspelled } })
    const file = `${root}/src/models/Post.ts`
    const client = await start({ folders: [root], capabilities: pulling })
    await client.open(file, readFileSync(file, 'utf8'))
    const first = await client.request<DocumentDiagnosticReport>('textDocument/diagnostic', pull(file))
    assert.equal(first.kind, 'full')
    assert.equal(first.kind === 'full' && first.items[0]?.code, unknownColumn)
    const second = await client.request<DocumentDiagnosticReport>('textDocument/diagnostic', pull(file, first.resultId))
    assert.deepEqual(second, { kind: 'unchanged', resultId: first.resultId })
    await client.edit(file, 'titel', 'title')
    const third = await client.request<DocumentDiagnosticReport>('textDocument/diagnostic', pull(file, first.resultId))
    assert.deepEqual(third.kind === 'full' && third.items, [])
    await settled(client)
    assert.deepEqual(client.published, [])
  })

  it('answer for the workspace, with what changed since', async () => {
    const root = appOnDisk({ models: { Post: misspelled, Other: misspelled } })
    const file = `${root}/src/models/Post.ts`
    const client = await start({ folders: [root], capabilities: pulling })
    const first = await client.request<WorkspaceDiagnosticReport>('workspace/diagnostic', { previousResultIds: [] })
    assert.deepEqual(first.items.map(item => [item.uri, item.kind]).sort(), [
      [uriOf(`${root}/src/models/Other.ts`), 'full'],
      [uriOf(file), 'full'],
    ])
    await client.open(file, readFileSync(file, 'utf8'))
    await client.edit(file, 'titel', 'title')
    const previousResultIds = first.items.map(({ uri, resultId }) => ({ uri, value: resultId }))
    const second = await client.request<WorkspaceDiagnosticReport>('workspace/diagnostic', { previousResultIds })
    assert.deepEqual(second.items.map(item => [item.uri, item.kind, item.version]).sort(), [
      [uriOf(`${root}/src/models/Other.ts`), 'unchanged', null],
      [uriOf(file), 'full', 2],
    ])
  })

  it('are asked for again when an edit changes them in another file', async () => {
    const root = appOnDisk({ models: { Post: misspelled } })
    const schema = `${root}/src/db/schema.ts`
    const client = await start({ folders: [root], capabilities: pulling })
    await client.open(schema, readFileSync(schema, 'utf8'))
    await client.seen('workspace/diagnostic/refresh')
    await settled(client)
    const again = client.nextSeen('workspace/diagnostic/refresh')
    await client.edit(schema, "'title'", "'titel'")
    await again
  })
})
