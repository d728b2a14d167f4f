// The extension's door: VS Code calls these two functions, everything else is in the files beside it.
import type { ExtensionContext } from 'vscode'
import { registerCommands } from './commands.ts'
import { createClient, restartClient, type StorageClient } from './start-client.ts'
import { showStatus } from './status-bar.ts'
import { restartWhenTrusted } from './trust.ts'

let client: StorageClient | undefined

/** Starts the language server and offers the palette commands. Does not throw when the server fails: the person may restart it. */
export async function activate(context: ExtensionContext): Promise<void> {
  client = createClient(context)
  context.subscriptions.push(registerCommands(client), showStatus(client), restartWhenTrusted(client))
  await restartClient(client)
}

/** Stops the server; VS Code waits for the promise when it closes. */
export async function deactivate(): Promise<void> {
  if (client?.needsStop()) await client.stop()
}
