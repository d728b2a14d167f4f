// The editor is told that lenses may be old, and not more often than it looks.
import assert from 'node:assert/strict'
import type { Connection } from 'vscode-languageserver/node'
import { readAbilities } from '../../src/lsp/client-abilities.ts'
import { createRefresher } from '../../src/lsp/refresh.ts'

/** An editor that answers when it is made to. */
function editor(refreshSupport = true) {
  const told: string[] = []
  const answers: (() => void)[] = []
  const sendRequest = ({ method }: { method: string }) => {
    told.push(method)
    return new Promise<void>(resolve => answers.push(resolve))
  }
  const connection = { sendRequest } as unknown as Connection
  const client = readAbilities({ workspace: { codeLens: { refreshSupport }, inlayHint: { refreshSupport } } }, {})
  const answer = async () => {
    answers.shift()?.()
    await new Promise(resolve => setImmediate(resolve))
  }
  return { told, answer, refresher: createRefresher(connection, client) }
}

describe('refresh', () => {
  it('tells about what is shown', () => {
    const { told, refresher } = editor()
    refresher.update()
    assert.deepEqual(told, [])
    refresher.shown('lenses')
    refresher.update()
    assert.deepEqual(told, ['workspace/codeLens/refresh'])
    refresher.shown('hints')
    refresher.update()
    assert.deepEqual(told, ['workspace/codeLens/refresh', 'workspace/inlayHint/refresh'])
  })

  it('tells once until the editor has asked again', async () => {
    const { told, answer, refresher } = editor()
    refresher.shown('lenses')
    refresher.update()
    await answer()
    refresher.update()
    assert.equal(told.length, 1)
    refresher.shown('lenses')
    refresher.update()
    assert.equal(told.length, 2)
  })

  it('waits for the answer, and forgets no change meanwhile', async () => {
    const { told, answer, refresher } = editor()
    refresher.shown('lenses')
    refresher.update()
    refresher.shown('lenses')
    refresher.update()
    refresher.update()
    assert.equal(told.length, 1)
    await answer()
    assert.equal(told.length, 2)
    await answer()
    assert.equal(told.length, 2)
  })

  it('says nothing to an editor that does not listen', () => {
    const { told, refresher } = editor(false)
    refresher.shown('lenses')
    refresher.update()
    assert.deepEqual(told, [])
  })
})
