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
  const { analyzer } = folder
  const found = analyzer.scaffolds().find(one => one.id === id)
  if (!found) return failed(`There is nothing called "${id}" to write.`)
  const isFile = path !== undefined && path !== folder.root
  const context: ScaffoldContext = {
    ...folder.view,
    project: analyzer.project(isFile ? path : `${folder.root}/index.ts`),
    file: isFile ? path : undefined,
    catalog: catalogOf(folder),
  }
  const question = analyzer.settled(() => found.ask(answers, context))
  if (question) return { question }
  const result = await applyGenerated(workspace, folder, () => found.write(answers, context))
  return result ?? failed('Nothing was written.')
}

/** The folder that answers for what the person looks at, or the only one. */
function folderOf(workspace: Workspace, path: string | undefined): Folder | undefined {
  const folders = workspace.folders().filter(folder => folder.root !== undefined)
  const named = folders.find(folder => folder.root === path)
  if (named) return named
  const owner = path === undefined ? undefined : workspace.ownerOf(path)
  return owner?.root === undefined ? folders[0] : owner
}
