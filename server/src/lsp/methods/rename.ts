// textDocument/rename: another name for a thing of a store, with the migration that keeps its data.
import type { Connection, RenameParams, WorkspaceEdit } from 'vscode-languageserver/node'
import { filesToRename, type Renamed, renameAt } from '../../core/answers/rename.ts'
import { type Caret, caretOf } from '../caret.ts'
import { runSafe } from '../run-safe.ts'
import { toWorkspaceEdit } from '../to-lsp.ts'
import type { Workspace } from '../workspace.ts'
import { refused } from './prepare-rename.ts'

/** Answers when the whole workspace has been read, so that no use of the old name is left over. */
export function registerRename(connection: Connection, workspace: Workspace): void {
  connection.onRenameRequest((params, token) =>
    runSafe<WorkspaceEdit | null>('textDocument/rename', workspace.log, token, null, async () => {
      const caret = await caretOf(workspace, params, token, 'workspace')
      if (!caret) return null
      const folder = workspace.ownerOf(caret.file)
      // No version guards a closed file, so its text must be the one on disk.
      await folder.reread(filesToRename(caret.catalog, caret.file, caret.offset))
      let renamed = renamedAt(workspace, caret, params)
      if (!renamed) return null
      if (await folder.reread(renamed.edits.map(edit => edit.file)))
        renamed = renamedAt(workspace, caret, params) ?? renamed
      const { edits, note } = renamed
      const edit = toWorkspaceEdit(folder.view, workspace.client, edits, note && { ...note, needsConfirmation: true })
      if (!edit) throw refused('This editor cannot create the file that the migration needs.')
      return edit
    }),
  )
}

function renamedAt(workspace: Workspace, caret: Caret, { newName }: RenameParams): Renamed | undefined {
  const { catalog, file, offset, view } = caret
  const { analyzer } = workspace.ownerOf(file)
  const renamed = analyzer.settled(() =>
    renameAt(catalog, file, offset, newName, ({ store }) => ({
      renames: analyzer.renames(store),
      context: view,
      hasError: one => analyzer.facts(one)?.error !== undefined,
    })),
  )
  if (renamed && 'problem' in renamed) throw refused(renamed.problem)
  return renamed
}
