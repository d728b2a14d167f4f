// The palette commands, from the command to the file on the screen.
import assert from 'node:assert/strict'
import { commands, workspace } from 'vscode'
import type { CheckResult } from '../../../shared/requests.ts'
import { fileUri, open, restoreWorkspace, section, whenRules } from './support.ts'

const adapterFile = 'src/db/index.ts'
const adapterRule = 'watermelondb/adapter-without-migrations'
const schemaFile = 'src/db/schema.ts'

describe('commands', () => {
  beforeEach(async () => {
    await open(adapterFile)
    await whenRules(adapterFile, rules => rules.includes(adapterRule))
  })
  afterEach(restoreWorkspace)

  it('Create Migration gives the adapter its migrations', async () => {
    await commands.executeCommand(`${section}.createMigration`)
    await whenRules(adapterFile, rules => !rules.includes(adapterRule))
    const adapter = await workspace.openTextDocument(fileUri(adapterFile))
    assert.match(adapter.getText(), /migrations/)
  })

  it('Create Table adds a table to the schema', async () => {
    await commands.executeCommand(`${section}.createTable`, { table: 'attachments' })
    const schema = await workspace.openTextDocument(fileUri(schemaFile))
    assert.match(schema.getText(), /name: 'attachments'/)
  })

  it('Take Schema Snapshot writes a file with the version of the schema', async () => {
    await commands.executeCommand(`${section}.takeSnapshot`)
    const [snapshot] = await workspace.findFiles('offline-storage/*/v*.json')
    assert.ok(snapshot)
    const { version } = JSON.parse((await workspace.openTextDocument(snapshot)).getText())
    assert.match(snapshot.path, new RegExp(`/v${version}\\.json$`))
  })

  it('Check Workspace counts the problems', async () => {
    const result = await commands.executeCommand<CheckResult>(`${section}.checkWorkspace`)
    assert.ok(result.files > 0)
    assert.ok(result.errors > 0)
  })
})
