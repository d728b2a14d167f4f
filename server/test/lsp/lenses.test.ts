// Lenses and hints: computed when seen, refreshed when they may be old, on and off by a setting.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import type { CodeLens, InlayHint, Location } from 'vscode-languageserver/node'
import { clientCommands } from '../../../shared/requests.ts'
import { type LspClient, pushing, uriOf } from '../../testkit/lsp-client.ts'
import { appOnDisk, correct, endSession, settled, start } from './session.ts'

const capabilities = {
  ...pushing,
  workspace: { ...pushing.workspace, codeLens: { refreshSupport: true }, inlayHint: { refreshSupport: true } },
}
const initializationOptions = { showsReferences: true }

const app = () => appOnDisk({ models: { Post: correct } })
const lenses = (client: LspClient, file: string) =>
  client.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri: uriOf(file) } })
const hints = (client: LspClient, file: string) =>
  client.request<InlayHint[]>('textDocument/inlayHint', {
    textDocument: { uri: uriOf(file) },
    range: { start: { line: 0, character: 0 }, end: { line: 999, character: 0 } },
  })
const resolved = async (client: LspClient, file: string) => {
  const [lens] = await lenses(client, file)
  return client.request<CodeLens>('codeLens/resolve', lens)
}

describe('lenses and hints over the protocol', () => {
  afterEach(endSession)

  it('says what a lens says when it is seen, and leads to the places', async () => {
    const folder = app()
    const schema = `${folder}/src/db/schema.ts`
    const client = await start({ folders: [folder], capabilities, initializationOptions })
    const [lens] = await lenses(client, schema)
    assert.equal(lens?.command, undefined)
    const { command } = await client.request<CodeLens>('codeLens/resolve', lens)
    assert.equal(command?.title, '1 model')
    assert.equal(command.command, clientCommands.showReferences)
    const [uri, position, places] = command.arguments as [string, Location['range']['start'], Location[]]
    assert.equal(uri, uriOf(schema))
    assert.deepEqual(position, lens?.range.start)
    assert.deepEqual(
      places.map(place => place.uri),
      [uriOf(`${folder}/src/models/Post.ts`), uriOf(`${folder}/src/models/Post.ts`)],
    )
  })

  it('leads nowhere in an editor without the command', async () => {
    const folder = app()
    const client = await start({ folders: [folder] })
    const { command } = await resolved(client, `${folder}/src/db/schema.ts`)
    assert.deepEqual(command, { title: '1 model', command: '' })
  })

  it('asks the editor to ask again after an edit elsewhere', async () => {
    const folder = app()
    const schema = `${folder}/src/db/schema.ts`
    const model = `${folder}/src/models/Post.ts`
    const client = await start({ folders: [folder], capabilities, initializationOptions })
    await client.open(model, readFileSync(model, 'utf8'))
    await settled(client)
    assert.equal((await resolved(client, schema)).command?.title, '1 model')
    const refreshed = client.nextSeen('workspace/codeLens/refresh')
    await client.edit(model, "static table = 'posts'", "static table = 'others'")
    await refreshed
    assert.equal((await resolved(client, schema)).command?.title, 'not used')
  })

  it('shows hints only when the setting says so, from then on', async () => {
    const folder = app()
    const model = `${folder}/src/models/Post.ts`
    let enabled = false
    const client = await start({
      folders: [folder],
      capabilities,
      settings: () => ({ inlayHints: { enabled } }),
    })
    await settled(client)
    assert.deepEqual(await hints(client, model), [])
    const refreshed = client.nextSeen('workspace/inlayHint/refresh')
    enabled = true
    await client.notify('workspace/didChangeConfiguration', { settings: null })
    await refreshed
    assert.deepEqual(
      (await hints(client, model)).map(({ label }) => label),
      [': string'],
    )
  })

  it('shows no lens when the setting says so, from then on', async () => {
    const folder = app()
    const schema = `${folder}/src/db/schema.ts`
    let enabled = true
    const client = await start({ folders: [folder], capabilities, settings: () => ({ codeLens: { enabled } }) })
    await settled(client)
    assert.equal((await lenses(client, schema)).length, 1)
    const refreshed = client.nextSeen('workspace/codeLens/refresh')
    enabled = false
    await client.notify('workspace/didChangeConfiguration', { settings: null })
    await refreshed
    assert.deepEqual(await lenses(client, schema), [])
  })
})
