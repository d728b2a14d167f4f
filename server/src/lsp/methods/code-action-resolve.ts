// codeAction/resolve: the edits of the action that a person chose.
import type { CodeAction, Connection } from 'vscode-languageserver/node'
import { type ActionData, freshEditOf } from '../actions.ts'
import { outdated, runSafe } from '../run-safe.ts'
import type { Workspace } from '../workspace.ts'

/** Computes edits late: from the texts as they are now, and refuses when what was offered is gone. */
export function registerCodeActionResolve(connection: Connection, workspace: Workspace): void {
  connection.onCodeActionResolve((action, token) =>
    runSafe<CodeAction>('codeAction/resolve', workspace.log, token, action, async () => {
      const data = action.data as ActionData | undefined
      if (action.edit || !data) return action
      await workspace.ready(data.file, token)
      const edit = await freshEditOf(workspace, data)
      if (!edit) throw outdated()
      return { ...action, edit }
    }),
  )
}
