// textDocument/documentSymbol: the outline of schemas and migrations.
import type { Connection, DocumentSymbol, SymbolInformation } from 'vscode-languageserver/node'
import { documentSymbols, type DocumentSymbol as Outline } from '../../core/answers/document-symbols.ts'
import type { Lines } from '../../core/text/lines.ts'
import { catalogOf } from '../caret.ts'
import { runSafe } from '../run-safe.ts'
import { symbolKinds } from '../symbol-kinds.ts'
import { toRange } from '../to-lsp.ts'
import { toPath } from '../uri.ts'
import type { Workspace } from '../workspace.ts'

/** Answers with a tree, or with a list where the editor shows no trees. */
export function registerDocumentSymbol(connection: Connection, workspace: Workspace): void {
  const { client, log } = workspace
  connection.onDocumentSymbol(({ textDocument }, token) =>
    runSafe<DocumentSymbol[] | SymbolInformation[]>('textDocument/documentSymbol', log, token, [], async () => {
      const file = toPath(textDocument.uri)
      if (file === undefined) return []
      await workspace.ready(file, token)
      const folder = workspace.ownerOf(file)
      const lines = folder.view.lines(file)
      const outline = documentSymbols(catalogOf(folder), file)
      return client.symbolTrees
        ? outline.map(one => toSymbol(lines, one))
        : outline.flatMap(one => toList(lines, textDocument.uri, one))
    }),
  )
}

const toSymbol = (lines: Lines, { kind, name, detail, span, select, children }: Outline): DocumentSymbol => ({
  name,
  detail,
  kind: symbolKinds[kind],
  range: toRange(lines, span),
  selectionRange: toRange(lines, select),
  children: children.map(child => toSymbol(lines, child)),
})

const toList = (lines: Lines, uri: string, one: Outline, containerName?: string): SymbolInformation[] => [
  {
    name: one.name,
    kind: symbolKinds[one.kind],
    location: { uri, range: toRange(lines, one.span) },
    ...(containerName !== undefined && { containerName }),
  },
  ...one.children.flatMap(child => toList(lines, uri, child, one.name)),
]
