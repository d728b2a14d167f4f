// Shows Markdown as a page.
import { commands, type Uri, window, workspace } from 'vscode'

/** Of the Markdown extension that comes with the editor. */
const showPreview = 'markdown.showPreview'
const refreshPreview = 'markdown.preview.refresh'

/** Shows the document as a page, or as its text where no Markdown extension is there. True for a page. */
export async function showPage(uri: Uri): Promise<boolean> {
  const isPage = await did(showPreview, uri)
  if (!isPage) await window.showTextDocument(await workspace.openTextDocument(uri), { preview: true })
  return isPage
}

/** Brings pages up to date whose documents have been closed: those are not told of a change. */
export async function refreshPages(): Promise<void> {
  await did(refreshPreview)
}

/** False where the command is not there, or has failed. */
const did = (command: string, ...given: readonly unknown[]): Thenable<boolean> =>
  commands.executeCommand(command, ...given).then(
    () => true,
    () => false,
  )
