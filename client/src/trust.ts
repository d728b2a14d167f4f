// Workspace trust: a server started in an untrusted workspace obeys nothing of it; trust is told by a restart.
import { type Disposable, workspace } from 'vscode'
import { restartClient, type StorageClient } from './start-client.ts'

/** Restarts the server when the person grants trust; its initialization options are computed anew then. */
export function restartWhenTrusted(client: StorageClient): Disposable {
  return workspace.onDidGrantWorkspaceTrust(() => restartClient(client))
}
