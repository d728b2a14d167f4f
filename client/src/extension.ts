// The extension's door: VS Code calls these two functions, everything else is in the files beside it.
import type { ExtensionContext } from 'vscode'
import { registerCommands } from './commands.ts'
import { registerDiagram } from './diagram/register-diagram.ts'
import { registerShowReferences } from './show-references.ts'
import { createClient, restartClient, type StorageClient } from './start-client.ts'
import { showStatus } from './status-bar.ts'
import { listenToStatus } from './statuses.ts'
import { restartWhenTrusted } from './trust.ts'

let client: StorageClient | undefined

/** Starts the language server and offers the palette commands. Does not throw when the server fails: the person may restart it. */
export async function activate(context: ExtensionContext): Promise<void> {
  client = createClient(context)
  const statuses = listenToStatus(client)
  context.subscriptions.push(
    registerCommands(client),
    registerShowReferences(client),
    statuses,
    showStatus(client, statuses),
    restartWhenTrusted(client),
    registerDiagram(client, statuses, context),
  )
  await restartClient(client)
}

/** Stops the server; VS Code waits for the promise when it closes. */
export async function deactivate(): Promise<void> {
  if (client?.needsStop()) await client.stop()
}
