// The editor tab with the diagram: carries messages between the webview and the server.
import { Disposable, type ExtensionContext, type TextEditor, Uri, ViewColumn, type WebviewPanel, window } from 'vscode'
import { CancellationTokenSource, State } from 'vscode-languageclient/node'
import {
  type DiagramEntityParams,
  type DiagramParams,
  type DiagramView,
  diagramChangedNotification,
  diagramEntityRequest,
  diagramRequest,
} from '../../../shared/diagram.ts'
import type { DiagramPositions, FromDiagramPanel, ToDiagramPanel } from '../../../shared/diagram-panel.ts'
import { restartClient, type StorageClient } from '../start-client.ts'
import { fixPlace, openPlace } from './code.ts'
import { deliver, exported, save } from './export-diagram.ts'
import { htmlOf, webviewFolder } from './html.ts'

export const viewType = 'offlineStorage.diagram'

/** Where the places of dragged entities are kept in the workspace's state. */
const positionsKey = 'diagram.positions'

/** A diagram that is open. */
export interface DiagramPanel {
  /** Selects an entity and brings it into sight. */
  reveal(entity: string): void
  /** Brings the tab to the front. */
  show(): void
}

/** A new tab for the diagram, beside what is being edited. */
export const createWebviewPanel = (): WebviewPanel =>
  window.createWebviewPanel(viewType, 'Schema Diagram', window.activeTextEditor ? ViewColumn.Beside : ViewColumn.Active)

/** Makes a tab show the diagram until it is closed; `onClosed` is told then. */
export function fillPanel(
  tab: WebviewPanel,
  client: StorageClient,
  context: ExtensionContext,
  onClosed: () => void,
): DiagramPanel {
  const { webview } = tab
  let params: DiagramParams | undefined
  let asking: CancellationTokenSource | undefined
  /** What is to be revealed once the webview listens. */
  let wanted: string | undefined
  /** The last picture that the webview was given: one that is the same is not given again. */
  let told: string | undefined
  let due: ReturnType<typeof setTimeout> | undefined

  const tell = (message: ToDiagramPanel) => void webview.postMessage(message)
  const positions = () => context.workspaceState.get<DiagramPositions>(positionsKey, {})
  const ask = async () => {
    if (!params) return
    const asked = params
    asking?.cancel()
    const source = new CancellationTokenSource()
    asking = source
    try {
      const view = await client.sendRequest<DiagramView>(diagramRequest, asked, source.token)
      const message: ToDiagramPanel = { kind: 'view', view, params: asked, positions: positions() }
      const text = JSON.stringify(message)
      if (text !== told) tell(message)
      told = text
      if (wanted !== undefined) tell({ kind: 'reveal', entity: wanted })
      wanted = undefined
    } catch (error) {
      if (source.token.isCancellationRequested) return
      tell({ kind: 'trouble', message: reasonOf(error) })
    }
  }
  const askSoon = () => {
    due ??= setTimeout(() => {
      due = undefined
      // A hidden webview is not there, and asks by itself when it is shown again.
      if (tab.visible) void ask()
    }, changeRest)
  }
  const takeExport = async ({ format, target, theme, params: of }: Extract<FromDiagramPanel, { kind: 'export' }>) => {
    const text = await exported(client, { ...of, format: format === 'png' ? 'svg' : format, theme })
    if (format === 'png') tell({ kind: 'draw', svg: text, target })
    else await deliver(format, text, target)
  }
  const take = async (message: FromDiagramPanel): Promise<void> => {
    switch (message.kind) {
      case 'ask':
        params = message.params
        told = undefined
        return ask()
      case 'open':
        return openPlace(message.at, tab.viewColumn)
      case 'fix':
        return fixPlace(message.at, tab.viewColumn)
      case 'moved':
        return context.workspaceState.update(positionsKey, message.positions)
      case 'export':
        return takeExport(message)
      case 'png':
        return save('png', Buffer.from(message.data, 'base64'))
      case 'restart':
        return restartClient(client)
      case 'say':
        void (message.isProblem ? window.showWarningMessage : window.showInformationMessage)(message.message)
    }
  }
  const follow = debounced(async (editor: TextEditor) => {
    if (!tab.visible || editor.document.uri.scheme !== 'file') return
    tell({ kind: 'cursor', entity: await entityAt(client, editor) })
  })

  tab.iconPath = Uri.joinPath(context.extensionUri, 'docs', 'images', 'icon.png')
  webview.options = { enableScripts: true, localResourceRoots: [webviewFolder(context.extensionUri)] }
  const listening = Disposable.from(
    webview.onDidReceiveMessage((message: FromDiagramPanel) => {
      take(message).catch(error => {
        client.error('The diagram could not do this.', error, false)
        void window.showWarningMessage(`The diagram could not do this: ${reasonOf(error)}`)
      })
    }),
    client.onNotification(diagramChangedNotification, askSoon),
    client.onDidChangeState(({ newState }) => newState === State.Running && askSoon()),
    window.onDidChangeTextEditorSelection(({ textEditor }) => follow.soon(textEditor)),
    follow,
  )
  tab.onDidDispose(() => {
    clearTimeout(due)
    asking?.cancel()
    listening.dispose()
    onClosed()
  })
  webview.html = htmlOf(webview, context.extensionUri)
  return {
    reveal(entity) {
      // A hidden webview is told when it is shown again and has asked for its picture.
      if (params && tab.visible) tell({ kind: 'reveal', entity })
      else wanted = entity
      this.show()
    },
    show: () => tab.reveal(tab.viewColumn, false),
  }
}

/** The entity at the cursor of an editor; null where there is none, or no server to ask. */
export async function entityAt(client: StorageClient, { document, selection }: TextEditor): Promise<string | null> {
  if (!client.isRunning()) return null
  const { line, character } = selection.active
  const params: DiagramEntityParams = {
    uri: client.code2ProtocolConverter.asUri(document.uri),
    position: { line, character },
  }
  return client.sendRequest<string | null>(diagramEntityRequest, params)
}

/** How long, in milliseconds, changes are gathered before the picture is asked for again. */
const changeRest = 100

/** How long a cursor must rest, in milliseconds, before the diagram follows it. */
const cursorRest = 120

/** Runs with what was given last, when nothing has been given for a while. */
function debounced<T>(run: (given: T) => Promise<void>): Disposable & { soon(given: T): void } {
  let timer: ReturnType<typeof setTimeout> | undefined
  return {
    soon(given) {
      clearTimeout(timer)
      timer = setTimeout(() => void run(given).catch(() => undefined), cursorRest)
    },
    dispose: () => clearTimeout(timer),
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
