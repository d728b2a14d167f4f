// workspace/diagnostic: an editor that pulls asks for the diagnostics of all files.
import {
  type Connection,
  DocumentDiagnosticReportKind,
  type WorkspaceDiagnosticReport,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver/node'
import { cancelled, runSafe } from '../run-safe.ts'
import { toPath } from '../uri.ts'
import type { Workspace } from '../workspace.ts'

/** Answers pulls of the whole workspace: what is known now, and `unchanged` for what the editor has already. */
export function registerWorkspaceDiagnostic(connection: Connection, workspace: Workspace): void {
  connection.languages.diagnostics.onWorkspace(({ previousResultIds }, token) => {
    const empty: WorkspaceDiagnosticReport = { items: [] }
    return runSafe('workspace/diagnostic', workspace.log, token, empty, async () => {
      await workspace.loaded(token)
      const known = new Map<string, string>()
      for (const { uri, value } of previousResultIds) {
        const file = toPath(uri)
        if (file !== undefined) known.set(file, value)
      }
      const items: WorkspaceDocumentDiagnosticReport[] = []
      for (const file of new Set([...workspace.filesWithDiagnostics(), ...known.keys()])) {
        if (token.isCancellationRequested) throw cancelled()
        const { diagnostics, resultId } = workspace.publisher.report(file)
        const { view } = workspace.ownerOf(file)
        const about = { uri: view.uri(file), version: view.version(file), resultId }
        if (known.get(file) === resultId) items.push({ ...about, kind: DocumentDiagnosticReportKind.Unchanged })
        else items.push({ ...about, kind: DocumentDiagnosticReportKind.Full, items: [...diagnostics] })
      }
      return { items }
    })
  })
}
