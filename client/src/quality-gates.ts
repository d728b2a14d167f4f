// "Run Quality Gates": shows which gates the stores pass, and offers what helps with the others. It runs no test itself.
import {
  commands,
  type Disposable,
  EventEmitter,
  RelativePattern,
  type TextDocument,
  type TextDocumentContentProvider,
  Uri,
  window,
  workspace,
} from 'vscode'
import { isRequired } from '../../shared/gates.ts'
import type { QualityGatesResult } from '../../shared/requests.ts'
import { askServer } from './ask-server.ts'
import { refreshPages, showPage } from './show-page.ts'
import { type StorageClient, section } from './start-client.ts'

const scheme = 'offline-storage-gates'
const reportUri = Uri.from({ scheme, path: '/Quality gates.md' })
const generate = 'Generate Sync Layer'
const runTests = 'Run Tests…'
type Run = QualityGatesResult['runs'][number]

/** The command and the read-only document that it shows. */
export interface QualityGates extends Disposable {
  /** Asks the server, and shows the report as a page, or as its text where no Markdown extension is there. Gives what the server answered. */
  run(): Promise<QualityGatesResult | undefined>
}

/** Offers the command's document to the editor. */
export function createQualityGates(client: StorageClient): QualityGates {
  let text = ''
  let isPage = false
  const changed = new EventEmitter<Uri>()
  const provider: TextDocumentContentProvider = {
    onDidChange: changed.event,
    provideTextDocumentContent: () => text,
  }
  const registration = workspace.registerTextDocumentContentProvider(scheme, provider)
  const watchers = new Map<string, Disposable>()

  const look = async (): Promise<QualityGatesResult | undefined> => {
    const result = await askServer<QualityGatesResult>(client, 'qualityGates', {})
    if (result) {
      text = result.markdown
      changed.fire(reportUri)
      if (isPage) await refreshPages()
    }
    return result
  }
  const showReport = async () => {
    const document = await workspace.openTextDocument(reportUri)
    if (document.getText() !== text) await nextChange(document)
    isPage = await showPage(reportUri)
  }
  /** Brings the report up to date when the run that was offered has written its results. */
  const watch = ({ packageUri, resultsFile }: Run) => {
    if (watchers.has(packageUri)) return
    const watcher = workspace.createFileSystemWatcher(new RelativePattern(Uri.parse(packageUri, true), resultsFile))
    watcher.onDidCreate(() => look())
    watcher.onDidChange(() => look())
    watchers.set(packageUri, watcher)
  }
  const offer = async (result: QualityGatesResult) => {
    const { sentence, actions, isMet } = summary(result)
    const choice = isMet
      ? await window.showInformationMessage(sentence, ...actions)
      : await window.showWarningMessage(sentence, ...actions)
    if (choice === generate) await commands.executeCommand(`${section}.generateSyncLayer`)
    if (choice !== runTests) return
    const run = await pickRun(result.runs)
    if (!run) return
    watch(run)
    await typeCommand(run)
  }

  return {
    async run() {
      const result = await look()
      if (!result) return undefined
      if (result.reports.every(({ report }) => report.stores.length === 0)) {
        void window.showInformationMessage('No storage schema was found in this workspace.')
        return result
      }
      await showReport()
      // Not awaited: the message stays until it is dismissed, and the command is done before that.
      void offer(result)
      return result
    },
    dispose() {
      registration.dispose()
      changed.dispose()
      for (const watcher of watchers.values()) watcher.dispose()
    },
  }
}

/** A document that is open already takes in its new text a moment after it was told. */
const nextChange = ({ uri }: TextDocument): Promise<void> =>
  new Promise(resolve => {
    const listener = workspace.onDidChangeTextDocument(({ document }) => {
      if (document.uri.toString() !== uri.toString()) return
      listener.dispose()
      resolve()
    })
  })

function summary({ reports, runs }: QualityGatesResult) {
  const gates = reports.flatMap(({ report }) => report.stores.flatMap(store => store.gates.filter(isRequired)))
  const passed = gates.filter(({ state }) => state === 'passed').length
  const isMet = passed === gates.length
  const sentence =
    gates.length === 0 ? 'No quality gate concerns these stores.' : `${passed} of ${gates.length} quality gates passed.`
  const actions = [
    ...(gates.some(({ state }) => state === 'missing') ? [generate] : []),
    // What runs code of the workspace is not offered where nobody trusts it.
    ...(runs.length > 0 && workspace.isTrusted ? [runTests] : []),
  ]
  return { sentence, actions, isMet }
}

async function pickRun(runs: readonly Run[]): Promise<Run | undefined> {
  if (runs.length < 2) return runs[0]
  const items = runs.map(run => ({
    label: workspace.asRelativePath(Uri.parse(run.packageUri, true)),
    detail: run.command,
    run,
  }))
  return (await window.showQuickPick(items, { title: 'Which package is to be tested?' }))?.run
}

/** Types the command into a terminal. The person presses Enter, or does not. */
async function typeCommand({ packageUri, command, resultsFile }: Run): Promise<void> {
  const folder = Uri.parse(packageUri, true)
  await hideFromGit(Uri.joinPath(folder, resultsFile, '..'))
  const terminal = window.createTerminal({ name: 'Quality gates', cwd: folder })
  terminal.show()
  terminal.sendText(command, false)
}

/** Makes the folder of the results, which ignores itself; jest writes into folders that are there. */
async function hideFromGit(folder: Uri): Promise<void> {
  const ignore = Uri.joinPath(folder, '.gitignore')
  const isThere = await workspace.fs.stat(ignore).then(
    () => true,
    () => false,
  )
  if (isThere) return
  await workspace.fs.createDirectory(folder)
  await workspace.fs.writeFile(ignore, new TextEncoder().encode('*\n'))
}
