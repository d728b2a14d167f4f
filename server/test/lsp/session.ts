// Small apps on disk, and editors that look at them, for the tests of the protocol.
import type { CodeAction, Diagnostic, TextDocumentEdit } from 'vscode-languageserver/node'
import { type ExampleApp, exampleApp } from '../../src/core/engines/watermelondb/example-app.ts'
import { type ClientOptions, type LspClient, startClient, uriOf } from '../../testkit/lsp-client.ts'
import { removeTempFolders, tempFolder } from '../host/temp-folder.ts'

const testServer = new URL('../../testkit/test-server.ts', import.meta.url)
const clients: LspClient[] = []

/** A model of the table `posts` whose column is misspelled: one error, at the string. */
export const misspelled = `
static table = 'posts'
@field('titel') title!: string
`
/** The same without the error. */
export const correct = misspelled.replace('titel', 'title')

/** Writes an app into a new folder and gives the folder. */
export const appOnDisk = (app: ExampleApp, prefix = ''): string =>
  tempFolder(Object.fromEntries(Object.entries(exampleApp(app)).map(([path, text]) => [prefix + path, text])))

/** Starts an editor; it is stopped after the test. */
export async function start(options: ClientOptions): Promise<LspClient> {
  const client = await startClient({ server: testServer, ...options })
  clients.push(client)
  return client
}

/** Stops the editors of a test and removes its folders. To be called after each test. */
export async function endSession(): Promise<void> {
  for (const client of clients.splice(0)) await client.stop()
  removeTempFolders()
}

/** Waits until the server has read and answered everything so far. */
export const settled = (client: LspClient): Promise<unknown> =>
  client.request('workspace/executeCommand', { command: 'offlineStorage.server.checkWorkspace', arguments: [{}] })

export const hasCode =
  (...codes: readonly string[]) =>
  (diagnostics: readonly Diagnostic[]): boolean =>
    JSON.stringify(diagnostics.map(one => one.code)) === JSON.stringify(codes)

export const none = (diagnostics: readonly Diagnostic[]): boolean => diagnostics.length === 0

/** The actions offered at the first place of `word` in `text`, the open text of `file`. */
export function actionsAt(client: LspClient, file: string, text: string, word: string, only?: string[]) {
  const before = text.slice(0, text.indexOf(word)).split('\n')
  const place = { line: before.length - 1, character: before.at(-1)!.length }
  return client.request<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri: uriOf(file) },
    range: { start: place, end: place },
    context: { diagnostics: [], ...(only && { only }) },
  })
}

/** The edit that resolving an action gives. */
export const resolved = (client: LspClient, action: CodeAction | undefined): Promise<CodeAction> =>
  client.request<CodeAction>('codeAction/resolve', action)

/** The text edits of an action, in the order given. */
export const textEdits = (action: CodeAction): TextDocumentEdit[] =>
  (action.edit?.documentChanges ?? []).filter((change): change is TextDocumentEdit => 'textDocument' in change)

/** `text` after the edits, which must not overlap. */
export function applied(text: string, edits: TextDocumentEdit['edits']): string {
  const lines = text.split('\n')
  const offset = (place: { line: number; character: number }) =>
    lines.slice(0, place.line).reduce((sum, line) => sum + line.length + 1, 0) + place.character
  const ordered = edits
    .map(edit => ({ edit, start: offset(edit.range.start), end: offset(edit.range.end) }))
    .sort((a, b) => b.start - a.start)
  for (const { edit, start, end } of ordered)
    text = text.slice(0, start) + ('newText' in edit ? edit.newText : '') + text.slice(end)
  return text
}
