// Lets the server run one of its commands.
import { window } from 'vscode'
import { ExecuteCommandRequest } from 'vscode-languageclient/node'
import { serverCommands } from '../../shared/requests.ts'
import type { StorageClient } from './start-client.ts'

/** The server's answer; undefined, with a message, when it does not run or refuses. */
export async function askServer<Answer>(
  client: StorageClient,
  name: keyof typeof serverCommands,
  args: unknown,
): Promise<Answer | undefined> {
  // A server that is just starting is waited for by the request.
  if (client.needsStart()) {
    void window.showWarningMessage('The Offline Storage server is not running. "Restart Server" starts it.')
    return undefined
  }
  try {
    const answer: Answer = await client.sendRequest(ExecuteCommandRequest.type, {
      command: serverCommands[name],
      arguments: [args],
    })
    return answer
  } catch (error) {
    client.error(`${serverCommands[name]} failed.`, error, true)
    return undefined
  }
}
