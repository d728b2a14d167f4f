// Our settings as the editor has them.
import type { Connection } from 'vscode-languageserver/node'

/** What all our settings begin with. */
export const section = 'offlineStorage'

/** The settings of a folder as the editor has them; undefined where it does not say. */
export const pullConfiguration = (connection: Connection, scopeUri: string | undefined): Promise<unknown> =>
  connection.workspace.getConfiguration({ section, ...(scopeUri !== undefined && { scopeUri }) })
