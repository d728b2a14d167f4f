// textDocument/codeAction: what can be done about the findings at a place.
import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Connection,
  type Diagnostic,
} from 'vscode-languageserver/node'
import type { Finding } from '../../core/analyze.ts'
import { mendable } from '../../core/mend.ts'
import { isNewFile } from '../../core/text/edit.ts'
import { type ActionData, editsOf, fixAllKind } from '../actions.ts'
import { disableFile, disableLine } from '../disable-edits.ts'
import type { Folder } from '../folder.ts'
import { isAsked, toSpan } from '../from-lsp.ts'
import { runSafe } from '../run-safe.ts'
import { toDiagnostic, toWorkspaceEdit } from '../to-lsp.ts'
import { toPath } from '../uri.ts'
import type { Workspace } from '../workspace.ts'

/** Offers fixes, then "fix all", then the comments that silence. */
export function registerCodeAction(connection: Connection, workspace: Workspace): void {
  connection.onCodeAction((params, token) =>
    runSafe('textDocument/codeAction', workspace.log, token, [], async () => {
      const file = toPath(params.textDocument.uri)
      if (file === undefined) return []
      await workspace.ready(file, token)
      return actions(workspace, file, params)
    }),
  )
}

function actions(workspace: Workspace, file: string, { range, context }: CodeActionParams): CodeAction[] {
  const folder = workspace.ownerOf(file)
  const { start, end } = toSpan(folder.view.lines(file), range)
  const findings = folder.analyzer
    .findings(file)
    .filter(finding => finding.span.start <= end && start <= finding.span.end)
  const found: Offer[] = []
  if (isAsked(context.only, CodeActionKind.QuickFix)) {
    found.push(...findings.flatMap(finding => fixes(workspace, folder, finding)))
    for (const rule of new Set(findings.filter(finding => finding.fixable).map(finding => finding.rule)))
      found.push(...fixAllOfRule(folder, file, rule))
    for (const finding of findings) found.push(...disable(workspace, folder, finding))
  }
  if (isAsked(context.only, fixAllKind)) found.push(...fixAllInFile(folder, file))
  return found.flatMap(offer => finish(workspace, folder, offer))
}

/** An action, and what its edits are computed from when it is chosen. */
type Offer = CodeAction & { readonly data?: ActionData }

function fixes(workspace: Workspace, folder: Folder, finding: Finding): Offer[] {
  if (!finding.fixable) return []
  const { view, analyzer } = folder
  const { rule, message, file, span } = finding
  const diagnostics = [toDiagnostic(view, workspace.client, finding)]
  return analyzer.fixes(finding, view).flatMap((fix, index) => {
    if (fix.edits.some(isNewFile) && !workspace.client.createsFiles) return []
    const data: ActionData = {
      kind: 'fix',
      file,
      version: view.version(file),
      rule,
      message,
      start: span.start,
      title: fix.title,
    }
    return {
      title: fix.title,
      kind: CodeActionKind.QuickFix,
      diagnostics,
      data,
      ...(index === 0 && { isPreferred: true }),
    }
  })
}

function fixAllOfRule(folder: Folder, file: string, rule: string): Offer[] {
  const { analyzer, view } = folder
  const rules = new Set([rule])
  const kind = CodeActionKind.QuickFix
  const offers: Offer[] = []
  if (hasTwo(mendable(analyzer, { context: view, rules, files: [file] })))
    offers.push({ title: `Fix all "${rule}" in this file`, kind, data: { kind: 'all', file, rule, scope: 'file' } })
  const elsewhere = folder.files().some(other => other !== file)
  if (elsewhere && hasTwo(mendable(analyzer, { context: view, rules, files: folder.files() })))
    offers.push({
      title: `Fix all "${rule}" in the workspace`,
      kind,
      data: { kind: 'all', file, rule, scope: 'workspace' },
    })
  return offers
}

function fixAllInFile(folder: Folder, file: string): Offer[] {
  const first = mendable(folder.analyzer, { context: folder.view, files: [file] }).next()
  if (first.done) return []
  return [
    {
      title: 'Fix all Offline Storage problems in this file',
      kind: fixAllKind,
      data: { kind: 'all', file, scope: 'file' },
    },
  ]
}

function disable(workspace: Workspace, folder: Folder, finding: Finding): Offer[] {
  const { view } = folder
  const text = view.text(finding.file)
  if (text === undefined) return []
  const diagnostics: Diagnostic[] = [toDiagnostic(view, workspace.client, finding)]
  const offer = (where: string, edit: ReturnType<typeof disableFile>): Offer => ({
    title: `Disable ${finding.rule} for ${where}`,
    kind: CodeActionKind.QuickFix,
    diagnostics,
    edit: toWorkspaceEdit(view, workspace.client, [edit]),
  })
  return [
    offer('this line', disableLine(finding.file, text, finding.span.start, finding.rule)),
    offer('this file', disableFile(finding.file, text, finding.rule)),
  ]
}

/** An editor that cannot ask for edits later gets them now. */
function finish(workspace: Workspace, folder: Folder, offer: Offer): Offer[] {
  if (offer.edit || workspace.client.resolvesEdits || !offer.data) return [offer]
  const { data, ...action } = offer
  const edits = editsOf(folder, data)
  const edit = edits && toWorkspaceEdit(folder.view, workspace.client, edits)
  return edit ? [{ ...action, edit }] : []
}

function hasTwo(findings: Iterable<Finding>): boolean {
  let seen = 0
  for (const _ of findings) if (++seen === 2) return true
  return false
}
