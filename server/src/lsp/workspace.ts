// The session: open documents, folders, and who answers for which file.
import {
  type CancellationToken,
  type Connection,
  MessageType,
  ShowMessageNotification,
} from 'vscode-languageserver/node'
import { toSlashes } from '../host/slashes.ts'
import { createJudge } from '../host/sqlite/create-judge.ts'
import { newAnalyzer, newStoreReader, type Program } from '../program.ts'
import type { ClientAbilities } from './client-abilities.ts'
import { coalesce } from './coalesce.ts'
import { createDocuments, type Documents } from './documents.ts'
import { createFolder, type Folder } from './folder.ts'
import { createPublisher, type Publisher } from './publish.ts'
import { pullConfiguration } from './pull-configuration.ts'
import { createRefresher, type Refresher } from './refresh.ts'
import { type Log, orCancelled, runQuietly } from './run-safe.ts'
import { createStatus } from './status.ts'
import { toUri } from './uri.ts'

/** What the session begins with. */
export interface WorkspaceOptions {
  readonly connection: Connection
  readonly client: ClientAbilities
  readonly program: Program
  /** Absolute paths of the workspace folders. */
  readonly roots: readonly string[]
  readonly trusted: boolean
  readonly cacheDir: string | undefined
}

/** The session. Methods ask `ready` or `loaded` before they look at a folder, so that what was typed has been taken in. */
export interface Workspace {
  readonly connection: Connection
  readonly client: ClientAbilities
  readonly program: Program
  readonly documents: Documents
  readonly publisher: Publisher
  readonly refresher: Refresher
  readonly log: Log
  /** The folder that answers for a file: the innermost that holds it, or the place of files that no folder holds. */
  ownerOf(file: string): Folder
  folders(): readonly Folder[]
  filesWithDiagnostics(): readonly string[]
  /** Begins to read all folders. */
  start(): void
  /** The text of an open document changed, or a document was opened or closed. */
  edited(file: string): void
  changedOnDisk(file: string, deleted: boolean): void
  settingsChanged(pushed: unknown): void
  changeFolders(added: readonly string[], removed: readonly string[]): void
  /** Waits until the texts typed so far and what `file` needs have been taken in. Throws when the request is cancelled. */
  ready(file: string, token: CancellationToken): Promise<void>
  /** Waits until everything has been read. Throws when the request is cancelled. */
  loaded(token?: CancellationToken): Promise<void>
  dispose(): void
}

