// The edits of a code action, computed when it is chosen, from the texts as they are then.
import { CodeActionKind, type WorkspaceEdit } from 'vscode-languageserver/node'
import type { Finding } from '../core/analyze.ts'
import type { Edit } from '../core/text/edit.ts'
import type { Folder } from './folder.ts'
import { editOfAll, mendAll, mendAllFresh } from './mend-all.ts'
import { toWorkspaceEdit } from './to-lsp.ts'
import type { Workspace } from './workspace.ts'

/** What travels with an offered action to the editor and back. */
export type ActionData =
  | {
      readonly kind: 'fix'
      readonly file: string
      readonly version: number | null
      readonly rule: string
      readonly message: string
      readonly start: number
      readonly title: string
    }
  | { readonly kind: 'all'; readonly file: string; readonly scope: 'file' | 'workspace'; readonly rule?: string }

/** The kind of the action that mends a whole file; editors can run it on save. */
export const fixAllKind: CodeActionKind = `${CodeActionKind.SourceFixAll}.offlineStorage`

/** The edit of an action; undefined when what it was offered for is gone, or when the editor cannot make it. */
export function editOf(workspace: Workspace, data: ActionData): WorkspaceEdit | undefined {
  return data.kind === 'all' ? editOfAll(workspace, mendAll(workspace, data)) : editOfFix(workspace, data)
}

/** The same, from texts that were compared with the disk: no version guards a closed file. */
export async function freshEditOf(workspace: Workspace, data: ActionData): Promise<WorkspaceEdit | undefined> {
  if (data.kind === 'all') return editOfAll(workspace, await mendAllFresh(workspace, data))
  const folder = workspace.ownerOf(data.file)
  const edits = fixEdits(folder, data)
  if (edits) await folder.reread(edits.map(edit => edit.file))
  return editOfFix(workspace, data)
}

type FixData = ActionData & { readonly kind: 'fix' }

function editOfFix(workspace: Workspace, data: FixData): WorkspaceEdit | undefined {
  const folder = workspace.ownerOf(data.file)
  const edits = fixEdits(folder, data)
  return edits && toWorkspaceEdit(folder.view, workspace.client, edits)
}

function fixEdits(folder: Folder, data: FixData): readonly Edit[] | undefined {
  const finding = findAgain(folder, data)
  return finding && folder.analyzer.fixes(finding, folder.view).find(one => one.title === data.title)?.edits
}

/**
 * The finding that an action was offered for. In the same version of the text it stands where it stood; in another
 * version it is taken only where nothing else can be meant.
 */
function findAgain(folder: Folder, data: FixData): Finding | undefined {
  const { analyzer } = folder
  const same = [...analyzer.findings(data.file), ...analyzer.foreignFindings(data.file)].filter(
    finding => finding.rule === data.rule && finding.message === data.message,
  )
  if (folder.view.version(data.file) === data.version) return same.find(finding => finding.span.start === data.start)
  return same.length === 1 ? same[0] : undefined
}
