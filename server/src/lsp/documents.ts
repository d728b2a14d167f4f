// The texts that are open in the editor. They win over what is on disk.
import type {
  DidChangeTextDocumentParams,
  DidCloseTextDocumentParams,
  DidOpenTextDocumentParams,
} from 'vscode-languageserver/node'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { toPath } from './uri.ts'

/** Open documents by path. Documents that are no files are not kept. Each method gives the path that it was about. */
export interface Documents {
  open(params: DidOpenTextDocumentParams): string | undefined
  change(params: DidChangeTextDocumentParams): string | undefined
  close(params: DidCloseTextDocumentParams): string | undefined
  get(file: string): TextDocument | undefined
  files(): Iterable<string>
}

/** No open documents yet. */
export function createDocuments(): Documents {
  const open = new Map<string, TextDocument>()
  return {
    open({ textDocument: { uri, languageId, version, text } }) {
      const file = toPath(uri)
      if (file !== undefined) open.set(file, TextDocument.create(uri, languageId, version, text))
      return file
    },
    change({ textDocument: { uri, version }, contentChanges }) {
      const file = toPath(uri)
      const document = file === undefined ? undefined : open.get(file)
      if (file === undefined || !document) return undefined
      open.set(file, TextDocument.update(document, contentChanges, version))
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
