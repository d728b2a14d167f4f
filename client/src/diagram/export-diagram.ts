// The picture as a file or on the clipboard.
import { commands, env, Uri, window, workspace } from 'vscode'
import { type DiagramExportParams, type DiagramFormat, diagramExportRequest } from '../../../shared/diagram.ts'
import type { DiagramTarget } from '../../../shared/diagram-panel.ts'
import type { StorageClient } from '../start-client.ts'

type Format = DiagramFormat | 'png'

/** How files of each form end. */
const endings: Readonly<Record<Format, string>> = {
  svg: 'svg',
  png: 'png',
  mermaid: 'mmd',
  dbml: 'dbml',
  json: 'json',
}
const titles: Readonly<Record<Format, string>> = {
  svg: 'SVG',
  png: 'PNG',
  mermaid: 'Mermaid',
  dbml: 'DBML',
  json: 'JSON',
}

/** The picture as text in one of the forms, as the server writes it. */
export const exported = (client: StorageClient, params: DiagramExportParams): Promise<string> =>
  client.sendRequest<string>(diagramExportRequest, params)

/** Puts a text on the clipboard, or into a file that the person names. */
export async function deliver(format: DiagramFormat, text: string, target: DiagramTarget): Promise<void> {
  if (target === 'file') return save(format, new TextEncoder().encode(text))
  await env.clipboard.writeText(text)
  void window.showInformationMessage(`The diagram is on the clipboard as ${titles[format]}.`)
}

/** Asks for a file and writes it; offers to open it. */
export async function save(format: Format, content: Uint8Array): Promise<void> {
  const folder = workspace.workspaceFolders?.[0]?.uri
  const name = `schema.${endings[format]}`
  const file = await window.showSaveDialog({
    title: `Save the diagram as ${titles[format]}`,
    filters: { [titles[format]]: [endings[format]] },
    ...(folder && { defaultUri: Uri.joinPath(folder, name) }),
  })
  if (!file) return
  await workspace.fs.writeFile(file, content)
  const open = 'Open'
  const choice = await window.showInformationMessage(`The diagram is saved in ${workspace.asRelativePath(file)}.`, open)
  if (choice === open) await commands.executeCommand('vscode.open', file)
}
