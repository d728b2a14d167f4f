// textDocument/references: every place that names a thing of a store.
import type { Connection } from 'vscode-languageserver/node'
import { referencesAt } from '../../core/answers/references.ts'
import { caretOf } from '../caret.ts'
import { runSafe } from '../run-safe.ts'
import { toLocation } from '../to-lsp.ts'
import type { Workspace } from '../workspace.ts'

/** Answers when the whole workspace has been read, so that none is missing. */
export function registerReferences(connection: Connection, workspace: Workspace): void {
  connection.onReferences((params, token) =>
    runSafe('textDocument/references', workspace.log, token, [], async () => {
      const caret = await caretOf(workspace, params, token, 'workspace')
      if (!caret) return []
      const places = referencesAt(caret.catalog, caret.file, caret.offset, params.context.includeDeclaration)
      return places.map(place => toLocation(caret.view, place))
    }),
  )
}
