// workspace/didChangeConfiguration: settings take hold without a restart.
import { type Connection, DidChangeConfigurationNotification } from 'vscode-languageserver/node'
import { section } from '../pull-configuration.ts'
import { runQuietly } from '../run-safe.ts'
import type { Workspace } from '../workspace.ts'

/** Follows changes of settings. Editors that cannot be asked send the settings along. */
export function registerConfiguration(connection: Connection, workspace: Workspace): void {
  connection.onDidChangeConfiguration(({ settings }) =>
    runQuietly('didChangeConfiguration', workspace.log, () => workspace.settingsChanged(sectionOf(settings))),
  )
}

/** Asks to be told of changes of our section. */
export async function watchConfiguration(connection: Connection): Promise<void> {
  await connection.client.register(DidChangeConfigurationNotification.type, { section })
}

function sectionOf(settings: unknown): unknown {
  return typeof settings === 'object' && settings !== null && section in settings
    ? (settings as Record<string, unknown>)[section]
    : undefined
}
