// Hover, definitions, references, symbols, lenses, hints and completion in a real editor. TypeScript answers as well, so
// each test looks for our answer among all of them.
import assert from 'node:assert/strict'
import {
  type CodeLens,
  CompletionItemKind,
  type CompletionList,
  ConfigurationTarget,
  commands,
  type DocumentSymbol,
  type Hover,
  type InlayHint,
  type Location,
  type LocationLink,
  type MarkdownString,
  type Position,
  type SymbolInformation,
  type TextDocument,
  window,
  workspace,
} from 'vscode'
import { everything, fileUri, open, restoreWorkspace, section, whenRules } from './support.ts'

const schemaFile = 'src/db/schema.ts'
const noteFile = 'src/models/Note.ts'
const notebookFile = 'src/models/Notebook.ts'
const queryFile = 'src/screens/search-notes.ts'

/** One letter behind the beginning of the first `word` of a document. */
function inside(document: TextDocument, word: string): Position {
  const offset = document.getText().indexOf(word)
  assert.ok(offset >= 0, `${word} is not in ${document.fileName}`)
  return document.positionAt(offset + 1)
}

/** Asks a built-in command about a place. */
const ask = <Answer>(command: string, document: TextDocument, ...more: unknown[]) =>
  commands.executeCommand<Answer>(`vscode.${command}`, document.uri, ...more)

const textAt = async (found: Location | LocationLink): Promise<string> => {
  const [uri, range] =
    'targetUri' in found ? [found.targetUri, found.targetSelectionRange ?? found.targetRange] : [found.uri, found.range]
  const document = await workspace.openTextDocument(uri)
  return `${workspace.asRelativePath(uri)} ${document.getText(range)}`
}

describe('answers', () => {
  beforeEach(async () => {
    await open(notebookFile)
    await whenRules(notebookFile, rules => rules.includes('watermelondb/unknown-column'))
  })
  afterEach(restoreWorkspace)

  it('show what a column is', async () => {
    const note = await open(noteFile)
    const hovers = await ask<Hover[]>('executeHoverProvider', note, inside(note, "title')"))
    const texts = hovers.flatMap(hover => hover.contents.map(one => (one as MarkdownString).value))
    const own = texts.find(text => text.includes('WatermelonDB'))
    assert.ok(own, texts.join('\n---\n'))
    assert.match(own, /column `notes\.title`: string/)
    assert.match(own, /\[`schema\.ts`\]\(file:.*schema\.ts#L\d+\)/)
  })

  it('go from a model to the schema, and back', async () => {
    const note = await open(noteFile)
    const there = await ask<(Location | LocationLink)[]>('executeDefinitionProvider', note, inside(note, "is_pinned')"))
    assert.deepEqual(await Promise.all(there.map(textAt)), [`${schemaFile} is_pinned`])
    const schema = await open(schemaFile)
    const back = await ask<(Location | LocationLink)[]>(
      'executeDefinitionProvider',
      schema,
      inside(schema, "is_pinned'"),
    )
    assert.deepEqual(await Promise.all(back.map(textAt)), [`${noteFile} isPinned`])
    const type = await ask<(Location | LocationLink)[]>(
      'executeTypeDefinitionProvider',
      schema,
      inside(schema, "notes'"),
    )
    assert.deepEqual(await Promise.all(type.map(textAt)), [`${noteFile} Note`])
  })

  it('find every use of a column', async () => {
    const schema = await open(schemaFile)
    const found = await ask<Location[]>('executeReferenceProvider', schema, inside(schema, "title'"))
    const texts = await Promise.all(found.map(textAt))
    for (const one of [`${schemaFile} title`, `${noteFile} title`, `${queryFile} title`])
      assert.ok(texts.includes(one), `${one} is not among ${texts.join(', ')}`)
  })

  it('outline the schema', async () => {
    const schema = await open(schemaFile)
    const symbols = await ask<DocumentSymbol[]>('executeDocumentSymbolProvider', schema)
    const tags = symbols.find(({ name }) => name === 'tags')
    assert.deepEqual(
      tags?.children.map(({ name, detail }) => `${name}: ${detail}`),
      ['note_id: string · indexed', 'name: string · indexed'],
    )
  })

  it('find tables and columns by their names', async () => {
    const symbols = await commands.executeCommand<SymbolInformation[]>(
      'vscode.executeWorkspaceSymbolProvider',
      'remind_at',
    )
    assert.ok(symbols.some(({ name, containerName }) => name === 'remind_at' && containerName === 'notes'))
  })

  it('stand above tables and models, and lead there', async () => {
    const schema = await open(schemaFile)
    const above = await ask<CodeLens[]>('executeCodeLensProvider', schema, 100)
    const titles = above.map(({ command }) => command?.title)
    assert.ok(
      titles.some(title => title?.startsWith('1 model · ')),
      titles.join(),
    )

    const note = await open(noteFile)
    const lenses = await ask<CodeLens[]>('executeCodeLensProvider', note, 100)
    const command = lenses.find(lens => lens.command?.title === 'table notes · 7 columns')?.command
    assert.ok(command, lenses.map(lens => lens.command?.title).join())
    await commands.executeCommand(command.command, ...(command.arguments ?? []))
    assert.equal(window.activeTextEditor?.document.uri.toString(), fileUri(schemaFile).toString())
  })

  it('write types beside properties when the setting says so', async () => {
    const settings = () => workspace.getConfiguration(section, fileUri(noteFile))
    const note = await open(noteFile)
    const labels = async () =>
      (await ask<InlayHint[]>('executeInlayHintProvider', note, everything(note))).map(({ label }) => label)
    assert.ok(!(await labels()).includes(': boolean'))
    await settings().update('inlayHints.enabled', true, ConfigurationTarget.Workspace)
    await commands.executeCommand(`${section}.checkWorkspace`)
    assert.ok((await labels()).includes(': boolean'), (await labels()).join())
    await settings().update('inlayHints.enabled', undefined, ConfigurationTarget.Workspace)
  })

  it('complete the name of a column', async () => {
    const notebook = await open(notebookFile)
    const list = await ask<CompletionList>('executeCompletionItemProvider', notebook, inside(notebook, "colour')"))
    // Editors offer words of the text by themselves; those are no fields.
    const fields = list.items.filter(({ kind }) => kind === CompletionItemKind.Field)
    const labels = fields.map(({ label }) => (typeof label === 'string' ? label : label.label))
    assert.ok(labels.includes('color'), labels.join())
  })
})
