// Hover, definitions, references, highlights and symbols, as an editor gets them.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import type {
  DocumentHighlight,
  DocumentSymbol,
  FoldingRange,
  Hover,
  Location,
  LocationLink,
  MarkupContent,
  SymbolInformation,
} from 'vscode-languageserver/node'
import { type LspClient, pushing, uriOf } from '../../testkit/lsp-client.ts'
import { appOnDisk, correct, endSession, start } from './session.ts'

const rich = {
  ...pushing,
  textDocument: {
    ...pushing.textDocument,
    hover: { contentFormat: ['markdown' as const, 'plaintext' as const] },
    definition: { linkSupport: true },
    typeDefinition: { linkSupport: true },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
  },
}

const app = () => appOnDisk({ models: { Post: correct } })
const textOf = (file: string) => readFileSync(file, 'utf8')

/** The parameters of a question about the first `word` of a file, asked at its second letter. */
function at(file: string, word: string, text = textOf(file)) {
  const before = text.slice(0, text.indexOf(word) + 1).split('\n')
  return { textDocument: { uri: uriOf(file) }, position: { line: before.length - 1, character: before.at(-1)!.length } }
}

/** The text of a range of a file. */
function textIn(file: string, { start, end }: Location['range']): string {
  const line = textOf(file).split('\n')[start.line] ?? ''
  return start.line === end.line ? line.slice(start.character, end.character) : line.slice(start.character)
}

const open = (client: LspClient, file: string) => client.open(file, textOf(file))

