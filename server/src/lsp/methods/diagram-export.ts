// offlineStorage/diagramExport: the picture as a text.
import type { CancellationToken, Connection } from 'vscode-languageserver/node'
import { type DiagramExportParams, diagramExportRequest } from '../../../../shared/diagram.ts'
import type { LastLayouts } from '../../core/views/arrange.ts'
import { exportDiagram } from '../../core/views/export-diagram.ts'
import type { Workspace } from '../workspace.ts'
import { viewOf } from './diagram.ts'

/**
 * Answers with the text, which shows everything where the picture that was drawn `last` shows it. A failure is told to
 * whoever asked, who would otherwise save an empty file.
 */
export function registerDiagramExport(connection: Connection, workspace: Workspace, last: LastLayouts): void {
  connection.onRequest(
    diagramExportRequest,
    async ({ format, theme, ...params }: DiagramExportParams, token: CancellationToken) =>
      exportDiagram(await viewOf(workspace, params, token, new Map(last)), format, theme),
  )
}
