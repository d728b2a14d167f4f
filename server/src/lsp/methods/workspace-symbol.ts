// workspace/symbol: tables, columns and migrations of all stores by a few letters of their names.
import type { Connection } from 'vscode-languageserver/node'
import { mostSymbols, workspaceSymbols } from '../../core/answers/workspace-symbols.ts'
import { catalogOf } from '../caret.ts'
import { runSafe } from '../run-safe.ts'
import { symbolKinds } from '../symbol-kinds.ts'
import { toLocation } from '../to-lsp.ts'
import type { Workspace } from '../workspace.ts'

/** Answers with the best of all folders. */
export function registerWorkspaceSymbol(connection: Connection, workspace: Workspace): void {
  connection.onWorkspaceSymbol(({ query }, token) =>
    runSafe('workspace/symbol', workspace.log, token, [], async () => {
      await workspace.loaded(token)
      return workspace
        .folders()
        .flatMap(folder => workspaceSymbols(catalogOf(folder), query).map(symbol => ({ symbol, view: folder.view })))
        .sort((a, b) => a.symbol.rank - b.symbol.rank)
        .slice(0, mostSymbols)
        .map(({ symbol: { kind, name, container, at }, view }) => ({
          name,
          kind: symbolKinds[kind],
          containerName: container,
          location: toLocation(view, at),
        }))
    }),
  )
}
