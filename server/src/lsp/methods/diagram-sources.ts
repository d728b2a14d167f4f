// What the picture is drawn from: every folder of the workspace, with its findings and places as the editor counts them.
import type { CancellationToken } from 'vscode-languageserver/node'
import { basename } from '../../core/text/path.ts'
import type { DiagramSource } from '../../core/views/source.ts'
import { catalogOf } from '../caret.ts'
import type { Folder } from '../folder.ts'
import { gather } from '../gather.ts'
import { toLocation } from '../to-lsp.ts'
import type { Workspace } from '../workspace.ts'

/** A source, and the folder that it is made of. */
export interface FolderSource extends DiagramSource {
  readonly of: Folder
}

/** Waits until everything has been read; folders without stores are only there for what may be wrong in them. */
export async function diagramSources(workspace: Workspace, token: CancellationToken): Promise<readonly FolderSource[]> {
  await workspace.loaded(token)
  const folders = workspace.folders()
  const withStores = folders.filter(folder => folder.analyzer.stores().length > 0)
  const sources: FolderSource[] = []
  for (const folder of folders) {
    const catalog = catalogOf(folder)
    await gather(catalog, folder, token)
    const prefix = withStores.length > 1 ? prefixOf(folder, withStores) : undefined
    sources.push({
      of: folder,
      catalog,
      findings: folder.files().flatMap(file => folder.analyzer.findings(file)),
      locate(place) {
        const { uri, range } = toLocation(folder.view, place)
        return { uri, ...range }
      },
      ...(prefix !== undefined && { folder: prefix }),
      broken: catalog
        .files()
        .filter(file => folder.analyzer.facts(file)?.broken)
        .map(basename),
    })
  }
  return sources
}

/** The name of a folder, with a number where several folders have the same. */
function prefixOf(folder: Folder, folders: readonly Folder[]): string {
  const nameOf = ({ root }: Folder) => basename(root ?? 'files')
  const same = folders.filter(other => nameOf(other) === nameOf(folder))
  return same.length === 1 ? nameOf(folder) : `${nameOf(folder)} ${same.indexOf(folder) + 1}`
}
