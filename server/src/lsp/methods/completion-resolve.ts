// completionItem/resolve: what is told of a completion that a person looks at, and what it brings when it is chosen.
import type { CompletionItem, Connection } from 'vscode-languageserver/node'
import { type CompletionData, withDocumentation, withImports } from '../completion-data.ts'
import { runSafe } from '../run-safe.ts'
import type { Workspace } from '../workspace.ts'

/** Adds documentation and imports, from the texts as they are now. */
export function registerCompletionResolve(connection: Connection, workspace: Workspace): void {
  connection.onCompletionResolve((item, token) =>
    runSafe<CompletionItem>('completionItem/resolve', workspace.log, token, item, async () => {
      const data = item.data as CompletionData | undefined
      if (!data) return item
      await workspace.ready(data.file, token)
      const told = withDocumentation(workspace, item, data)
      return workspace.client.completion.resolvesEdits ? withImports(workspace.ownerOf(data.file), told, data) : told
    }),
  )
}
