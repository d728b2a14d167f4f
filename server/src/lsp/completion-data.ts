// What travels with an offered completion to the editor and back, and what is added to it when it is looked at or chosen.
import { type CompletionItem, MarkupKind, TextEdit } from 'vscode-languageserver/node'
import { documentationOf } from '../core/answers/completion-docs.ts'
import { importEdits } from '../core/answers/completion-imports.ts'
import { toMarkdown, toPlainText } from '../core/answers/prose.ts'
import type { Thing } from '../core/answers/thing.ts'
import type { Needed } from '../core/catalog/mention.ts'
import type { Folder } from './folder.ts'
import { toRange } from './to-lsp.ts'
import type { Workspace } from './workspace.ts'

/** Where a completion was offered, what it names, and what it needs to be imported. */
export interface CompletionData {
  readonly file: string
  readonly thing?: Thing
  readonly imports?: readonly Needed[]
}

/** A completion with its documentation. */
export function withDocumentation(
  workspace: Workspace,
  item: CompletionItem,
  { file, thing }: CompletionData,
): CompletionItem {
  if (!thing || item.documentation) return item
  const { analyzer, view } = workspace.ownerOf(file)
  const blocks = documentationOf(analyzer.catalog(view.text), thing)
  if (blocks.length === 0) return item
  const documentation = workspace.client.completion.markdown
    ? {
        kind: MarkupKind.Markdown,
        value: toMarkdown(blocks, ({ file: of, span }) => `${view.uri(of)}#L${view.lines(of).at(span.start).line + 1}`),
      }
    : { kind: MarkupKind.PlainText, value: toPlainText(blocks) }
  return { ...item, documentation }
}

/** A completion with the edits that import what it needs, behind those that it has already. */
export function withImports(
  folder: Folder,
  item: CompletionItem,
  { file, imports = [] }: CompletionData,
): CompletionItem {
  const { analyzer, view } = folder
  const text = view.text(file)
  const module = analyzer.facts(file)?.module
  if (imports.length === 0 || text === undefined || !module) return item
  const lines = view.lines(file)
  const edits = importEdits(file, text, module, imports, view.specifier).map(edit =>
    TextEdit.replace(toRange(lines, edit), edit.text),
  )
  return edits.length > 0 ? { ...item, additionalTextEdits: [...(item.additionalTextEdits ?? []), ...edits] } : item
}
