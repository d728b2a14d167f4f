// A workspace that nobody trusted: problems are shown, and no configuration of the workspace's own is obeyed.
import assert from 'node:assert/strict'
import { commands, workspace } from 'vscode'
import { fileUri, open, restoreWorkspace, section, whenRules } from './support.ts'

const file = 'src/models/Notebook.ts'
const rule = 'watermelondb/unknown-column'

describe('an untrusted workspace', () => {
  afterEach(restoreWorkspace)

  it('is what this suite runs in', () => assert.equal(workspace.isTrusted, false))

  it('has its problems shown', async () => {
    await open(file)
    await whenRules(file, rules => rules.includes(rule))
  })

  it('cannot switch a rule off by its own config file', async () => {
    const config = JSON.stringify({ rules: { [rule]: 'off' } })
    await workspace.fs.writeFile(fileUri('offline-storage.config.json'), new TextEncoder().encode(config))
    await open(file)
    await whenRules(file, rules => rules.includes(rule))
    const gone = whenRules(file, rules => rules.length === 0)
    await commands.executeCommand(`${section}.restartServer`)
    await gone
    await whenRules(file, rules => rules.includes(rule))
  })
})
