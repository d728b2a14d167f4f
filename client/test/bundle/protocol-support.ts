// What an editor does with the answers of the bundled server, for the tests of the protocol.
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import type { WorkspaceEdit } from 'vscode-languageserver/node'
import { applied } from '../../../server/test/lsp/session.ts'
import { type LspClient, uriOf } from '../../../server/testkit/lsp-client.ts'

/** Runs a command of the server. */
export const execute = <Answer>(client: LspClient, name: string, args: object = {}): Promise<Answer> =>
  client.request('workspace/executeCommand', { command: `offlineStorage.server.${name}`, arguments: [args] })

/** Tells the server that a file was created (1), changed (2) or deleted (3). */
export const changed = (client: LspClient, type: 1 | 2 | 3, file: string): Promise<void> =>
  client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: uriOf(file), type }] })

/** Codes of the diagnostics last pushed, by path in `root`; files without any are left out. */
export function latest(client: LspClient, root: string): Record<string, unknown[]> {
  const last = new Map(client.published.map(({ uri, diagnostics }) => [decodeURIComponent(uri), diagnostics]))
  const found = [...last].filter(([, diagnostics]) => diagnostics.length > 0)
  return Object.fromEntries(
    found
      .map(([uri, diagnostics]) => [uri.slice(uriOf(root).length + 1), diagnostics.map(one => one.code)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )
}

/** Makes an edit as an editor does: open documents are edited, others written to disk. Gives the new texts by file. */
export async function carryOut(
  client: LspClient,
  edit: WorkspaceEdit | undefined,
  openTexts: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const after: Record<string, string> = {}
  const byUri = new Map(Object.keys(openTexts).map(file => [uriOf(file), file]))
  for (const change of edit?.documentChanges ?? []) {
    if (!('textDocument' in change)) {
      assert.ok(change.kind === 'create')
      writeFileSync(pathOf(change.uri), '', { flag: 'wx' })
      continue
    }
    const { uri } = change.textDocument
    const file = byUri.get(uri) ?? pathOf(uri)
    const isOpen = openTexts[file] !== undefined
    const before = openTexts[file] ?? readFileSync(file, 'utf8')
    const text = applied(before, change.edits)
    after[file] = text
    if (isOpen) await client.edit(file, before, text)
    else {
      const isNew = before === ''
      writeFileSync(file, text)
      await changed(client, isNew ? 1 : 2, file)
    }
  }
  return after
}

const pathOf = (uri: string): string => decodeURIComponent(new URL(uri).pathname)

/** The text of a range. */
export function slice(text: string, { start, end }: { start: Place; end: Place }): string {
  const lines = text.split('\n')
  const offset = ({ line, character }: Place) =>
    lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0) + character
  return text.slice(offset(start), offset(end))
}

interface Place {
  readonly line: number
  readonly character: number
}
