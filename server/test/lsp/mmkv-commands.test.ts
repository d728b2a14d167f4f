// The palette commands that write code for MMKV, as an editor asks for them.
import assert from 'node:assert/strict'
import type { ScaffoldResult } from '../../../shared/requests.ts'
import { serverCommands } from '../../../shared/requests.ts'
import { type Answers, type Question, scaffoldCommands } from '../../../shared/scaffolds.ts'
import { exampleFiles } from '../../testkit/example-files.ts'
import { type LspClient, uriOf } from '../../testkit/lsp-client.ts'
import { tempFolder } from '../host/temp-folder.ts'
import { endSession, start } from './session.ts'

const open = async () => {
  const root = tempFolder(exampleFiles('settings-mmkv'))
  return { root, client: await start({ folders: [root] }) }
}

/** Answers from `given`, else with what stands in a question to begin with. */
async function run(client: LspClient, id: string, given: Answers) {
  const asked: Question[] = []
  let answers: Answers = {}
  for (;;) {
    const result: ScaffoldResult = await client.request('workspace/executeCommand', {
      command: serverCommands.scaffold,
      arguments: [{ id, answers }],
    })
    if (!('question' in result)) return { result, asked }
    const { question } = result
    asked.push(question)
    const first = question.kind === 'text' ? (question.value ?? '') : (question.choices[0]?.value ?? '')
    answers = { ...answers, [question.id]: given[question.id] ?? first }
  }
}

const changesOf = ({ applied }: LspClient) => applied[0]?.edit.documentChanges ?? []

describe('commands on MMKV', () => {
  afterEach(endSession)

  it('create an instance with a key in the keychain that the package has', async () => {
    const { root, client } = await open()
    const { result, asked } = await run(client, scaffoldCommands.createMmkvInstance, {
      namespace: 'wallet',
      name: 'walletStorage',
      encryption: 'expo-secure-store',
    })
    const encryption = asked.find(one => one.id === 'encryption')
    assert.deepEqual(encryption?.kind === 'choice' && encryption.choices.map(one => one.value), [
      'none',
      'expo-secure-store',
    ])
    const file = asked.find(one => one.id === 'file')
    assert.equal(file?.kind === 'text' && file.value, 'src/storage/open-wallet-storage.ts')
    assert.ok(result.ok, result.message)
    assert.equal(result.showUri, uriOf(`${root}/src/storage/open-wallet-storage.ts`))
    assert.ok(JSON.stringify(changesOf(client)).includes('export function openWalletStorage(): Promise<MMKV>'))
  })

  it('leave a file alone that exists, whatever is in it', async () => {
    const { client } = await open()
    const { result } = await run(client, scaffoldCommands.createMmkvInstance, { file: 'babel.config.js' })
    assert.deepEqual([result.ok, result.message], [false, '"babel.config.js" exists already, and is left as it is.'])
    assert.deepEqual(client.applied, [])
  })

  it('write the keys of an instance, and the copy of AsyncStorage', async () => {
    const { client } = await open()
    const keys = await run(client, scaffoldCommands.createKeyModule, { instance: 'app.reader' })
    assert.ok(keys.result.ok, keys.result.message)
    assert.ok(JSON.stringify(changesOf(client)).includes("textSize: 'text-size'"))
    const copy = await run(client, scaffoldCommands.migrateAsyncStorage, {
      instance: 'app.reader',
      file: 'src/copy.ts',
    })
    assert.ok(copy.result.ok, copy.result.message)
  })

  it('rename a key after the person has seen the changes', async () => {
    const { root, client } = await open()
    const { result } = await run(client, scaffoldCommands.renameKey, {
      instance: 'app.reader',
      key: 'text-size',
      to: 'reader.text-size',
    })
    assert.ok(result.ok, result.message)
    const files = changesOf(client).flatMap(one => ('textDocument' in one ? one.textDocument.uri : []))
    assert.deepEqual(
      [...new Set(files)].sort(),
      [`${root}/src/screens/SettingsScreen.tsx`, `${root}/src/storage/reader.ts`].map(uriOf),
    )
  })
})
