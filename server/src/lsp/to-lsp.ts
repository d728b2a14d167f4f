// What the house found and would change, in the words of the protocol.
import {
  type ChangeAnnotation,
  CreateFile,
  type Diagnostic,
  DiagnosticSeverity,
  type Location,
  TextEdit as LspEdit,
  type Range,
  TextDocumentEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver/node'
import type { Finding } from '../core/analyze.ts'
import { rulePage } from '../core/rules/rule-page.ts'
import { type Edit, isNewFile, type TextEdit } from '../core/text/edit.ts'
import type { Lines } from '../core/text/lines.ts'
import type { Place, Span } from '../core/text/span.ts'
import type { ClientAbilities } from './client-abilities.ts'
import type { Notice, View } from './view.ts'

/** Who speaks, beside every diagnostic. */
export const diagnosticSource = 'Offline Storage'

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
} as const

/** A span of a text as a range. */
export function toRange(lines: Lines, span: Span): Range {
  const start = lines.at(span.start)
  const end = lines.at(span.end)
  return { start: { line: start.line, character: start.column }, end: { line: end.line, character: end.column } }
}

/** A place as a location. */
export const toLocation = (view: View, { file, span }: Place): Location => ({
  uri: view.uri(file),
  range: toRange(view.lines(file), span),
})

/** A finding as a diagnostic; its code is the rule's id and leads to the rule's page. */
export function toDiagnostic(view: View, client: ClientAbilities, finding: Finding): Diagnostic {
  return {
    ...noticeToDiagnostic(view, finding),
    ...(client.codeDescription && { codeDescription: { href: rulePage(finding.rule) } }),
    ...(client.relatedInformation &&
      finding.related.length > 0 && {
        relatedInformation: finding.related.map(({ at, message }) => ({ location: toLocation(view, at), message })),
      }),
  }
}

/** A notice as a diagnostic. It has no page. */
export const noticeToDiagnostic = (view: View, notice: Notice): Diagnostic => ({
  range: toRange(view.lines(notice.file), notice.span),
  severity: severities[notice.severity],
  code: notice.rule,
  source: diagnosticSource,
  message: notice.message,
})

/**
 * Edits as the editor applies them. Open documents are named with their version, so that nothing is changed in a text
 * that has moved on. With `note`, editors that can say it with all of the edits, as they belong together. Undefined
 * where the editor cannot create the files that the edits need.
 */
export function toWorkspaceEdit(
  view: View,
  client: ClientAbilities,
  edits: readonly Edit[],
  note?: ChangeAnnotation,
): WorkspaceEdit | undefined {
  if (edits.some(isNewFile) && !(client.createsFiles && client.versionedEdits)) return undefined
  const noted = note !== undefined && client.annotatesEdits && client.versionedEdits ? { annotationId } : {}
  const byFile = new Map<string, LspEdit[]>()
  const created: NonNullable<WorkspaceEdit['documentChanges']> = []
  for (const edit of edits) {
    if (isNewFile(edit)) {
      const uri = view.uri(edit.file)
      const start = { line: 0, character: 0 }
      created.push({ ...CreateFile.create(uri, { overwrite: false, ignoreIfExists: false }), ...noted })
      const text = { ...LspEdit.insert(start, edit.create), ...noted }
      created.push(TextDocumentEdit.create({ uri, version: null }, [text]))
    } else {
      const text = { ...toTextEdit(view.lines(edit.file), edit), ...noted }
      byFile.set(edit.file, [...(byFile.get(edit.file) ?? []), text])
    }
  }
  if (!client.versionedEdits) {
    return { changes: Object.fromEntries([...byFile].map(([file, list]) => [view.uri(file), list])) }
  }
  const changed = [...byFile].map(([file, list]) =>
    TextDocumentEdit.create({ uri: view.uri(file), version: view.version(file) }, list),
  )
  return {
    documentChanges: [...created, ...changed],
    ...('annotationId' in noted && note && { changeAnnotations: { [annotationId]: note } }),
  }
}

/** A note is about all edits of a change, so there is never more than one. */
const annotationId = 'note'

const toTextEdit = (lines: Lines, edit: TextEdit): LspEdit => LspEdit.replace(toRange(lines, edit), edit.text)
