// Lets the editor make the changes of code that was generated, and tells the person what came of it.
import type { WorkspaceEdit } from 'vscode-languageserver/node'
import { type CommandResult, discarded } from '../../../shared/requests.ts'
import type { Generated } from '../core/engines/contract.ts'
import type { Folder } from './folder.ts'
import { toWorkspaceEdit } from './to-lsp.ts'
import type { Workspace } from './workspace.ts'

/** Makes the changes, from texts that were compared with the disk: `write` is asked again where one of them had changed. */
export async function applyGenerated(
  workspace: Workspace,
  folder: Folder,
  write: () => Generated | undefined,
): Promise<CommandResult | undefined> {
  const { view, analyzer } = folder
  let generated = analyzer.settled(write)
  if (generated && 'edits' in generated && (await folder.reread(generated.edits.map(edit => edit.file))))
    generated = analyzer.settled(write) ?? generated
  if (!generated) return undefined
  if ('problem' in generated) return failed(generated.problem)
  const { edits, message, show, preview = false } = generated
  const note = preview ? { label: 'Offline Storage', description: message, needsConfirmation: true } : undefined
  const refusal = await applyEdits(workspace, toWorkspaceEdit(view, workspace.client, edits, note))
  return refusal ?? { ok: true, message, ...(show !== undefined && { showUri: view.uri(show) }) }
}

/** Lets the editor make the changes; gives the reason where it did not. */
export async function applyEdits(
  workspace: Workspace,
  edit: WorkspaceEdit | undefined,
): Promise<CommandResult | undefined> {
  if (!edit || !workspace.client.appliesEdits) return failed('This editor cannot make these changes.')
  const { applied, failureReason } = await workspace.connection.workspace.applyEdit(edit)
  if (applied) return undefined
  if (failureReason === discarded) return { ...failed('Nothing was changed.'), isDiscarded: true }
  return failed(`The changes could not be made${failureReason ? `: ${failureReason}` : '.'}`)
}

/** The answer where something could not be done. */
export const failed = (message: string): CommandResult => ({ ok: false, message })
