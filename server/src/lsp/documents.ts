// The texts that are open in the editor. They win over what is on disk.
import type {
  DidChangeTextDocumentParams,
  DidCloseTextDocumentParams,
  DidOpenTextDocumentParams,
  TextDocumentContentChangeEvent,
} from 'vscode-languageserver/node'
import { type LongText, longText } from '../core/text/long-text.ts'
import { toPath } from './uri.ts'

/** An open document as the editor has it now. */
export interface Document {
  readonly uri: string
  readonly version: number
  readonly text: LongText
}

/** Open documents by path. Documents that are no files are not kept. Each method gives the path that it was about. */
export interface Documents {
  open(params: DidOpenTextDocumentParams): string | undefined
  change(params: DidChangeTextDocumentParams): string | undefined
  close(params: DidCloseTextDocumentParams): string | undefined
  get(file: string): Document | undefined
  files(): Iterable<string>
}

/** No open documents yet. */
export function createDocuments(): Documents {
  const open = new Map<string, Document>()
  return {
    open({ textDocument: { uri, version, text } }) {
      const file = toPath(uri)
      if (file !== undefined) open.set(file, { uri, version, text: longText(text) })
      return file
    },
    change({ textDocument: { uri, version }, contentChanges }) {
      const file = toPath(uri)
      const document = file === undefined ? undefined : open.get(file)
      if (file === undefined || !document) return undefined
      open.set(file, { uri: document.uri, version, text: contentChanges.reduce(changed, document.text) })
      return file
    },
    close({ textDocument: { uri } }) {
      const file = toPath(uri)
      if (file !== undefined) open.delete(file)
      return file
    },
    get: file => open.get(file),
    files: () => open.keys(),
  }
}

function changed(text: LongText, change: TextDocumentContentChangeEvent): LongText {
  if (!('range' in change)) return longText(change.text)
  const { start, end } = change.range
  const offsets = [start, end].map(({ line, character }) => text.lines.offset(line, character))
  return text.edit(Math.min(...offsets), Math.max(...offsets), change.text)
}
