// textDocument/documentHighlight: the places in one file that name the same thing.
import { type Connection, DocumentHighlightKind } from 'vscode-languageserver/node'
import { highlightsAt } from '../../core/answers/highlight.ts'
import { caretOf } from '../caret.ts'
import { runSafe } from '../run-safe.ts'
import { toRange } from '../to-lsp.ts'
import type { Workspace } from '../workspace.ts'

/** Answers with a null where there is nothing to light up, so that the editor asks others. */
export function registerDocumentHighlight(connection: Connection, workspace: Workspace): void {
  connection.onDocumentHighlight((params, token) =>
    runSafe('textDocument/documentHighlight', workspace.log, token, null, async () => {
      const caret = await caretOf(workspace, params, token)
      const found = caret ? highlightsAt(caret.catalog, caret.file, caret.offset) : []
      if (!caret || found.length === 0) return null
      const lines = caret.view.lines(caret.file)
      return found.map(({ span, makes }) => ({
        range: toRange(lines, span),
        kind: makes ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
      }))
    }),
  )
}
