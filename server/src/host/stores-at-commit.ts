// The stores as they were at a commit: of the old tree is read what says what a store holds.
import type { Snapshot } from '../core/baseline/snapshot.ts'
import type { FileFacts } from '../core/facts/file-facts.ts'
import type { StoreReader } from '../core/read-stores.ts'
import { basename } from '../core/text/path.ts'
import { feedWanted } from './feed-wanted.ts'
import { isConfigName, isInSkippedFolder, isSourceName, isSqlName } from './file-kinds.ts'
import { type GitFile, listFiles, readFiles } from './git.ts'
import { levelOf } from './gitignore.ts'
import { createWorkspaceModel } from './workspace-model.ts'

/** What the present tree knows of a file whose content is that of the old tree. */
export interface PresentFile {
  readonly holdsStore: boolean
  /** Undefined when the file has not been read. */
  readonly facts: FileFacts | undefined
}

/** What is to be read of which past. */
export interface PastRequest {
  readonly root: string
  readonly commit: string
  /** Makes an empty reader with the engines in force; it is dropped when the answer is there. */
  readonly createReader: () => StoreReader
  /** The present file at a path, if its content has the git id; what it tells need not be read from git. */
  readonly present?: (file: string, id: string) => PresentFile | undefined
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

  const reader = request.createReader()
  const { libraries } = request
  reader.setWorkspace(createWorkspaceModel({ root, files: sources.keys(), configs: configTexts, libraries }))
  const give = async (paths: Iterable<string>, all: boolean): Promise<void> => {
    const unknown: GitFile[] = []
    for (const path of paths) {
      if (!all && isSqlName(path)) continue
      const file = sources.get(path)!
      const present = request.present?.(path, file.id)
      if (present && !all && !present.holdsStore) continue
      if (present?.facts) reader.restore(path, present.facts)
      else unknown.push(file)
    }
    for (let start = 0; start < unknown.length; start += chunk) {
      signal?.throwIfAborted()
      const texts = await readFiles(root, unknown.slice(start, start + chunk))
      for (const [path, text] of texts) if (all || reader.holdsStore(text)) reader.set(`${root}/${path}`, text)
    }
  }
  await give(sources.keys(), false)
  await feedWanted(
    reader,
    file => sources.has(file),
    files => give(files, true),
  )
  return reader.snapshots()
}
