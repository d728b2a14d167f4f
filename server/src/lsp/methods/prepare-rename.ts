// textDocument/prepareRename: what a rename would be about.
import { type Connection, LSPErrorCodes, ResponseError } from 'vscode-languageserver/node'
import { prepareRename } from '../../core/answers/rename.ts'
import { caretOf } from '../caret.ts'
import { runSafe } from '../run-safe.ts'
import { toRange } from '../to-lsp.ts'
import type { Workspace } from '../workspace.ts'

/** Answers null on what is not ours, so that the language's own rename takes it; an error says why not. */
export function registerPrepareRename(connection: Connection, workspace: Workspace): void {
  connection.onPrepareRename((params, token) =>
    runSafe('textDocument/prepareRename', workspace.log, token, null, async () => {
      const caret = await caretOf(workspace, params, token)
      const prepared = caret && prepareRename(caret.catalog, caret.file, caret.offset)
      if (!prepared) return null
      if ('problem' in prepared) throw refused(prepared.problem)
      return { range: toRange(caret.view.lines(caret.file), prepared.span), placeholder: prepared.name }
    }),
  )
}

/** The answer where nothing is renamed, with the reason that people are shown. */
export const refused = (problem: string): ResponseError<void> => new ResponseError(LSPErrorCodes.RequestFailed, problem)