/** A session that has read nothing yet. */
export function createWorkspace(options: WorkspaceOptions): Workspace {
  const { connection, client, program } = options
  const log: Log = message => connection.console.error(message)
  const judge = createJudge(problem => {
    log(problem)
    const message = `${problem}. Rules about SQL are silent until the server is restarted.`
    void connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message })
  })
  const documents = createDocuments()
  const folders = new Map<string, Folder>()
  let loose: Folder | undefined
  let pushedSettings: unknown
  let started = false
  const edited = new Set<string>()
  const onDisk = new Map<string, 'changed' | 'deleted'>()

  const rootOf = (file: string): string | undefined => {
    let innermost: string | undefined
    for (const root of folders.keys())
      if (file.startsWith(`${root}/`) && root.length > (innermost?.length ?? -1)) innermost = root
    return innermost
  }
  const addFolder = (root: string | undefined, forks: readonly string[] = []): Folder => {
    const folder = createFolder({
      root,
      documents,
      createAnalyzer: forks => newAnalyzer(program, { forks, answerNow: judge.answerNow }, log),
      createReader: forks => newStoreReader(program, { forks, answerNow: judge.answerNow }),
      answer: judge.answer,
      rules: program.rules,
      forks,
      trusted: options.trusted,
      cacheDir: options.cacheDir,
      log,
      owns: file => rootOf(file) === root,
      editorSettings: () => editorSettings(root),
      hearsNews: !client.pullsDiagnostics || client.refreshesDiagnostics,
      onChange: () => flushSoon(),
      onForks: packages => begin(addFolder(root, packages)),
    })
    if (root === undefined) loose = folder
    else folders.set(root, folder)
    return folder
  }
  const allFolders = (): Folder[] => (loose ? [...folders.values(), loose] : [...folders.values()])
  const ownerOf = (file: string): Folder => {
    const root = rootOf(file)
    if (root !== undefined) return folders.get(root)!
    if (loose) return loose
    const place = addFolder(undefined)
    if (started) begin(place)
    return place
  }
  const editorSettings = async (root: string | undefined): Promise<unknown> => {
    if (!client.configuration) return pushedSettings
    return await pullConfiguration(connection, root === undefined ? undefined : toUri(root))
  }

  const publisher = createPublisher(connection, client, ownerOf)
  const refresher = createRefresher(connection, client)
  const status = createStatus(connection, () => ({
    stores: allFolders().reduce((sum, folder) => sum + folder.analyzer.stores().length, 0),
    ...publisher.totals(),
  }))
  const begin = (folder: Folder) => status.reading(folder, progress => folder.load(progress))

  /** Files that were edited and about which nobody has been told yet. */
  const untold = new Set<string>()

  const work = () => {
    const now = new Set(edited)
    edited.clear()
    const byOwner = new Map<Folder, string[]>()
    for (const file of now) {
      const owner = ownerOf(file)
      for (const folder of allFolders())
        if (folder === owner || folder.analyzer.has(file)) byOwner.set(folder, [...(byOwner.get(folder) ?? []), file])
    }
    for (const [folder, files] of byOwner) folder.edited(files)
    for (const file of now) untold.add(file)
    // A finding that hangs on an answer would go away for a moment and come back.
    if (allFolders().filter(folder => folder.asksSqlite()).length > 0) return
    const changed = new Set([...untold, ...allFolders().flatMap(folder => [...folder.takeChanged()])])
    publisher.update(changed, untold)
    untold.clear()
    refresher.update()
    status.update()
  }
  const flush = coalesce(() => runQuietly('publish diagnostics', log, work))
  const flushSoon = () => flush.later()
  const takeDiskChanges = coalesce(() => {
    const changes = new Map(onDisk)
    onDisk.clear()
    for (const folder of folders.values()) {
      const own = new Map([...changes].filter(([file]) => file.startsWith(`${folder.root}/`)))
      if (own.size > 0) folder.changedOnDisk(own)
    }
  })

  for (const root of options.roots) addFolder(toSlashes(root))

  return {
    connection,
    client,
    program,
    documents,
    publisher,
    refresher,
    log,
    ownerOf,
    folders: allFolders,
    filesWithDiagnostics: () => allFolders().flatMap(folder => folder.files()),
    start() {
      started = true
      for (const folder of allFolders()) begin(folder)
      status.update()
    },
    edited(file) {
      edited.add(file)
      flushSoon()
    },
    changedOnDisk(file, deleted) {
      onDisk.set(file, deleted ? 'deleted' : 'changed')
      takeDiskChanges.later()
    },
    settingsChanged(pushed) {
      pushedSettings = pushed
      for (const folder of allFolders()) folder.settingsChanged()
    },
    changeFolders(added, removed) {
      const gone = removed.flatMap(root => folders.get(root) ?? [])
      const shown = gone.flatMap(folder => folder.files())
      for (const folder of gone) {
        folder.dispose()
        folders.delete(folder.root!)
      }
      for (const root of added) if (!folders.has(root)) begin(addFolder(root))
      for (const file of [...shown, ...documents.files()]) edited.add(file)
      flushSoon()
    },
    async ready(file, token) {
      await orCancelled(flush.settled(), token)
      await orCancelled(ownerOf(file).ready(), token)
      flush.now()
      await orCancelled(ownerOf(file).answered(), token)
      flush.now()
    },
    async loaded(token) {
      await orCancelled(flush.settled(), token)
      await orCancelled(takeDiskChanges.settled(), token)
      await orCancelled(Promise.all(allFolders().map(folder => folder.loaded())), token)
      flush.now()
      await orCancelled(Promise.all(allFolders().map(folder => folder.answered())), token)
      flush.now()
    },
    dispose() {
      for (const folder of allFolders()) folder.dispose()
      judge.dispose()
    },
  }
}
