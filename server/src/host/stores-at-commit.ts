// The stores as they were at a commit: the old tree is read from git and analysed like the present one.
import type { Snapshot } from '../core/baseline/snapshot.ts'
import { basename } from '../core/text/path.ts'
import { type Feedable, feedWanted } from './feed-wanted.ts'
import { isConfigName, isInSkippedFolder, isSourceName } from './file-kinds.ts'
import { type GitFile, listFiles, readFiles } from './git.ts'
import { levelOf } from './gitignore.ts'
import { createWorkspaceModel } from './workspace-model.ts'

/** What is to be read of which past. */
export interface PastRequest {
  readonly root: string
  readonly commit: string
  /** Makes an empty analyzer with the engines in force; it is dropped when the answer is there. */
  readonly createAnalyzer: () => Feedable
  /** Patterns in the syntax of .gitignore. */
  readonly exclude: readonly string[]
  readonly libraries: readonly string[]
  readonly signal?: AbortSignal
}

/** Files read from git at once, so that not every text of a large tree is held at the same time. */
const chunk = 400

/** Snapshots of the stores at a commit; undefined when git does not tell. */
export async function storesAtCommit(request: PastRequest): Promise<readonly Snapshot[] | undefined> {
  const { root, commit, signal } = request
  const listed = await listFiles(root, commit)
  if (!listed) return undefined
  const excluded = levelOf(root, request.exclude).patterns
  const sources = new Map<string, GitFile>()
  const configs: GitFile[] = []
  for (const file of listed) {
    const name = basename(file.path)
    if (isInSkippedFolder(file.path) || excluded.ignores(file.path)) continue
    if (isConfigName(name)) configs.push(file)
    else if (isSourceName(name)) sources.set(`${root}/${file.path}`, file)
  }
  const configTexts = new Map<string, string>()
  for (const [path, text] of await readFiles(root, configs)) configTexts.set(`${root}/${path}`, text)

  const analyzer = request.createAnalyzer()
  const { libraries } = request
  analyzer.setWorkspace(createWorkspaceModel({ root, files: sources.keys(), configs: configTexts, libraries }))
  const give = async (files: readonly GitFile[], all: boolean): Promise<void> => {
    for (let start = 0; start < files.length; start += chunk) {
      signal?.throwIfAborted()
      const texts = await readFiles(root, files.slice(start, start + chunk))
      analyzer.batch(() => {
        for (const [path, text] of texts) if (all || analyzer.concerns(text)) analyzer.set(`${root}/${path}`, text)
      })
    }
  }
  await give([...sources.values()], false)
  await feedWanted(
    analyzer,
    file => sources.has(file),
    files =>
      give(
        files.map(file => sources.get(file)!),
        true,
      ),
  )
  return analyzer.stores().flatMap(store => analyzer.snapshot(store) ?? [])
}
