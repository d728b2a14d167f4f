// Renames over the protocol: what is asked first, edits with versions, a note about migrations, and refusals.
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import {
  type AnnotatedTextEdit,
  type ClientCapabilities,
  LSPErrorCodes,
  type Range,
  type TextDocumentEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver/node'
import { type LspClient, pushing, uriOf } from '../../testkit/lsp-client.ts'
import { applied, appOnDisk, correct, endSession, settled, start } from './session.ts'

const able: ClientCapabilities = {
  ...pushing,
  workspace: {
    ...pushing.workspace,
    workspaceEdit: { ...pushing.workspace?.workspaceEdit, changeAnnotationSupport: { groupsOnLabel: true } },
  },
  textDocument: { ...pushing.textDocument, rename: { prepareSupport: true } },
}

const app = () => appOnDisk({ models: { Post: correct } })
const textOf = (file: string) => readFileSync(file, 'utf8')

/** The parameters of a question about the first `word` of a file, asked at its second letter. */
function at(file: string, word: string, text = textOf(file)) {
  const before = text.slice(0, text.indexOf(word) + 1).split('\n')
  return { textDocument: { uri: uriOf(file) }, position: { line: before.length - 1, character: before.at(-1)!.length } }
}

const rename = (client: LspClient, params: ReturnType<typeof at>, newName: string) =>
  client.request<WorkspaceEdit>('textDocument/rename', { ...params, newName })

const editsOf = ({ documentChanges = [] }: WorkspaceEdit, file: string): TextDocumentEdit[] =>
  documentChanges.filter(
    (one): one is TextDocumentEdit => 'textDocument' in one && one.textDocument.uri === uriOf(file),
  )

describe('rename over the protocol', () => {
  afterEach(endSession)

  it('is promised with its preparation to those who ask for it', async () => {
    const folder = app()
    const first = await start({ folders: [folder], capabilities: able })
    assert.deepEqual(first.initialized.capabilities.renameProvider, { prepareProvider: true })
    const second = await start({ folders: [folder] })
    assert.equal(second.initialized.capabilities.renameProvider, true)
  })

  it('tells what would be renamed, leaves the rest to others, and says why not', async () => {
    const folder = app()
    const model = `${folder}/src/models/Post.ts`
    const client = await start({ folders: [folder], capabilities: able })
    await client.open(model, textOf(model))
    const prepare = (word: string, text?: string) =>
      client.request<{ range: Range; placeholder: string } | null>('textDocument/prepareRename', at(model, word, text))
    const { range, placeholder } = (await prepare("title'"))!
    assert.equal(placeholder, 'title')
    assert.equal(
      textOf(model).split('\n')[range.start.line]?.slice(range.start.character, range.end.character),
      'title',
    )
    assert.equal(await prepare('title!'), null)
    assert.equal(await prepare('import'), null)
    const text = await client.edit(model, "'title'", "'titel'")
    await assert.rejects(prepare("titel'", text), {
      code: LSPErrorCodes.RequestFailed,
      message: 'The schema defines no column "titel" in "posts".',
    })
    assert.equal(
      await client.request('textDocument/prepareRename', {
        textDocument: { uri: 'untitled:Untitled-1' },
        position: { line: 0, character: 0 },
      }),
      null,
    )
  })

  it('edits open documents in their version, closed files, and new ones, with a note', async () => {
    const folder = app()
    const model = `${folder}/src/models/Post.ts`
    const client = await start({ folders: [folder], capabilities: able })
    await client.open(model, textOf(model))
    const text = await client.edit(model, 'export class', '\nexport class')
    const edit = await rename(client, at(model, "title'", text), 'headline')
    const [inModel] = editsOf(edit, model)
    assert.equal(inModel?.textDocument.version, 2)
    assert.equal(applied(text, inModel.edits), text.replace("'title'", "'headline'"))
    const schema = `${folder}/src/db/schema.ts`
    const [inSchema] = editsOf(edit, schema)
    assert.equal(inSchema?.textDocument.version, null)
    assert.equal(
      applied(textOf(schema), inSchema.edits),
      textOf(schema).replace("'title'", "'headline'").replace('version: 1', 'version: 2'),
    )
    const [create] = edit.documentChanges!
    assert.ok(create && 'kind' in create && create.kind === 'create', JSON.stringify(create))
    assert.equal(create.uri, uriOf(`${folder}/src/db/migrations.ts`))

    const [[id, note], ...others] = Object.entries(edit.changeAnnotations ?? {}) as [[string, object]]
    assert.deepEqual(others, [])
    assert.deepEqual(note, {
      label: 'Rename column "title" to "headline" with a migration',
      description: 'The column may have been released. A migration to version 2 keeps the data.',
      needsConfirmation: true,
    })
    for (const change of edit.documentChanges!)
      for (const one of 'edits' in change ? change.edits : [change])
        assert.equal((one as AnnotatedTextEdit).annotationId, id)
  })

  it('gives plain edits where notes are not known, from closed files as they are on disk', async () => {
    const folder = appOnDisk({ version: 2, migrations: '{ toVersion: 2, steps: [] },', models: { Post: correct } })
    const schema = `${folder}/src/db/schema.ts`
    const client = await start({
      folders: [folder],
      capabilities: { textDocument: { publishDiagnostics: {} } },
    })
    await settled(client)
    const model = `${folder}/src/models/Post.ts`
    writeFileSync(model, `\n${textOf(model)}`)
    const { changes, documentChanges } = await rename(client, at(schema, "title'"), 'headline')
    assert.equal(applied(textOf(model), changes![uriOf(model)]!), textOf(model).replace("'title'", "'headline'"))
    assert.equal(documentChanges, undefined)
    assert.deepEqual(
      Object.keys(changes!).sort(),
      ['src/db/migrations.ts', 'src/db/schema.ts', 'src/models/Post.ts'].map(file => uriOf(`${folder}/${file}`)),
    )
    const none = app()
    const poor = await start({ folders: [none], capabilities: { textDocument: { publishDiagnostics: {} } } })
    await assert.rejects(rename(poor, at(`${none}/src/db/schema.ts`, "title'"), 'headline'), /cannot create the file/)
  })

  it('refuses with a reason', async () => {
    const folder = app()
    const model = `${folder}/src/models/Post.ts`
    const client = await start({ folders: [folder], capabilities: able })
    await assert.rejects(rename(client, at(model, "title'"), 'rowid'), {
      code: LSPErrorCodes.RequestFailed,
      message: 'WatermelonDB refuses the name "rowid" (SQLite uses it).',
    })
    assert.equal(await rename(client, at(model, 'import'), 'other'), null)
    await client.open(`${folder}/src/more.ts`, "import '@nozbe/watermelondb'\nconst a = { title: (")
    await assert.rejects(rename(client, at(model, "title'"), 'headline'), /more\.ts has a syntax error/)
  })

  it('needs no migration for what the release lacks', async () => {
    const folder = app()
    const schema = `${folder}/src/db/schema.ts`
    const client = await start({ folders: [folder], capabilities: able })
    await client.request('workspace/executeCommand', { command: 'offlineStorage.server.takeSnapshot', arguments: [{}] })
    await client.open(schema, textOf(schema))
    const text = await client.edit(
      schema,
      "{ name: 'title', type: 'string' },",
      "{ name: 'title', type: 'string' }, { name: 'body', type: 'string' },",
    )
    const edit = await rename(client, at(schema, "body'", text), 'content')
    assert.equal(edit.changeAnnotations, undefined)
    assert.equal(applied(text, editsOf(edit, schema)[0]!.edits), text.replace("'body'", "'content'"))
    const released = await rename(client, at(schema, "title'", text), 'headline').catch(error => error.message)
    assert.equal(released, '"posts" has what no migration adds yet. Create that migration first.')
  })
})
