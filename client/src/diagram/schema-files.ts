// Knows which files define a schema, so that their editors have a button that shows the diagram.
import { commands, Disposable, Uri, window } from 'vscode'
import { ExecuteCommandRequest } from 'vscode-languageclient/node'
import { type StoreSummary, serverCommands } from '../../../shared/requests.ts'
import { type StorageClient, section } from '../start-client.ts'
import type { Statuses } from '../statuses.ts'

/** Keeps the context key `offlineStorage.schemaFiles`, by which package.json shows the button. */
export function watchSchemaFiles(client: StorageClient, { onStatus }: Statuses): Disposable {
  let seen = ''
  const ask = async () => {
    if (!client.isRunning()) return
    const stores: readonly StoreSummary[] = await client.sendRequest(ExecuteCommandRequest.type, {
      command: serverCommands.stores,
      arguments: [{}],
    })
    const files = stores.flatMap(({ schemaUri }) =>
      schemaUri === undefined ? [] : [Uri.parse(schemaUri, true).fsPath],
    )
    await commands.executeCommand('setContext', `${section}.schemaFiles`, files)
  }
  const look = () => void ask().catch(error => client.error('The schema files are not known.', error, false))
  return Disposable.from(
    onStatus(({ state, stores }) => {
      const now = `${state} ${stores}`
      if (now === seen) return
      seen = now
      if (state === 'ready') look()
    }),
    // A schema may have moved into another file meanwhile, which the numbers do not tell.
    window.onDidChangeActiveTextEditor(look),
  )
}
