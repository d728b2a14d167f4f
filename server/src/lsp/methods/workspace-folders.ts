// workspace/didChangeWorkspaceFolders: folders come and go.
import type { Connection } from 'vscode-languageserver/node'
import { runQuietly } from '../run-safe.ts'
import { toPath } from '../uri.ts'
import type { Workspace } from '../workspace.ts'

/** Follows folders that are added to the workspace or removed from it. */
export function registerWorkspaceFolders(connection: Connection, workspace: Workspace): void {
  connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) =>
    runQuietly('didChangeWorkspaceFolders', workspace.log, () => {
      const paths = (folders: typeof added) => folders.flatMap(folder => toPath(folder.uri) ?? [])
      workspace.changeFolders(paths(added), paths(removed))
    }),
  )
}
