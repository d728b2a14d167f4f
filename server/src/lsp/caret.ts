// Where the caret of a request is, and the catalog that it looks into.
import type { CancellationToken, TextDocumentPositionParams } from 'vscode-languageserver/node'
import type { Catalog } from '../core/catalog/catalog.ts'
import type { Folder } from './folder.ts'
import { gather } from './gather.ts'
import { toPath } from './uri.ts'
import type { View } from './view.ts'
import type { Workspace } from './workspace.ts'

/** A place in a file, in the words of the house. */
export interface Caret {
  readonly file: string
  readonly offset: number
  readonly view: View
  readonly catalog: Catalog
}

/** What the folder's analyzer knows, with the texts that were analysed. */
export const catalogOf = ({ analyzer, view }: Folder): Catalog => analyzer.catalog(view.text)

/**
 * How much must be known before an answer: the file and what it leans on, or everything, for answers that would be wrong
 * without the rest.
 */
export type Needs = 'file' | 'workspace'

/** Takes in what was typed and finds the caret; undefined for documents that are no files. */
export async function caretOf(
  workspace: Workspace,
  { textDocument, position }: TextDocumentPositionParams,
  token: CancellationToken,
  needs: Needs = 'file',
): Promise<Caret | undefined> {
  const file = toPath(textDocument.uri)
  if (file === undefined) return undefined
  await (needs === 'workspace' ? workspace.loaded(token) : workspace.ready(file, token))
  const folder = workspace.ownerOf(file)
  const catalog = catalogOf(folder)
  if (needs !== 'file') await gather(catalog, folder, token)
  const offset = folder.view.lines(file).offset(position.line, position.character)
  return { file, offset, view: folder.view, catalog }
}
