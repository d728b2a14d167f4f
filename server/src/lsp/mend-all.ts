// All safe fixes of a file or of all workspace folders at once.
import type { WorkspaceEdit } from 'vscode-languageserver/node'
import { mend } from '../core/mend.ts'
import type { Edit } from '../core/text/edit.ts'
import type { Folder } from './folder.ts'
import { mendEdits } from './mend-edits.ts'
import { toWorkspaceEdit } from './to-lsp.ts'
import type { Workspace } from './workspace.ts'

/** What to mend: one file, or with `workspace` everything; one rule, or all of them. */
export interface MendScope {
  readonly scope: 'file' | 'workspace'
  readonly file?: string
  readonly rule?: string
}

/** What is to be mended in one folder. */
export interface MendedFolder {
  readonly folder: Folder
  readonly edits: readonly Edit[]
  readonly fixes: number
}

/** The safe fixes of every folder concerned, from the texts as they were analysed. Folders with nothing to mend are left out. */
export function mendAll(workspace: Workspace, { scope, file, rule }: MendScope): readonly MendedFolder[] {
  const folders = scope === 'file' && file !== undefined ? [workspace.ownerOf(file)] : workspace.folders()
  const taken = new Set<string>()
  return folders.flatMap(folder => {
    const mended = mend(folder.analyzer, {
      context: folder.view,
      files: scope === 'file' && file !== undefined ? [file] : folder.files(),
      ...(rule !== undefined && { rules: new Set([rule]) }),
    })
    // A folder within another one may share files with it; one edit of a file at a time is all that an editor can make.
    const edits = mendEdits(mended)
    if (mended.fixes === 0 || edits.some(edit => taken.has(edit.file))) return []
    for (const edit of edits) taken.add(edit.file)
    return [{ folder, edits, fixes: mended.fixes }]
  })
}

/** The same, after the texts of closed files that would be edited have been compared with the disk. */
export async function mendAllFresh(workspace: Workspace, scope: MendScope): Promise<readonly MendedFolder[]> {
  const mended = mendAll(workspace, scope)
  const differ = await Promise.all(mended.map(({ folder, edits }) => folder.reread(edits.map(edit => edit.file))))
  return differ.includes(true) ? mendAll(workspace, scope) : mended
}

/** What was mended as one edit; undefined when there is nothing, or when the editor cannot make it. */
export function editOfAll(workspace: Workspace, mended: readonly MendedFolder[]): WorkspaceEdit | undefined {
  const edits: WorkspaceEdit[] = []
  for (const { folder, edits: own } of mended) {
    const edit = toWorkspaceEdit(folder.view, workspace.client, own)
    if (!edit) return undefined
    edits.push(edit)
  }
  if (edits.length === 0) return undefined
  if (!workspace.client.versionedEdits) return { changes: Object.assign({}, ...edits.map(edit => edit.changes)) }
  return { documentChanges: edits.flatMap(edit => edit.documentChanges ?? []) }
}
