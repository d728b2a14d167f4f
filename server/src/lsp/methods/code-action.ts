// textDocument/codeAction: what can be done about the findings at a place.
import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Connection,
  type Diagnostic,
} from 'vscode-languageserver/node'
import type { Analyzer, Finding } from '../../core/analyze.ts'
import { lineStartsIn } from '../../core/facts/line-start.ts'
import { mendable } from '../../core/mend.ts'
import type { FixContext } from '../../core/rules/rule.ts'
import { isNewFile, type TextEdit } from '../../core/text/edit.ts'
import { type ActionData, editOf, fixAllKind } from '../actions.ts'
import { disableFile, disableLine } from '../disable-edits.ts'
import type { Folder } from '../folder.ts'
import { isAsked, toSpan } from '../from-lsp.ts'
import { runSafe } from '../run-safe.ts'
import { scaffoldAction, scaffoldsAt, scaffoldsInstead } from '../scaffold-actions.ts'
import { toDiagnostic, toWorkspaceEdit } from '../to-lsp.ts'
import { toPath } from '../uri.ts'
import type { Workspace } from '../workspace.ts'

/** Offers fixes, then what could take the place of what was found, "fix all", the comments that silence, and code from nothing. */
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
    found.push(...foreignFixes(workspace, folder, file, context.diagnostics))
    found.push(...scaffoldsInstead(workspace, folder, findings))
    for (const rule of new Set(findings.filter(finding => finding.fixable).map(finding => finding.rule)))
      found.push(...fixAllOfRule(workspace, file, rule))
    found.push(...disable(workspace, folder, file, findings))
  }
  if (isAsked(context.only, CodeActionKind.Refactor))
    found.push(...scaffoldsAt(workspace, folder, file, range.start.line))
  if (isAsked(context.only, fixAllKind)) found.push(...fixAllInFile(folder, file))
  return found.flatMap(offer => finish(workspace, offer))
}

/** An action, and what its edits are computed from when it is chosen. */
type Offer = CodeAction & { readonly data?: ActionData }

/** What mends diagnostics of other programs; each fix once, however many of them it mends. */
function foreignFixes(
  workspace: Workspace,
  folder: Folder,
  file: string,
  diagnostics: readonly Diagnostic[],
): readonly Offer[] {
  const coded = diagnostics.filter(({ source, code }) => source !== undefined && code !== undefined)
  if (coded.length === 0) return []
  const lines = folder.view.lines(file)
  const offers = folder.analyzer.foreignFindings(file).flatMap(finding => {
    const { line } = lines.at(finding.span.start)
    const said = coded.filter(
      ({ source, code, range }) =>
        range.start.line <= line && line <= range.end.line && finding.saidBy?.includes(codeOf(source, code)),
    )
    return said.length > 0 ? fixes(workspace, folder, finding, said) : []
  })
  return [...new Map(offers.map(offer => [offer.title, offer])).values()]
}

/** `TS2693` for 2693 of `ts`. */
const codeOf = (source: Diagnostic['source'], code: Diagnostic['code']): string =>
  /^\d/.test(String(code)) ? `${source?.toUpperCase()}${code}` : String(code)

function fixes(
  workspace: Workspace,
  folder: Folder,
  finding: Finding,
  diagnostics = [toDiagnostic(folder.view, workspace.client, finding)],
): Offer[] {
  if (!finding.fixable) return []
  const { view, analyzer } = folder
  const { rule, message, file, span } = finding
  return analyzer.fixes(finding, view).flatMap((fix, index) => {
    if (fix.edits.some(isNewFile) && !workspace.client.createsFiles) return []
    if (fix.scaffold) return scaffoldAction(workspace, folder, file, { ...fix.scaffold, title: fix.title, diagnostics })
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

function fixAllOfRule(workspace: Workspace, file: string, rule: string): Offer[] {
  const rules = new Set([rule])
  const kind = CodeActionKind.QuickFix
  const offers: Offer[] = []
  const { analyzer, view } = workspace.ownerOf(file)
  if (hasTwo(mendable(analyzer, { context: view, rules, files: [file] })))
    offers.push({ title: `Fix all "${rule}" in this file`, kind, data: { kind: 'all', file, rule, scope: 'file' } })
  const all = workspace
    .folders()
    .map(folder => ({ analyzer: folder.analyzer, context: folder.view, files: folder.files() }))
  const elsewhere = all.some(({ files }) => files.some(other => other !== file))
  if (elsewhere && hasTwo(mendableIn(all, rules)))
    offers.push({
      title: `Fix all "${rule}" in the workspace`,
      kind,
      data: { kind: 'all', file, rule, scope: 'workspace' },
    })
  return offers
}

function* mendableIn(
  all: readonly { analyzer: Analyzer; context: FixContext; files: readonly string[] }[],
  rules: ReadonlySet<string>,
): Generator<Finding> {
  for (const { analyzer, context, files } of all) yield* mendable(analyzer, { context, files, rules })
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

function disable(workspace: Workspace, folder: Folder, file: string, findings: readonly Finding[]): Offer[] {
  const { view } = folder
  const text = view.text(file)
  if (text === undefined) return []
  const startAt = lineStartsIn(file, text)
  return findings.flatMap(finding => {
    const diagnostics: Diagnostic[] = [toDiagnostic(view, workspace.client, finding)]
    const offer = (where: string, edit: TextEdit): Offer => ({
      title: `Disable ${finding.rule} for ${where}`,
      kind: CodeActionKind.QuickFix,
      diagnostics,
      edit: toWorkspaceEdit(view, workspace.client, [edit]),
    })
    const line = disableLine(file, text, finding.span.start, finding.rule, startAt)
    return [...(line ? [offer('this line', line)] : []), offer('this file', disableFile(file, text, finding.rule))]
  })
}

/** An editor that cannot ask for edits later gets them now. */
function finish(workspace: Workspace, offer: Offer): Offer[] {
  if (offer.edit || workspace.client.resolvesEdits || !offer.data) return [offer]
  const { data, ...action } = offer
  const edit = editOf(workspace, data)
  return edit ? [{ ...action, edit }] : []
}

function hasTwo(findings: Iterable<Finding>): boolean {
  let seen = 0
  for (const _ of findings) if (++seen === 2) return true
  return false
}
