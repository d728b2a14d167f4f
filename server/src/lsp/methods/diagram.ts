// offlineStorage/diagram: the picture of the schema.
import type { CancellationToken, Connection } from 'vscode-languageserver/node'
import { type DiagramParams, type DiagramView, diagramRequest } from '../../../../shared/diagram.ts'
import type { LastLayouts } from '../../core/views/arrange.ts'
import { compareVersions } from '../../core/views/compare.ts'
import { diagramOf } from '../../core/views/diagram.ts'
import { runSafe } from '../run-safe.ts'
import type { Workspace } from '../workspace.ts'
import { diagramSources } from './diagram-sources.ts'

/**
 * Answers with the picture, which grows out of the `last` one and takes its place; from then on, whoever asked is told
 * when it may have changed.
 */
export function registerDiagram(connection: Connection, workspace: Workspace, last: LastLayouts): void {
  connection.onRequest(diagramRequest, (params: DiagramParams, token: CancellationToken) =>
    runSafe<DiagramView>('offlineStorage/diagram', workspace.log, token, failed, async () => {
      const view = await viewOf(workspace, params, token, last)
      workspace.refresher.shown('diagram')
      return view
    }),
  )
}

/** More entities than an export draws: the webview can search among them. */
const most = 3000

/**
 * The picture that is asked for. A comparison begins with the `last` one too, but does not take its place: who has seen
 * enough of it goes back to that. Throws when the request is cancelled.
 */
export async function viewOf(
  workspace: Workspace,
  { stores, compare }: DiagramParams,
  token: CancellationToken,
  last?: LastLayouts,
): Promise<DiagramView> {
  const sources = await diagramSources(workspace, token)
  if (compare) return compareVersions(sources, compare, last && new Map(last))
  return diagramOf(sources, { most, ...(stores && { stores }), ...(last && { last }) })
}

const failed: DiagramView = {
  stores: [],
  groups: [],
  entities: [],
  relations: [],
  width: 0,
  height: 0,
  notes: ['The diagram could not be drawn. The output “Offline Storage” says why.'],
  steps: [],
}
