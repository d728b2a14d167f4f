// textDocument/completion: names, words and whole entries that may be written at a caret.
import {
  type CompletionItem,
  CompletionItemKind,
  type Connection,
  InsertReplaceEdit,
  InsertTextFormat,
  TextEdit,
} from 'vscode-languageserver/node'
import { completionsAt } from '../../core/answers/completion.ts'
import type { Completion, Completions } from '../../core/answers/completions.ts'
import { plainOf } from '../../core/answers/plain-snippet.ts'
import { caretOf } from '../caret.ts'
import { type CompletionData, withImports } from '../completion-data.ts'
import { runSafe } from '../run-safe.ts'
import { toRange } from '../to-lsp.ts'
import type { View } from '../view.ts'
import type { Workspace } from '../workspace.ts'

/** Behind these stand names in SQL, whose editors do not ask for each letter as they do in code. */
const inSql: readonly string[] = [' ', '.', ',', '(', '$', ':']

/** Quotes open names, and `@` a property of a model; elsewhere editors ask as soon as a letter is typed. */
export const triggerCharacters: string[] = ["'", '"', '`', '@', ...inSql]

/** Answers with everything there is at once, so that the editor filters by itself while the person types on. */
export function registerCompletion(connection: Connection, workspace: Workspace): void {
  connection.onCompletion((params, token) =>
    runSafe('textDocument/completion', workspace.log, token, null, async () => {
      const caret = await caretOf(workspace, params, token)
      if (!caret) return null
      const { catalog, file, offset, view } = caret
      const { analyzer } = workspace.ownerOf(file)
      // As it is being typed, a file may make another database than the one that SQLite was asked about.
      const found = analyzer.settled(() => analyzer.asWritten(file, () => completionsAt(catalog, file, offset)))
      // Whole entries are offered where a person asks for them, not at each blank.
      const isEntry = found?.items.some(one => one.kind === 'entry')
      if (isEntry && inSql.includes(params.context?.triggerCharacter ?? '')) return null
      return found ? { isIncomplete: false, items: itemsOf(workspace, view, file, found) } : null
    }),
  )
}

function itemsOf(workspace: Workspace, view: View, file: string, found: Completions): CompletionItem[] {
  const { completion: client } = workspace.client
  const lines = view.lines(file)
  const typed = toRange(lines, found.typed)
  const replaced = toRange(lines, found.replaced)
  const canReplace = replaced.start.line === replaced.end.line
  const edit = (text: string) =>
    client.insertsOrReplaces && canReplace
      ? InsertReplaceEdit.create(text, typed, replaced)
      : TextEdit.replace(canReplace ? replaced : typed, text)
  const comma = found.comma && [
    TextEdit.insert(toRange(lines, { start: found.comma.at, end: found.comma.at }).start, ','),
  ]
  return found.items.map((one, i) => {
    const data = dataOf(file, one)
    const isSnippet = one.kind === 'entry' && client.snippets
    const item: CompletionItem = {
      label: one.label,
      kind: kinds[one.kind],
      sortText: String(i).padStart(5, '0'),
      filterText: one.filter,
      textEdit: edit(one.kind === 'entry' && !isSnippet ? plainOf(one.text) : one.text),
      ...(isSnippet && { insertTextFormat: InsertTextFormat.Snippet }),
      ...(one.detail !== undefined && { detail: one.detail }),
      ...(one.documentation !== undefined && { documentation: one.documentation }),
      ...(comma && { additionalTextEdits: comma }),
      ...(data && { data }),
    }
    // An editor that cannot ask for imports later gets them now; documentation every editor asks for.
    return data && !client.resolvesEdits ? withImports(workspace.ownerOf(file), item, data) : item
  })
}

const dataOf = (file: string, { thing, imports }: Completion): CompletionData | undefined =>
  thing || imports ? { file, ...(thing && { thing }), ...(imports && { imports }) } : undefined

const kinds: Readonly<Record<Completion['kind'], CompletionItemKind>> = {
  entity: CompletionItemKind.Struct,
  class: CompletionItemKind.Class,
  field: CompletionItemKind.Field,
  word: CompletionItemKind.EnumMember,
  entry: CompletionItemKind.Snippet,
}
