// Changes that are to be seen before they are made, and that make sense as a whole only.
import { Uri, workspace } from 'vscode'
import {
  type ApplyWorkspaceEditParams,
  type ApplyWorkspaceEditRequest,
  CancellationToken,
  CreateFile,
  TextDocumentEdit,
} from 'vscode-languageclient/node'
import { discarded } from '../../shared/requests.ts'

type Apply = ApplyWorkspaceEditRequest.HandlerSignature

/**
 * Hands a change to the editor. Its preview leaves out everything that needs a confirmation until it is ticked, file by
 * file. So of a change that needs one in all of its parts, each part is ticked to begin with, and what needs the
 * confirmation is a part that the preview does not list: the creation of what is there already. What was confirmed is saved.
 * Where the person discards it, that is the reason in the answer.
 */
export async function applyWhole(params: ApplyWorkspaceEditParams, next: Apply) {
  const folder = workspace.workspaceFolders?.[0]?.uri.toString()
  const { documentChanges = [], changeAnnotations = {} } = params.edit
  const notes = Object.entries(changeAnnotations)
  const isWhole = notes.length > 0 && notes.every(([, note]) => note.needsConfirmation)
  if (!isWhole || folder === undefined) return next(params, CancellationToken.None)
  const ticked = Object.fromEntries(notes.map(([id, note]) => [id, { ...note, needsConfirmation: false }]))
  const asked = CreateFile.create(folder, { ignoreIfExists: true }, asking)
  const edit = {
    ...params.edit,
    // The editor makes files that stand in a row at once, and others one after another.
    documentChanges: [...documentChanges.filter(isNew), asked, ...documentChanges.filter(one => !isNew(one))],
    changeAnnotations: { ...ticked, [asking]: { label: 'Offline Storage', needsConfirmation: true } },
  }
  let isBegun = false
  const listener = workspace.onWillCreateFiles(() => {
    isBegun = true
  })
  try {
    const answer = await next({ ...params, edit, metadata: { isRefactoring: true } }, CancellationToken.None)
    const hasFailed = isBegun || isOutdated(edit.documentChanges)
    if (!('applied' in answer) || answer.applied || hasFailed) return answer
    return { failureReason: discarded, ...answer }
  } finally {
    listener.dispose()
  }
}

/** True where a text is no longer the one that the change was made for: that is refused, whatever the person wants. */
const isOutdated = (changes: readonly object[]): boolean =>
  changes.filter(TextDocumentEdit.is).some(({ textDocument: { uri, version } }) => {
    const open = workspace.textDocuments.find(document => document.uri.toString() === Uri.parse(uri, true).toString())
    return version !== null && open !== undefined && open.version !== version
  })

const isNew = (change: object): boolean => CreateFile.is(change)

/** The annotation of the part that has the preview open. */
const asking = 'asking'
