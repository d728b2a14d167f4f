// textDocument/diagnostic: an editor that pulls asks for the diagnostics of one file.
import {
  type Connection,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
} from 'vscode-languageserver/node'
import { runSafe } from '../run-safe.ts'
import { toPath } from '../uri.ts'
import type { Workspace } from '../workspace.ts'

/** Answers pulls of one document, once everything typed so far has been taken in. */
export function registerDocumentDiagnostic(connection: Connection, workspace: Workspace): void {
  connection.languages.diagnostics.on(({ textDocument, previousResultId }, token) => {
    const empty: DocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, items: [] }
    return runSafe('textDocument/diagnostic', workspace.log, token, empty, async () => {
      const file = toPath(textDocument.uri)
      if (file === undefined) return empty
      await workspace.ready(file, token)
      const { diagnostics, resultId } = workspace.publisher.report(file)
      if (resultId === previousResultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId }
      return { kind: DocumentDiagnosticReportKind.Full, resultId, items: [...diagnostics] }
    })
  })
}
