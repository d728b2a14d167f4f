// From the diagram to the code.
import { commands, Position, Range, Selection, TextEditorRevealType, Uri, ViewColumn, window } from 'vscode'
import type { DiagramPlace } from '../../../shared/diagram.ts'

/** Shows a place in the code, beside the diagram, or in the editor that has the file already. */
export async function openPlace({ uri, start, end }: DiagramPlace, diagram: ViewColumn | undefined): Promise<void> {
  const file = Uri.parse(uri, true)
  const shown = window.visibleTextEditors.find(editor => editor.document.uri.toString() === file.toString())
  const elsewhere = window.tabGroups.all.find(group => group.viewColumn !== diagram)?.viewColumn
  const range = new Range(new Position(start.line, start.character), new Position(end.line, end.character))
  const editor = await window.showTextDocument(file, {
    viewColumn: shown?.viewColumn ?? elsewhere ?? ViewColumn.Beside,
    selection: new Range(range.start, range.start),
  })
  editor.revealRange(range, TextEditorRevealType.InCenterIfOutsideViewport)
}

/** Shows a finding in the code and opens the menu of its quick fixes. */
export async function fixPlace(at: DiagramPlace, diagram: ViewColumn | undefined): Promise<void> {
  await openPlace(at, diagram)
  const editor = window.activeTextEditor
  if (!editor) return
  const start = new Position(at.start.line, at.start.character)
  editor.selection = new Selection(start, start)
  await commands.executeCommand('editor.action.quickFix')
}
