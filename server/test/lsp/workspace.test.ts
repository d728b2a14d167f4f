import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { CancellationTokenSource } from 'vscode-languageserver/node'
import { pulling, pushing, uriOf } from '../../testkit/lsp-client.ts'
import { appOnDisk, correct, endSession, hasCode, misspelled, none, settled, start } from './session.ts'

const unknownColumn = 'watermelondb/unknown-column'

/** Tells the server that paths changed on disk (1 created, 2 changed, 3 deleted). */
const change = (type: 1 | 2 | 3, ...files: string[]) => ({ changes: files.map(file => ({ uri: uriOf(file), type })) })

describe('settings', () => {
  afterEach(endSession)

  it('take hold when they change in the editor', async () => {
    const root = appOnDisk({ models: { Post: misspelled } })
    const file = `${root}/src/models/Post.ts`
    let rules: Record<string, string> = {}
    const client = await start({ folders: [root], settings: () => ({ rules, unheardOf: 1 }) })
    await client.diagnostics(file, hasCode(unknownColumn))
    assert.ok(client.registered.includes('workspace/didChangeConfiguration'))
    rules = { [unknownColumn]: 'off' }
    await client.notify('workspace/didChangeConfiguration', { settings: null })
    await client.diagnostics(file, none)
    rules = { [unknownColumn]: 'info' }
    await client.notify('workspace/didChangeConfiguration', { settings: null })
    await client.diagnostics(file, ([one]) => one?.severity === 3)
  })

  it('are overruled by the config file, whose mistakes are shown where they stand', async () => {
    const root = appOnDisk({ models: { Post: misspelled } })
    const config = `${root}/offline-storage.config.json`
    const file = `${root}/src/models/Post.ts`
    writeFileSync(config, `{ "rules": { "${unknownColumn}": "warning", "nope/nope": "error" }, "basline": "none" }`)
    const client = await start({ folders: [root], settings: () => ({ rules: { [unknownColumn]: 'off' } }) })
    await client.diagnostics(file, ([one]) => one?.severity === 2)
    const wrong = await client.diagnostics(config, list => list.length === 2)
    assert.deepEqual(
      wrong.map(({ range, code }) => [code, range.start.character, range.end.character]),
      [
        ['offline-storage/config', 55, 66],
        ['offline-storage/config', 79, 88],
      ],
    )
    await client.open(config, readFileSync(config, 'utf8'))
    await client.edit(config, ', "nope/nope": "error" }, "basline": "none"', '}')
    await client.diagnostics(config, none)
    await client.edit(config, '"warning"', '"off"')
    await client.diagnostics(file, none)
  })

  it('of an untrusted workspace are checked and not obeyed', async () => {
    const root = appOnDisk({ models: { Post: misspelled } })
    writeFileSync(`${root}/offline-storage.config.json`, `{ "rules": { "${unknownColumn}": "off" }, "no": 1 }`)
    const client = await start({ folders: [root], initializationOptions: { trusted: false } })
    await client.diagnostics(`${root}/src/models/Post.ts`, hasCode(unknownColumn))
    await client.diagnostics(`${root}/offline-storage.config.json`, hasCode('offline-storage/config'))
  })

  it('may name forks, which are then read', async () => {
    const root = appOnDisk({ models: { Post: misspelled } })
    for (const path of ['src/models/Post.ts', 'src/db/schema.ts', 'src/db/index.ts']) {
      const text = readFileSync(`${root}/${path}`, 'utf8')
      writeFileSync(`${root}/${path}`, text.replaceAll('@nozbe/watermelondb', 'ourmelon'))
    }
    let packages: string[] = []
    const client = await start({ folders: [root], settings: () => ({ watermelondbPackages: packages }) })
    await settled(client)
    assert.deepEqual(client.published, [])
    packages = ['ourmelon']
    await client.notify('workspace/didChangeConfiguration', { settings: null })
    await client.diagnostics(`${root}/src/models/Post.ts`, hasCode(unknownColumn))
  })
})

