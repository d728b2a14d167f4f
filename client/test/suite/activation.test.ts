// The extension starts, and offers what package.json promises.
import assert from 'node:assert/strict'
import { commands, extensions } from 'vscode'
import { extensionId } from './support.ts'

describe('activation', () => {
  it('activates from the installed package', async () => {
    const extension = extensions.getExtension(extensionId)
    assert.ok(extension, `${extensionId} is not installed`)
    await extension.activate()
    assert.equal(extension.isActive, true)
  })

  it('registers every command of package.json', async () => {
    const promised: string[] = extensions
      .getExtension(extensionId)
      ?.packageJSON.contributes.commands.map((entry: { command: string }) => entry.command)
    const registered = new Set(await commands.getCommands(true))
    assert.deepEqual(
      promised.filter(command => !registered.has(command)),
      [],
    )
    assert.ok(promised.length >= 9)
  })
})
