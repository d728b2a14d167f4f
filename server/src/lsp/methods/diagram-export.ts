// offlineStorage/diagramExport: the picture as a text.
import type { CancellationToken, Connection } from 'vscode-languageserver/node'
import { type DiagramExportParams, diagramExportRequest } from '../../../../shared/diagram.ts'
import { exportDiagram } from '../../core/views/export-diagram.ts'
import type { Workspace } from '../workspace.ts'
import { viewOf } from './diagram.ts'

/** Answers with the text. A failure is told to whoever asked, who would otherwise save an empty file. */
export function registerDiagramExport(connection: Connection, workspace: Workspace): void {
  connection.onRequest(
    diagramExportRequest,
    async ({ format, theme, ...params }: DiagramExportParams, token: CancellationToken) =>
      exportDiagram(await viewOf(workspace, params, token), format, theme),
  )
}