describe('files on disk', () => {
  afterEach(endSession)

  it('are read again when they change, appear and go', async () => {
    const root = appOnDisk({ models: { Post: correct } })
    const file = `${root}/src/models/Post.ts`
    const more = `${root}/src/models/More.ts`
    const client = await start({ folders: [root] })
    await settled(client)
    assert.ok(client.registered.includes('workspace/didChangeWatchedFiles'))
    const wrong = readFileSync(file, 'utf8').replace("'title'", "'titel'")
    writeFileSync(file, wrong)
    await client.notify('workspace/didChangeWatchedFiles', change(2, file))
    await client.diagnostics(file, hasCode(unknownColumn))
    rmSync(file)
    writeFileSync(more, wrong.replaceAll('Post', 'More'))
    await client.notify('workspace/didChangeWatchedFiles', change(3, file))
    await client.notify('workspace/didChangeWatchedFiles', change(1, more))
    await client.diagnostics(file, none)
    const schema = `${root}/src/db/schema.ts`
    writeFileSync(schema, readFileSync(schema, 'utf8').replace("'title'", "'titel'"))
    await client.notify('workspace/didChangeWatchedFiles', change(2, schema))
    await settled(client)
    const index = `${root}/src/db/index.ts`
    writeFileSync(index, readFileSync(index, 'utf8').replaceAll('Post', 'More'))
    await client.notify('workspace/didChangeWatchedFiles', change(2, index))
    writeFileSync(schema, readFileSync(schema, 'utf8').replace("'titel'", "'title'"))
    await client.notify('workspace/didChangeWatchedFiles', change(2, schema))
    await client.diagnostics(more, hasCode(unknownColumn))
  })

  it('are forgotten with their folder, and left alone when git ignores them', async () => {
    const root = appOnDisk({ models: { Post: misspelled } })
    const file = `${root}/src/models/Post.ts`
    const client = await start({ folders: [root] })
    await client.diagnostics(file, hasCode(unknownColumn))
    writeFileSync(`${root}/.gitignore`, 'src/models/\n')
    await client.notify('workspace/didChangeWatchedFiles', change(1, `${root}/.gitignore`))
    await client.diagnostics(file, none)
    rmSync(`${root}/.gitignore`)
    await client.notify('workspace/didChangeWatchedFiles', change(3, `${root}/.gitignore`))
    await client.diagnostics(file, hasCode(unknownColumn))
    renameSync(`${root}/src/models`, `${root}/models-no-more`)
    await client.notify('workspace/didChangeWatchedFiles', change(3, `${root}/src/models`))
    await client.diagnostics(file, none)
  })

  it('do not win over the open text', async () => {
    const root = appOnDisk({ models: { Post: misspelled } })
    const file = `${root}/src/models/Post.ts`
    const client = await start({ folders: [root] })
    await client.open(file, readFileSync(file, 'utf8'))
    await client.diagnostics(file, hasCode(unknownColumn))
    writeFileSync(file, '')
    await client.notify('workspace/didChangeWatchedFiles', change(2, file))
    await settled(client)
    assert.equal((await client.diagnostics(file, () => true)).length, 1)
  })

  it('that are too large or binary harm nobody', async () => {
    const root = appOnDisk({
      models: { Post: misspelled },
      files: { 'src/huge.ts': '/'.repeat(6 * 1024 * 1024), 'src/video.ts': '\u0000\u0001@nozbe/watermelondb' },
    })
    const client = await start({ folders: [root] })
    await client.diagnostics(`${root}/src/models/Post.ts`, hasCode(unknownColumn))
    await client.diagnostics(`${root}/src/huge.ts`, hasCode('offline-storage/not-read'))
    const [binary] = await client.diagnostics(`${root}/src/video.ts`, hasCode('offline-storage/not-read'))
    assert.match(String(binary?.message), /^This file is a binary file/)
  })

  it('that hold damaged snapshots say so where it is', async () => {
    const root = appOnDisk({})
    const file = `${root}/offline-storage/watermelon/v1.json`
    mkdirSync(`${root}/offline-storage/watermelon`, { recursive: true })
    writeFileSync(file, '{ "format": "something else" }')
    const client = await start({ folders: [root] })
    const [wrong] = await client.diagnostics(file, hasCode('offline-storage/snapshot'))
    assert.equal(wrong?.range.start.character, 12)
    rmSync(file)
    await client.notify('workspace/didChangeWatchedFiles', change(3, file))
    await client.diagnostics(file, none)
  })
})

