// textDocument/inlayHint: words beside the code.
import { type Connection, type InlayHint, InlayHintKind } from 'vscode-languageserver/node'
import { inlayHints } from '../../core/answers/inlay-hints.ts'
import { catalogOf } from '../caret.ts'
import { toSpan } from '../from-lsp.ts'
import { runSafe } from '../run-safe.ts'
import { toPath } from '../uri.ts'
import type { Workspace } from '../workspace.ts'

/** Answers where the settings ask for hints. */
export function registerInlayHint(connection: Connection, workspace: Workspace): void {
  connection.languages.inlayHint.on(({ textDocument, range }, token) =>
    runSafe<InlayHint[]>('textDocument/inlayHint', workspace.log, token, [], async () => {
      const file = toPath(textDocument.uri)
      if (file === undefined) return []
      await workspace.ready(file, token)
      workspace.refresher.shown('hints')
      const folder = workspace.ownerOf(file)
      if (!folder.settings().inlayHints.enabled) return []
      const lines = folder.view.lines(file)
      return inlayHints(catalogOf(folder), file, toSpan(lines, range)).map(({ offset, label }) => {
        const { line, column } = lines.at(offset)
        return { position: { line, character: column }, label, kind: InlayHintKind.Type }
      })
    }),
  )
}
