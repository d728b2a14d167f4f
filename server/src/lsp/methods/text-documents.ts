// textDocument/didOpen, didChange and didClose: what the editor holds wins over what is on disk.
import type { Connection } from 'vscode-languageserver/node'
import { runQuietly } from '../run-safe.ts'
import type { Workspace } from '../workspace.ts'

/** Answers the notifications about open documents. */
export function registerTextDocuments(connection: Connection, workspace: Workspace): void {
  const { documents, log } = workspace
  const follow = (name: string, take: () => string | undefined) =>
    runQuietly(name, log, () => {
      const file = take()
      if (file !== undefined) workspace.edited(file)
    })
  connection.onDidOpenTextDocument(params => follow('didOpen', () => documents.open(params)))
  connection.onDidChangeTextDocument(params => follow('didChange', () => documents.change(params)))
  connection.onDidCloseTextDocument(params => follow('didClose', () => documents.close(params)))
}