describe('workspace folders', () => {
  afterEach(endSession)

  it('are judged each by itself, and can come and go', async () => {
    const one = appOnDisk({ models: { Post: misspelled } })
    const two = appOnDisk({ models: { Post: misspelled } })
    const settings = (uri: string | undefined) => ({
      rules: { [unknownColumn]: uri === uriOf(two) ? 'warning' : 'error' },
    })
    const client = await start({ folders: [one], settings })
    await client.diagnostics(`${one}/src/models/Post.ts`, ([first]) => first?.severity === 1)
    await client.notify('workspace/didChangeWorkspaceFolders', {
      event: { added: [{ uri: uriOf(two), name: 'two' }], removed: [] },
    })
    await client.diagnostics(`${two}/src/models/Post.ts`, ([first]) => first?.severity === 2)
    await client.notify('workspace/didChangeWorkspaceFolders', {
      event: { added: [], removed: [{ uri: uriOf(one), name: 'one' }] },
    })
    await client.diagnostics(`${one}/src/models/Post.ts`, none)
  })

  it('answer for a file only where they are the innermost', async () => {
    const outer = appOnDisk({ models: { Post: misspelled } }, 'packages/app/')
    const inner = `${outer}/packages/app`
    const settings = (uri: string | undefined) => ({
      rules: { [unknownColumn]: uri === uriOf(inner) ? 'warning' : 'error' },
    })
    const client = await start({ folders: [outer, inner], settings })
    await client.diagnostics(`${inner}/src/models/Post.ts`, ([first]) => first?.severity === 2)
    await settled(client)
    assert.deepEqual(
      client.published.filter(({ diagnostics }) => diagnostics.length > 0).map(({ uri }) => uri),
      [uriOf(`${inner}/src/models/Post.ts`)],
    )
  })
})

describe('the server', () => {
  afterEach(endSession)

  it('answers a cancelled request at once, while it still reads', async () => {
    const root = appOnDisk({ models: { Post: misspelled } })
    let answer = (_: unknown): void => undefined
    const held = new Promise(resolve => {
      answer = resolve
    })
    const client = await start({ folders: [root], capabilities: pulling, settings: () => held })
    const source = new CancellationTokenSource()
    const params = { textDocument: { uri: uriOf(`${root}/src/models/Post.ts`) } }
    const request = client.connection.sendRequest('textDocument/diagnostic', params, source.token)
    source.cancel()
    await assert.rejects(request, { code: -32800 })
    answer({})
    await settled(client)
  })

  it('goes on when a rule throws, and logs it', async () => {
    const root = appOnDisk({ models: { Post: misspelled, Explosive: misspelled } })
    const client = await start({ folders: [root] })
    await client.diagnostics(`${root}/src/models/Post.ts`, hasCode(unknownColumn))
    await settled(client)
    assert.ok(client.logged.some(message => /watermelondb\/test-throwing: Error: this rule throws/.test(message)))
  })

  it('shows progress, and ends with the numbers', async () => {
    const root = appOnDisk({ models: { Post: misspelled } })
    const client = await start({ folders: [root], capabilities: pushing })
    await client.seen('window/workDoneProgress/create')
    await client.seen('offlineStorage/status', (status: { state: string }) => status.state === 'reading')
    const ready = (status: { state: string; errors: number }) => status.state === 'ready' && status.errors === 1
    assert.deepEqual(await client.seen('offlineStorage/status', ready), {
      state: 'ready',
      stores: 1,
      errors: 1,
      warnings: 0,
    })
    assert.equal(await client.stop(), 0)
  })

  it('reads facts kept from an earlier start, and finds the same', async () => {
    const root = appOnDisk({ models: { Post: misspelled } })
    const cacheDir = appOnDisk({}, 'unused/')
    for (let begin = 0; begin < 2; begin++) {
      const client = await start({ folders: [root], initializationOptions: { cacheDir } })
      const [found] = await client.diagnostics(`${root}/src/models/Post.ts`, hasCode(unknownColumn))
      assert.deepEqual(found?.range.start, { line: 5, character: 9 })
      await settled(client)
    }
  })
})