describe('navigation over the protocol', () => {
  afterEach(endSession)

  it('is promised', async () => {
    const { initialized } = await start({ folders: [app()] })
    const { capabilities } = initialized
    for (const promise of [
      'hoverProvider',
      'definitionProvider',
      'typeDefinitionProvider',
      'referencesProvider',
      'documentHighlightProvider',
      'documentSymbolProvider',
      'workspaceSymbolProvider',
      'codeLensProvider',
      'inlayHintProvider',
      'foldingRangeProvider',
    ] as const)
      assert.ok(capabilities[promise], promise)
  })

  it('hovers in Markdown with a link to the definition, or in plain text', async () => {
    const folder = app()
    const model = `${folder}/src/models/Post.ts`
    const editor = await start({ folders: [folder], capabilities: rich })
    await open(editor, model)
    const hover = await editor.request<Hover>('textDocument/hover', at(model, "title'"))
    assert.equal(textIn(model, hover.range!), 'title')
    const { kind, value } = hover.contents as MarkupContent
    assert.equal(kind, 'markdown')
    assert.ok(value.includes(`[\`schema.ts\`](${uriOf(`${folder}/src/db/schema.ts`)}#L9)`), value)

    const plain = await start({ folders: [folder] })
    await open(plain, model)
    const text = (await plain.request<Hover>('textDocument/hover', at(model, "title'"))).contents as MarkupContent
    assert.equal(text.kind, 'plaintext')
    assert.match(text.value, /^\{ name: 'title', type: 'string' \}\n\nWatermelonDB/)
    assert.equal(await plain.request('textDocument/hover', at(model, 'import')), null)
  })

  it('goes to definitions and back, with links where the editor has them', async () => {
    const folder = app()
    const model = `${folder}/src/models/Post.ts`
    const schema = `${folder}/src/db/schema.ts`
    const editor = await start({ folders: [folder], capabilities: rich })
    const [link] = await editor.request<LocationLink[]>('textDocument/definition', at(model, "title'"))
    assert.equal(link?.targetUri, uriOf(schema))
    assert.equal(textIn(schema, link.targetSelectionRange), 'title')
    assert.equal(textIn(schema, link.targetRange), "{ name: 'title', type: 'string' }")
    assert.equal(textIn(model, link.originSelectionRange!), 'title')
    const [back] = await editor.request<LocationLink[]>('textDocument/definition', at(schema, "title'"))
    assert.equal(back?.targetUri, uriOf(model))
    const [type] = await editor.request<LocationLink[]>('textDocument/typeDefinition', at(schema, "posts'"))
    assert.equal(textIn(model, type!.targetSelectionRange), 'Post')

    const plain = await start({ folders: [folder] })
    const [place] = await plain.request<Location[]>('textDocument/definition', at(model, "title'"))
    assert.equal(textIn(schema, place!.range), 'title')
    assert.equal(await plain.request('textDocument/definition', at(model, 'import')), null)
  })

  it('finds references in files that are not open, and takes in what was typed', async () => {
    const folder = app()
    const model = `${folder}/src/models/Post.ts`
    const schema = `${folder}/src/db/schema.ts`
    const client = await start({ folders: [folder] })
    const ask = (text?: string) =>
      client.request<Location[]>('textDocument/references', {
        ...at(schema, "title'", text),
        context: { includeDeclaration: false },
      })
    assert.deepEqual(
      (await ask()).map(({ uri, range }) => [uri, textIn(model, range)]),
      [
        [uriOf(model), 'title'],
        [uriOf(model), 'title'],
      ],
    )
    await open(client, schema)
    const text = await client.edit(schema, 'export const schema', '\n\nexport const schema')
    assert.equal((await ask(text)).length, 2)
    await open(client, model)
    await client.edit(model, "'title'", "'titel'")
    assert.deepEqual(await ask(text), [])
  })

  it('finds references whose names stand in files that no rule asked for', async () => {
    const files = {
      'src/db/types.ts': `import type { Database } from '@nozbe/watermelondb'
export type AppDatabase = Database & { readonly mark: true }
`,
      'src/names.ts': "export const named = 'posts'\n",
      'src/service.ts': `import type { AppDatabase } from './db/types'
import { named } from './names'
export const collectionOf = (db: AppDatabase) => db.get(named)
`,
    }
    const folder = appOnDisk({ models: { Post: correct }, files })
    const client = await start({ folders: [folder] })
    const found = await client.request<Location[]>('textDocument/references', {
      ...at(`${folder}/src/db/schema.ts`, "posts'"),
      context: { includeDeclaration: false },
    })
    assert.ok(
      found.some(({ uri }) => uri === uriOf(`${folder}/src/service.ts`)),
      JSON.stringify(found),
    )
  })

  it('lights up the names of a file', async () => {
    const folder = app()
    const schema = `${folder}/src/db/schema.ts`
    const client = await start({ folders: [folder] })
    const found = await client.request<DocumentHighlight[]>('textDocument/documentHighlight', at(schema, "posts'"))
    assert.deepEqual(
      found.map(({ range, kind }) => [textIn(schema, range), kind]),
      [['posts', 3]],
    )
    assert.equal(await client.request('textDocument/documentHighlight', at(schema, 'import')), null)
  })

  it('outlines as a tree, or as a list', async () => {
    const folder = app()
    const schema = `${folder}/src/db/schema.ts`
    const params = { textDocument: { uri: uriOf(schema) } }
    const editor = await start({ folders: [folder], capabilities: rich })
    const [table] = await editor.request<DocumentSymbol[]>('textDocument/documentSymbol', params)
    assert.equal(table?.name, 'posts')
    assert.deepEqual(
      table.children?.map(({ name, detail }) => [name, detail]),
      [['title', 'string']],
    )
    const plain = await start({ folders: [folder] })
    const list = await plain.request<SymbolInformation[]>('textDocument/documentSymbol', params)
    assert.deepEqual(
      list.map(({ name, containerName }) => [name, containerName]),
      [
        ['posts', undefined],
        ['title', 'posts'],
      ],
    )
  })

  it('finds symbols in all folders, the best first', async () => {
    const folders = [app(), appOnDisk({ schema: "tableSchema({ name: 'posters', columns: [] })," })]
    const client = await start({ folders })
    const found = await client.request<SymbolInformation[]>('workspace/symbol', { query: 'post' })
    assert.deepEqual(found.map(({ name }) => name).sort(), ['posters', 'posts'])
    const [exact] = await client.request<SymbolInformation[]>('workspace/symbol', { query: 'POSTERS' })
    assert.equal(exact?.location.uri, uriOf(`${folders[1]}/src/db/schema.ts`))
  })

  it('is silent about documents that are no files', async () => {
    const client = await start({ folders: [app()] })
    const position = { line: 0, character: 0 }
    const nowhere = { textDocument: { uri: 'untitled:Untitled-1' }, position, context: { includeDeclaration: true } }
    for (const [method, answer] of [
      ['textDocument/hover', null],
      ['textDocument/definition', null],
      ['textDocument/references', []],
      ['textDocument/documentSymbol', []],
      ['textDocument/codeLens', []],
    ] as const)
      assert.deepEqual(await client.request(method, nowhere), answer, method)
  })

  it('folds tables, down to the line of the closing bracket', async () => {
    const folder = app()
    const schema = `${folder}/src/db/schema.ts`
    const editor = await start({ folders: [folder] })
    await open(editor, schema)
    const ranges = await editor.request<FoldingRange[]>('textDocument/foldingRange', {
      textDocument: { uri: uriOf(schema) },
    })
    const lines = textOf(schema).split('\n')
    assert.deepEqual(
      ranges.map(({ startLine, endLine }) => [lines[startLine]?.trim(), lines[endLine + 1]?.trim()]),
      [['tableSchema({', '}),']],
    )
  })
})
