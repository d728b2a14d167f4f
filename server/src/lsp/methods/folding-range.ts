// textDocument/foldingRange: tables and migrations can be folded.
import type { Connection, FoldingRange } from 'vscode-languageserver/node'
import { foldings } from '../../core/answers/folding.ts'
import { catalogOf } from '../caret.ts'
import { runSafe } from '../run-safe.ts'
import { toRange } from '../to-lsp.ts'
import { toPath } from '../uri.ts'
import type { Workspace } from '../workspace.ts'

/** Answers with whole lines, the last of which stays in sight, as it holds the closing bracket. */
export function registerFoldingRange(connection: Connection, workspace: Workspace): void {
  connection.onFoldingRanges(({ textDocument }, token) =>
    runSafe<FoldingRange[]>('textDocument/foldingRange', workspace.log, token, [], async () => {
      const file = toPath(textDocument.uri)
      if (file === undefined) return []
      await workspace.ready(file, token)
      const folder = workspace.ownerOf(file)
      const lines = folder.view.lines(file)
      return foldings(catalogOf(folder), file)
        .map(span => toRange(lines, span))
        .filter(({ start, end }) => end.line - start.line > 1)
        .map(({ start, end }) => ({ startLine: start.line, endLine: end.line - 1 }))
    }),
  )
}
