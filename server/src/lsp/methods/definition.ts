// textDocument/definition and textDocument/typeDefinition: where a name is defined, and the code that stands for it.
import type { Connection, Definition, DefinitionLink } from 'vscode-languageserver/node'
import { definitionAt, type Leads, typeDefinitionAt } from '../../core/answers/definition.ts'
import { type Caret, caretOf } from '../caret.ts'
import { runSafe } from '../run-safe.ts'
import { toLocation, toRange } from '../to-lsp.ts'
import type { Workspace } from '../workspace.ts'

/** Answers both; with the construct around each target where the editor understands links. */
export function registerDefinition(connection: Connection, workspace: Workspace): void {
  const { client, log } = workspace
  connection.onDefinition((params, token) =>
    runSafe('textDocument/definition', log, token, null, async () => {
      const caret = await caretOf(workspace, params, token, 'workspace')
      const leads = caret && definitionAt(caret.catalog, caret.file, caret.offset)
      return leads ? answer(caret, leads, client.definitionLinks) : null
    }),
  )
  connection.onTypeDefinition((params, token) =>
    runSafe('textDocument/typeDefinition', log, token, null, async () => {
      const caret = await caretOf(workspace, params, token, 'workspace')
      const leads = caret && typeDefinitionAt(caret.catalog, caret.file, caret.offset)
      return leads ? answer(caret, leads, client.typeDefinitionLinks) : null
    }),
  )
}

function answer({ view, file }: Caret, { origin, targets }: Leads, asLinks: boolean): Definition | DefinitionLink[] {
  if (!asLinks) return targets.map(({ at }) => toLocation(view, at))
  return targets.map(({ at, whole }) => ({
    originSelectionRange: toRange(view.lines(file), origin),
    targetUri: view.uri(at.file),
    targetRange: toRange(view.lines(at.file), whole.span),
    targetSelectionRange: toRange(view.lines(at.file), at.span),
  }))
}
