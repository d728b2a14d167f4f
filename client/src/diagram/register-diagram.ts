// What VS Code knows of the diagram: its commands, its tab that comes back after a reload, and the button on schema files.
import { commands, Disposable, type ExtensionContext, type WebviewPanel, window } from 'vscode'
import { type DiagramEntityParams, diagramEntityRequest } from '../../../shared/diagram.ts'
import { type StorageClient, section } from '../start-client.ts'
import type { Statuses } from '../statuses.ts'
import { createWebviewPanel, type DiagramPanel, entityAt, fillPanel, viewType } from './panel.ts'
import { watchSchemaFiles } from './schema-files.ts'

/** Registers "Show Schema Diagram" and "Reveal in Diagram". There is one diagram at a time. */
export function registerDiagram(client: StorageClient, statuses: Statuses, context: ExtensionContext): Disposable {
  let open: DiagramPanel | undefined
  const fill = (tab: WebviewPanel): DiagramPanel => {
    open = fillPanel(tab, client, context, () => {
      open = undefined
    })
    return open
  }
  const show = () => (open ? open.show() : void fill(createWebviewPanel()))
  const reveal = async (at?: DiagramEntityParams) => {
    const entity = await wanted(client, at)
    if (entity === null) {
      void window.showInformationMessage('There is no table here. Put the cursor on its name, or on its model.')
      return
    }
    const panel = open ?? fill(createWebviewPanel())
    panel.reveal(entity)
  }
  return Disposable.from(
    commands.registerCommand(`${section}.showDiagram`, show),
    commands.registerCommand(`${section}.revealInDiagram`, (at?: unknown) => reveal(isPlace(at) ? at : undefined)),
    window.registerWebviewPanelSerializer(viewType, {
      async deserializeWebviewPanel(tab) {
        fill(tab)
      },
    }),
    watchSchemaFiles(client, statuses),
  )
}

/** The entity that is meant: at a place that is given (by a code lens), or at the cursor. */
async function wanted(client: StorageClient, at: DiagramEntityParams | undefined): Promise<string | null> {
  if (at) return client.sendRequest<string | null>(diagramEntityRequest, at)
  const editor = window.activeTextEditor
  return editor ? entityAt(client, editor) : null
}

/** Menus give a URI, code lenses a place. */
const isPlace = (given: unknown): given is DiagramEntityParams =>
  typeof given === 'object' && given !== null && 'uri' in given && 'position' in given
