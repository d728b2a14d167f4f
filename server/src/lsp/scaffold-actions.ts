// Actions that lead to code from nothing: for findings, and where a store is defined.
import { type CodeAction, CodeActionKind, type Diagnostic } from 'vscode-languageserver/node'
import { type Answers, scaffoldCommands } from '../../../shared/scaffolds.ts'
import type { Finding } from '../core/analyze.ts'
import type { Store } from '../core/catalog/catalog.ts'
import type { Folder } from './folder.ts'
import { contextOf } from './scaffold.ts'
import { toDiagnostic } from './to-lsp.ts'
import type { Workspace } from './workspace.ts'

/** A scaffold by its id, with what is known of the answers, and the findings that lead to it. */
interface Wish {
  readonly id: string
  readonly title: string
  readonly answers: Answers
  readonly diagnostics: Diagnostic[]
}

/** The command of the palette with what is known already; none where nothing could be written, or in an editor without it. */
export function scaffoldAction(
  workspace: Workspace,
  folder: Folder,
  file: string,
  { id, title, answers, diagnostics }: Wish,
): CodeAction[] {
  const scaffold = scaffoldsOf(workspace, folder).find(one => one.id === id)
  if (!scaffold) return []
  const context = contextOf(folder, { file })
  const known = folder.analyzer.settled(() => (scaffold.narrow ? scaffold.narrow(answers, context) : answers))
  const command = known && commandOf(id, title, known)
  return command ? [{ title, kind: CodeActionKind.QuickFix, diagnostics, command }] : []
}

/** What could take the place of what was found; one action for all findings that lead to the same. */
export function scaffoldsInstead(workspace: Workspace, folder: Folder, findings: readonly Finding[]): CodeAction[] {
  const { analyzer, view } = folder
  const wishes = new Map<string, Wish & { readonly file: string }>()
  for (const finding of findings) {
    for (const instead of analyzer.instead(finding)) {
      const key = JSON.stringify(instead)
      const wish = wishes.get(key) ?? { ...instead, file: finding.file, diagnostics: [] }
      wish.diagnostics.push(toDiagnostic(view, workspace.client, finding))
      wishes.set(key, wish)
    }
  }
  return [...wishes.values()].flatMap(wish => scaffoldAction(workspace, folder, wish.file, wish))
}

/** What can be written for the stores that are opened, or whose schema is defined, on a line of a file. */
export function scaffoldsAt(workspace: Workspace, folder: Folder, file: string, line: number): CodeAction[] {
  const scaffolds = scaffoldsOf(workspace, folder)
  const { analyzer, view } = folder
  const lines = view.lines(file)
  const isHere = ({ at, schemaAt }: Store) =>
    [at, schemaAt].some(place => place?.file === file && lines.at(place.span.start).line === line)
  const stores = scaffolds.length === 0 ? [] : analyzer.stores().filter(isHere)
  if (stores.length === 0) return []
  const context = contextOf(folder, { file })
  return stores.flatMap(store =>
    scaffolds.flatMap(({ id, offer }) => {
      const found = analyzer.settled(() => offer?.(store, context, analyzer.duties(store)))
      const command = found && commandOf(id, found.title, found.answers)
      return command ? [{ title: command.title, kind: CodeActionKind.Refactor, command }] : []
    }),
  )
}

const scaffoldsOf = ({ client }: Workspace, { analyzer }: Folder) => (client.runsScaffolds ? analyzer.scaffolds() : [])

function commandOf(id: string, title: string, answers: Answers) {
  const name = Object.entries(scaffoldCommands).find(([, scaffold]) => scaffold === id)?.[0]
  return name && { title, command: `offlineStorage.${name}`, arguments: [answers] }
}
