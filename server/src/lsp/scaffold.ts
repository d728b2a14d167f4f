// Code from nothing: asks the person what must be known, then writes.
import type { ScaffoldArguments, ScaffoldResult } from '../../../shared/requests.ts'
import type { ScaffoldContext } from '../core/engines/contract.ts'
import { applyGenerated, failed } from './apply-generated.ts'
import { catalogOf } from './caret.ts'
import type { Folder } from './folder.ts'
import { toPath } from './uri.ts'
import type { Workspace } from './workspace.ts'

/** The next question, or the result once nothing is left to ask. */
export async function scaffold(workspace: Workspace, { id, answers, uri }: ScaffoldArguments): Promise<ScaffoldResult> {
  const path = uri === undefined ? undefined : toPath(uri)
  const folder = folderOf(workspace, path)
  if (folder?.root === undefined) return failed('New code is written into a workspace folder; open one first.')
  const { analyzer, root } = folder
  const found = analyzer.scaffolds().find(one => one.id === id)
  if (!found) return failed(`There is nothing called "${id}" to write.`)
  const context = contextOf(folder, path === undefined || path === root ? { root } : { file: path })
  const question = analyzer.settled(() => found.ask(answers, context))
  if (question) return { question }
  const result = await applyGenerated(workspace, folder, () => found.write(answers, context))
  return result ?? failed('Nothing was written.')
}

/** What a scaffold is told: the package of a file, or of a folder where no file is looked at. */
export function contextOf(folder: Folder, at: { readonly file: string } | { readonly root: string }): ScaffoldContext {
  const { analyzer, view } = folder
  const file = 'file' in at ? at.file : undefined
  return {
    ...view,
    project: analyzer.project('file' in at ? at.file : `${at.root}/index.ts`),
    file,
    catalog: catalogOf(folder),
    generators: analyzer.generators,
  }
}

/** The folder that answers for what the person looks at, or the only one. */
function folderOf(workspace: Workspace, path: string | undefined): Folder | undefined {
  const folders = workspace.folders().filter(folder => folder.root !== undefined)
  const named = folders.find(folder => folder.root === path)
  if (named) return named
  const owner = path === undefined ? undefined : workspace.ownerOf(path)
  return owner?.root === undefined ? folders[0] : owner
}
