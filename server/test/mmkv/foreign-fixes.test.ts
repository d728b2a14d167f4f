// Where the compiler reports what our fix mends, the fix is offered on its diagnostics, and nothing is reported twice.
import assert from 'node:assert/strict'
import type { CodeAction } from 'vscode-languageserver/node'
import { pushing, uriOf } from '../../testkit/lsp-client.ts'
import { runApp } from '../../testkit/run-example.ts'
import { tempFolder } from '../host/temp-folder.ts'
import { applied, endSession, resolved, settled, start, textEdits } from '../lsp/session.ts'

const realServer = new URL('../../src/server.ts', import.meta.url)

const files = {
  'package.json':
    '{ "name": "app", "dependencies": { "react-native-mmkv": "4.3.2", "react-native-nitro-modules": "0.35.9" } }',
  'src/storage.ts': `import { MMKV } from 'react-native-mmkv'

export const storage = new MMKV()
`,
  'src/sign-out.ts': `import { storage } from './storage'

export const signOut = () => storage.delete('token')
`,
}

describe('fixes for diagnostics of other programs', () => {
  afterEach(endSession)

  it('are offered by code and line, once each, for the file and for all files', async () => {
    const root = tempFolder(files)
    const file = `${root}/src/storage.ts`
    const text = files['src/storage.ts']
    const client = await start({ folders: [root], capabilities: pushing, server: realServer })
    await client.open(file, text)
    await settled(client)

    /** The actions offered where another program reports `code` at `word`. */
    const offered = (word: string, code: number | string, source?: string) => {
      const before = text.slice(0, text.indexOf(word)).split('\n')
      const place = { line: before.length - 1, character: before.at(-1)!.length }
      const range = { start: place, end: { ...place, character: place.character + word.length } }
      const diagnostic = { range, code, message: 'whatever it says', ...(source !== undefined && { source }) }
      return client.request<CodeAction[]>('textDocument/codeAction', {
        textDocument: { uri: uriOf(file) },
        range,
        context: { diagnostics: [diagnostic] },
      })
    }

    const actions = await offered('MMKV()', 2693, 'ts')
    assert.deepEqual(
      actions.map(action => [action.title, action.diagnostics?.map(({ code }) => code)]),
      [
        ['Use the API of react-native-mmkv 4 in this file', [2693]],
        ['Use the API of react-native-mmkv 4 in all 2 files that need it', [2693]],
      ],
    )
    const after = textEdits(await resolved(client, actions[1])).map(edit => {
      const name = edit.textDocument.uri === uriOf(file) ? 'src/storage.ts' : 'src/sign-out.ts'
      return [name, applied(files[name], edit.edits)]
    })
    assert.deepEqual(Object.fromEntries(after), {
      'src/storage.ts': text.replace('{ MMKV }', '{ createMMKV }').replace('new MMKV()', 'createMMKV()'),
      'src/sign-out.ts': files['src/sign-out.ts'].replace('delete', 'remove'),
    })

    assert.deepEqual(await offered('MMKV()', 2304, 'ts'), [], 'another code')
    assert.deepEqual(await offered('MMKV()', 2693), [], 'a program without a name')
    assert.deepEqual(await offered('\n\n', 2693, 'eslint'), [], 'another program')
  })
  it('stand where we report nothing ourselves, save in JavaScript', () => {
    const project = { versions: { 'react-native-mmkv': '4.3.2' } }
    const { 'src/storage.ts': text } = files
    const { analyzer } = runApp({ 'src/storage.ts': text, 'src/storage.js': text }, { project })
    const found = (file: string) => [analyzer.findings(file).length, analyzer.foreignFindings(file).length]
    assert.deepEqual(
      [found('/app/src/storage.ts'), found('/app/src/storage.js')],
      [
        [0, 2],
        [1, 0],
      ],
    )
  })
})
