// What editor tests share: the workspace, waiting for diagnostics by their event, quick fixes, and putting things back.
import { cp, readdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import {
  type CodeAction,
  CodeActionKind,
  commands,
  type Diagnostic,
  languages,
  Range,
  TabInputWebview,
  type TextDocument,
  Uri,
  window,
  workspace,
} from 'vscode'

export const extensionId = 'offline-storage.offline-storage'
export const section = 'offlineStorage'

/** A file of the workspace, by its path from the workspace's folder. */
export const fileUri = (file: string): Uri => Uri.joinPath(folder(), file)

/** Opens and shows a file. */
export async function open(file: string): Promise<TextDocument> {
  const document = await workspace.openTextDocument(fileUri(file))
  await show(document)
  return document
}

/** Shows a document. VS Code refuses while another editor is just opening; then it is asked again. */
async function show(document: TextDocument): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await window.showTextDocument(document)
      return
    } catch (error) {
      if (attempt === 10 || !/another editor opened/.test(String(error))) throw error
    }
  }
}

/** The id of the rule that a diagnostic comes from; undefined for diagnostics of other extensions. */
export function ruleOf(diagnostic: Diagnostic): string | undefined {
  const code = typeof diagnostic.code === 'object' ? diagnostic.code.value : diagnostic.code
  return typeof code === 'string' && code.includes('/') ? code : undefined
}

/** The rule ids that are reported in a file, sorted. */
export function rulesIn(file: string): string[] {
  return languages
    .getDiagnostics(fileUri(file))
    .map(ruleOf)
    .filter(rule => rule !== undefined)
    .sort()
}

/** Resolves as soon as the rules reported in `file` satisfy `wanted`; rejects, saying what is there, after `ms`. */
export function whenRules(file: string, wanted: (rules: readonly string[]) => boolean, ms = 30_000): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = () => {
      clearTimeout(deadline)
      listener.dispose()
    }
    const look = () => {
      if (!wanted(rulesIn(file))) return
      done()
      resolve()
    }
    const deadline = setTimeout(() => {
      done()
      reject(new Error(`${file} has [${rulesIn(file)}] after ${ms} ms, which is not what was awaited`))
    }, ms)
    const listener = languages.onDidChangeDiagnostics(look)
    look()
  })
}

/** Resolves with its title as soon as a page of Markdown is shown: the editor tells of its tabs a moment later. */
export function whenPage(): Promise<string> {
  return new Promise(resolve => {
    const look = () => {
      const { input, label = '' } = window.tabGroups.activeTabGroup.activeTab ?? {}
      if (!(input instanceof TabInputWebview) || !input.viewType.endsWith('markdown.preview')) return
      listener.dispose()
      resolve(label)
    }
    const listener = window.tabGroups.onDidChangeTabs(look)
    look()
  })
}

/** The first diagnostic of `rule` in `file`. */
export function diagnosticOf(file: string, rule: string): Diagnostic {
  const found = languages.getDiagnostics(fileUri(file)).find(diagnostic => ruleOf(diagnostic) === rule)
  if (!found) throw new Error(`${file} has no ${rule}, but [${rulesIn(file)}]`)
  return found
}

/** Code actions of one kind for a place, with their edits computed. */
export async function codeActions(file: string, range: Range, kind = CodeActionKind.QuickFix): Promise<CodeAction[]> {
  for (;;) {
    try {
      return await commands.executeCommand<CodeAction[]>(
        'vscode.executeCodeActionProvider',
        fileUri(file),
        range,
        kind.value,
        20,
      )
    } catch (error) {
      // Other extensions that are just starting cancel the request; mocha's time limit ends this loop.
      if (!(error instanceof Error && error.message.includes('Canceled'))) throw error
    }
  }
}

/** Does what choosing the action in the menu does. */
export async function apply(action: CodeAction): Promise<void> {
  if (action.edit && !(await workspace.applyEdit(action.edit))) throw new Error(`"${action.title}" was not applied`)
  if (action.command) await commands.executeCommand(action.command.command, ...(action.command.arguments ?? []))
}

/** The whole range of a document. */
export const everything = (document: TextDocument): Range => new Range(0, 0, document.lineCount, 0)

/** Discards every unsaved change and makes the files on disk what they were at the start. */
export async function restoreWorkspace(): Promise<void> {
  // The person's own settings may be open and dirty as well, while a setting is being written: they are not ours.
  const inFolder = ({ uri }: TextDocument) => workspace.getWorkspaceFolder(uri) !== undefined
  for (const document of workspace.textDocuments.filter(one => one.isDirty && inFolder(one))) {
    await show(document)
    await commands.executeCommand('workbench.action.files.revert')
  }
  await commands.executeCommand('workbench.action.closeAllEditors')
  const pristine = process.env['TEST_PRISTINE']
  if (pristine === undefined) throw new Error('TEST_PRISTINE must name a copy of the workspace')
  await mirror(pristine, folder().fsPath)
}

function folder(): Uri {
  const first = workspace.workspaceFolders?.[0]
  if (!first) throw new Error('the tests need an open folder')
  return first.uri
}

/** Makes the files below `to` those below `from`, touching only what differs. */
async function mirror(from: string, to: string): Promise<void> {
  const list = async (dir: string): Promise<string[]> =>
    (await readdir(dir, { recursive: true, withFileTypes: true }))
      .filter(entry => entry.isFile())
      .map(entry => path.relative(dir, path.join(entry.parentPath, entry.name)))
  const [wanted, present] = [await list(from), await list(to)]
  for (const file of present) if (!wanted.includes(file)) await rm(path.join(to, file))
  for (const file of wanted) {
    const [source, target] = [path.join(from, file), path.join(to, file)]
    const same = present.includes(file) && (await readFile(source)).equals(await readFile(target))
    if (!same) await cp(source, target)
  }
}
