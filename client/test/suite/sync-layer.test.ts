// "Generate Sync Layer" in the editor: from the command over the preview to the files, and back by one undo.
import assert from 'node:assert/strict'
import { CodeActionKind, commands, Range, type Uri, WorkspaceEdit, workspace } from 'vscode'
import type { CommandResult } from '../../../shared/requests.ts'
import { codeActions, fileUri, open, restoreWorkspace, section, whenPage, whenRules } from './support.ts'

const ladderFile = 'src/db/migrate.ts'
const title = 'Generate a sync layer for this store…'

const answers = {
  store: 'journal',
  target: 'expo-sqlite',
  transport: 'rest',
  endpoint: 'https://api.example.com',
  folder: 'src/sync',
  exclude: [],
  conflicts: 'fieldMerge',
  deletes: 'deleteWins',
  audit: 'yes',
}

const layerFiles = (): Thenable<Uri[]> => workspace.findFiles('src/sync/**')

describe('Generate Sync Layer', () => {
  beforeEach(async () => {
    await open(ladderFile)
    await whenRules(ladderFile, rules => rules.includes('sqlite/failing-migration'))
  })
  afterEach(restoreWorkspace)

  it('says why nothing can be synced, and is offered where it can', async () => {
    assert.deepEqual(await offered(), [title])
    await giveUncountedKeys()
    const refused = await generate()
    assert.equal(refused.ok, false)
    assert.match(refused.message, /journals: its key `id` is a number/)
    assert.deepEqual(await offered(), [])
  })

  it('makes nothing when the person discards the preview, and says nothing of a failure', async () => {
    const { ok, isDiscarded } = await pressing('refactorPreview.discard', generate())
    assert.equal(ok, false)
    assert.equal(isDiscarded, true)
    assert.deepEqual(await layerFiles(), [])
  })

  it('makes and saves all files when the person applies the preview, and takes them back by one undo', async () => {
    const { ok, message } = await pressing('refactorPreview.apply', generate())
    assert.equal(ok, true, message)
    assert.match(await whenPage(), /README\.md/)
    const made = Number(/(\d+) new files/.exec(message)?.[1])
    const files = await layerFiles()
    assert.ok(made > 20, message)
    assert.equal(files.length, made)
    const empty = (await Promise.all(files.map(async file => [file, await workspace.fs.stat(file)] as const))).filter(
      ([, { size }]) => size === 0,
    )
    assert.deepEqual(empty, [])
    assert.match(await onDisk('src/sync/tables.ts'), /entity: 'entries'/)
    assert.match(await onDisk('offline-storage.config.json'), /"folder": "src\/sync"/)

    await open('src/sync/index.ts')
    await commands.executeCommand('undo')
    assert.deepEqual(await layerFiles(), [])
    assert.deepEqual(await workspace.findFiles('offline-storage.config.json'), [])
  })
})

/** Numbers that SQLite does not count for the app cannot be synced. */
async function giveUncountedKeys(): Promise<void> {
  const document = await open(ladderFile)
  const edit = new WorkspaceEdit()
  const text = document.getText().replaceAll('id INTEGER PRIMARY KEY', 'id INT PRIMARY KEY')
  edit.replace(document.uri, new Range(0, 0, document.lineCount, 0), text)
  assert.equal(await workspace.applyEdit(edit), true)
}

const generate = (): Thenable<CommandResult> =>
  commands.executeCommand<CommandResult>(`${section}.generateSyncLayer`, answers)

async function offered(): Promise<string[]> {
  const document = await open(ladderFile)
  const at = document.positionAt(document.getText().indexOf('export async function migrate'))
  const actions = await codeActions(ladderFile, new Range(at, at), CodeActionKind.Refactor)
  return actions.map(one => one.title).filter(one => one.includes('sync layer'))
}

/** Presses a button of the preview, which is there at some time, until files are made or the command is done. */
async function pressing(button: string, generated: Thenable<CommandResult>): Promise<CommandResult> {
  let isHeard = false
  const hear = () => {
    isHeard = true
  }
  void generated.then(hear)
  const listener = workspace.onWillCreateFiles(hear)
  while (!isHeard) await commands.executeCommand(button)
  listener.dispose()
  return generated
}

const onDisk = async (file: string): Promise<string> =>
  new TextDecoder().decode(await workspace.fs.readFile(fileUri(file)))
