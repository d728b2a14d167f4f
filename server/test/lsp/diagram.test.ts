// The diagram over the protocol: the picture, the entity under the cursor, exports, and who is told of changes.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import type { Position } from 'vscode-languageserver/node'
import {
  type DiagramView,
  diagramChangedNotification,
  diagramEntityRequest,
  diagramExportRequest,
  diagramRequest,
} from '../../../shared/diagram.ts'
import { type LspClient, uriOf } from '../../testkit/lsp-client.ts'
import { tempFolder } from '../host/temp-folder.ts'
import { appOnDisk, correct, endSession, misspelled, settled, start } from './session.ts'

const draw = (client: LspClient, params = {}) => client.request<DiagramView>(diagramRequest, params)
const named = (view: DiagramView, name: string) => view.entities.find(entity => entity.name === name)
const entityAt = (client: LspClient, file: string, word: string) =>
  client.request<string | null>(diagramEntityRequest, { uri: uriOf(file), position: placeOf(file, word) })

function placeOf(file: string, word: string): Position {
  const before = readFileSync(file, 'utf8').split(word)[0]!.split('\n')
  return { line: before.length - 1, character: before.at(-1)!.length + 1 }
}

describe('the diagram over the protocol', () => {
  afterEach(endSession)

  it('has the tables with their columns, places and problems', async () => {
    const folder = appOnDisk({ models: { Post: misspelled } })
    const view = await draw(await start({ folders: [folder] }))
    const posts = named(view, 'posts')
    const title = posts?.fields.find(field => field.name === 'title')
    assert.equal(title?.type, 'string')
    assert.equal(posts?.at?.uri, uriOf(`${folder}/src/db/schema.ts`))
    assert.deepEqual(title.at?.start.line, placeOf(`${folder}/src/db/schema.ts`, "'title'").line)
    const [finding] = posts.findings
    assert.equal(finding?.rule, 'watermelondb/unknown-column')
    assert.equal(finding.at.uri, uriOf(`${folder}/src/models/Post.ts`))
  })

  it('says why there is nothing to see', async () => {
    const folder = tempFolder({ 'src/index.ts': 'export const one = 1\n' })
    const view = await draw(await start({ folders: [folder] }))
    assert.equal(view.entities.length, 0)
    assert.equal(view.notes.length, 1)
  })

  it('names the folder of a store where several folders have stores', async () => {
    const folders = [appOnDisk({}), appOnDisk({})]
    const { stores } = await draw(await start({ folders }))
    assert.equal(stores.length, 2)
    assert.equal(new Set(stores.map(({ id }) => id)).size, 2)
    for (const { id } of stores) assert.ok(folders.some(folder => id.startsWith(`${folder.split('/').at(-1)}/`)))
  })

  it('knows the entity of a name, of a definition and of a model', async () => {
    const folder = appOnDisk({ models: { Post: correct } })
    const client = await start({ folders: [folder] })
    const posts = named(await draw(client), 'posts')?.id
    const [schema, model] = [`${folder}/src/db/schema.ts`, `${folder}/src/models/Post.ts`]
    assert.equal(await entityAt(client, schema, "'posts'"), posts)
    assert.equal(await entityAt(client, schema, "'title'"), posts)
    assert.equal(await entityAt(client, model, "'posts'"), posts)
    assert.equal(await entityAt(client, model, 'title!'), posts)
    assert.equal(await entityAt(client, model, 'import'), null)
  })

  it('is written in each form', async () => {
    const client = await start({ folders: [appOnDisk({})] })
    const write = (format: string) => client.request<string>(diagramExportRequest, { format })
    assert.match(await write('svg'), /^<svg[\s\S]*posts[\s\S]*<\/svg>\s*$/)
    assert.match(await write('mermaid'), /erDiagram[\s\S]*posts/)
    assert.match(await write('dbml'), /Table[\s\S]*posts/)
    assert.ok(JSON.parse(await write('json')))
  })

  it('tells of a change once, and only who has asked', async () => {
    const folder = appOnDisk({})
    const file = `${folder}/src/db/schema.ts`
    const client = await start({ folders: [folder] })
    const told: unknown[] = []
    client.connection.onNotification(diagramChangedNotification, () => void told.push(1))
    await client.open(file, readFileSync(file, 'utf8'))
    await client.edit(file, "'title'", "'titles'")
    await settled(client)
    assert.equal(told.length, 0)
    await draw(client)
    await client.edit(file, "'titles'", "'headline'")
    await settled(client)
    await client.edit(file, "'headline'", "'heading'")
    await settled(client)
    assert.equal(told.length, 1)
    const names = named(await draw(client), 'posts')?.fields.map(field => field.name)
    assert.ok(names?.includes('heading'))
  })
})
