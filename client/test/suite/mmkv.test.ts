// An app that uses MMKV in the editor: its problems, code from nothing, and what is told of a key.
import assert from 'node:assert/strict'
import { type CompletionList, commands, type Hover, type Position, type TextDocument, workspace } from 'vscode'
import type { CommandResult } from '../../../shared/requests.ts'
import { fileUri, open, restoreWorkspace, section, whenRules } from './support.ts'

const settingsFile = 'src/storage/settings.ts'
const screenFile = 'src/screens/SettingsScreen.tsx'

const run = (name: string, given?: unknown) => commands.executeCommand<CommandResult>(`${section}.${name}`, given)

/** The place in the middle of `word`. */
const inside = (document: TextDocument, word: string): Position => {
  const at = document.getText().indexOf(word)
  assert.ok(at >= 0, `${word} is not in ${document.uri.path}`)
  return document.positionAt(at + Math.floor(word.length / 2))
}

describe('an app that uses MMKV', () => {
  beforeEach(async () => {
    await open(settingsFile)
    await whenRules(settingsFile, rules => rules.includes('mmkv/lost-false'))
  })
  afterEach(restoreWorkspace)

  it('has its problems shown', async () => {
    await open(screenFile)
    await whenRules(screenFile, rules => rules.includes('mmkv/type-mismatch'))
    await open('src/storage/session-storage.ts')
    await whenRules('src/storage/session-storage.ts', rules => rules.includes('mmkv/hardcoded-encryption-key'))
  })

  it('Create MMKV Instance writes a module in the API of the installed version', async () => {
    const { ok, message } = await run('createMmkvInstance', {
      name: 'cache',
      namespace: 'cache',
      encryption: 'none',
      file: 'src/storage/cache.ts',
    })
    assert.equal(ok, true, message)
    const text = (await workspace.openTextDocument(fileUri('src/storage/cache.ts'))).getText()
    assert.match(text, /createMMKV\(\{ id: 'app\.cache' \}\)/)
  })

  it('tells of a key what is written to it, and who uses it', async () => {
    const document = await open('src/storage/reader.ts')
    const hovers = await commands.executeCommand<Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      inside(document, "'text-size'"),
    )
    const text = hovers
      .flatMap(hover => hover.contents.map(one => (typeof one === 'string' ? one : one.value)))
      .join('\n')
    assert.match(text, /key `app\.reader\.text-size`: number/)
    assert.match(text, /Used by 1 query/)
  })

  it('offers the keys of the instance', async () => {
    const document = await open('src/storage/reader.ts')
    const { items } = await commands.executeCommand<CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      inside(document, "'text-size'"),
    )
    const labels = items.map(({ label }) => (typeof label === 'string' ? label : label.label))
    assert.ok(labels.includes('text-size'), labels.slice(0, 20).join(', '))
  })
})
