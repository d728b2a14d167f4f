// textDocument/hover: what a name of a store means.
import { type Connection, MarkupKind } from 'vscode-languageserver/node'
import { hoverAt } from '../../core/answers/hover.ts'
import { toMarkdown, toPlainText } from '../../core/answers/prose.ts'
import type { Place } from '../../core/text/span.ts'
import { caretOf } from '../caret.ts'
import { runSafe } from '../run-safe.ts'
import { toRange } from '../to-lsp.ts'
import type { View } from '../view.ts'
import type { Workspace } from '../workspace.ts'

/** Answers in Markdown, or in plain text where the editor shows nothing else. */
export function registerHover(connection: Connection, workspace: Workspace): void {
  const { client, log } = workspace
  connection.onHover((params, token) =>
    runSafe('textDocument/hover', log, token, null, async () => {
      const caret = await caretOf(workspace, params, token, 'workspace')
      const hover = caret && hoverAt(caret.catalog, caret.file, caret.offset)
      if (!hover) return null
      const { view, file } = caret
      const contents = client.hoverMarkdown
        ? { kind: MarkupKind.Markdown, value: toMarkdown(hover.blocks, place => address(view, place)) }
        : { kind: MarkupKind.PlainText, value: toPlainText(hover.blocks) }
      return { contents, range: toRange(view.lines(file), hover.span) }
    }),
  )
}

/** Editors go to a line that is named behind the file. */
const address = (view: View, { file, span }: Place): string =>
  `${view.uri(file)}#L${view.lines(file).at(span.start).line + 1}`
