// The diagram's tab: opened once, brought back to the front, and asked to reveal what the cursor stands in.
import assert from 'node:assert/strict'
import { commands, Selection, type Tab, TabInputWebview, window } from 'vscode'
import { open, restoreWorkspace, section } from './support.ts'

const diagrams = (): Tab[] =>
  window.tabGroups.all
    .flatMap(group => group.tabs)
    .filter(({ input }) => input instanceof TabInputWebview && input.viewType.endsWith(`${section}.diagram`))

/** Resolves as soon as the tabs are as wanted. */
function whenDiagrams(wanted: (tabs: readonly Tab[]) => boolean): Promise<void> {
  return new Promise(resolve => {
    const look = () => {
      if (!wanted(diagrams())) return
      listener.dispose()
      resolve()
    }
    const listener = window.tabGroups.onDidChangeTabs(look)
    look()
  })
}

describe('the schema diagram', () => {
  afterEach(restoreWorkspace)

  it('opens beside the code, and only once', async () => {
    await open('src/db/schema.ts')
    await commands.executeCommand(`${section}.showDiagram`)
    await whenDiagrams(tabs => tabs.length === 1)
    await open('src/db/migrations.ts')
    await commands.executeCommand(`${section}.showDiagram`)
    await whenDiagrams(tabs => tabs[0]?.isActive === true)
    assert.equal(diagrams().length, 1)
    assert.equal(window.tabGroups.all.length, 2)
  })

  it('opens for the table that the cursor stands in', async () => {
    const document = await open('src/models/Notebook.ts')
    const at = document.positionAt(document.getText().indexOf("'notebooks'") + 2)
    if (window.activeTextEditor) window.activeTextEditor.selection = new Selection(at, at)
    await commands.executeCommand(`${section}.revealInDiagram`)
    await whenDiagrams(tabs => tabs.length === 1)
  })

  it('does not open where the cursor stands in no table', async () => {
    const document = await open('babel.config.js')
    const at = document.positionAt(0)
    if (window.activeTextEditor) window.activeTextEditor.selection = new Selection(at, at)
    await commands.executeCommand(`${section}.revealInDiagram`)
    assert.equal(diagrams().length, 0)
  })
})
