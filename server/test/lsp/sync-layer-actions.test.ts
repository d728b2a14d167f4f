// From a finding, or from a store, to "Generate Sync Layer" in one action.
import assert from 'node:assert/strict'
import type { ApplyWorkspaceEditResult, CodeAction, Diagnostic } from 'vscode-languageserver/node'
import { discarded, type ScaffoldResult, serverCommands } from '../../../shared/requests.ts'
import type { Answers, Question } from '../../../shared/scaffolds.ts'
import { type LspClient, pushing, uriOf } from '../../testkit/lsp-client.ts'
import { expoNotes, mmkvTasks, opOrders } from '../../testkit/sync/example-apps.ts'
import { tempFolder } from '../host/temp-folder.ts'
import { sampleQueue } from '../sync/sample-queue.ts'
import { actionsAt, endSession, settled, start } from './session.ts'

type Files = Readonly<Record<string, string>>

/** With the rules that people have, not those of tests. */
const server = new URL('../../src/server.ts', import.meta.url)
const insteadOfQueue = 'Generate a sync layer instead of this queue…'
const insteadOfApollo = 'Generate a sync layer that sends through Apollo Client…'
const insteadOfSync = 'Generate a sync layer instead of this sync…'
const forStore = 'Generate a sync layer for this store…'
const queueFile = 'src/sync/SyncQueue.ts'
const app: Files = { ...expoNotes, [queueFile]: sampleQueue }
const tsconfig = { 'tsconfig.json': '{ "compilerOptions": { "strict": true } }\n' }

/** The files of some packages, as those of one workspace. */
const packed = (packages: Readonly<Record<string, Files>>): Files =>
  Object.fromEntries(
    Object.entries(packages).flatMap(([name, own]) =>
      Object.entries({ ...tsconfig, ...own }).map(([path, text]) => [`apps/${name}/${path}`, text]),
    ),
  )

async function editorOn(files: Files, runsScaffolds = true, change?: ApplyWorkspaceEditResult) {
  const root = tempFolder({ ...tsconfig, ...files })
  const client = await start({
    server,
    folders: [root],
    capabilities: pushing,
    initializationOptions: { runsScaffolds },
    ...(change && { change }),
  })
  const at = async (path: string, word: string, only?: string[]) => {
    const text = files[path]!
    assert.ok(text.includes(word), word)
    return actionsAt(client, `${root}/${path}`, text, word, only)
  }
  const show = async (path: string) => {
    await client.open(`${root}/${path}`, files[path]!)
    await settled(client)
  }
  return { client, root, at, show }
}

const titles = (actions: readonly CodeAction[]): string[] =>
  actions.map(({ title }) => title).filter(title => !title.startsWith('Disable '))

const answersOf = (actions: readonly CodeAction[], title: string): Answers | undefined =>
  actions.find(one => one.title === title)?.command?.arguments?.[0] as Answers | undefined

const wholeFile = (client: LspClient, file: string, text: string) =>
  client.request<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri: uriOf(file) },
    range: { start: { line: 0, character: 0 }, end: { line: text.split('\n').length, character: 0 } },
    context: { diagnostics: [] },
  })

/** Does what the editor does with the command: asks on, until there is a result. `decide` answers as a person would. */
async function runToTheEnd(client: LspClient, file: string, given: Answers, decide: (question: Question) => string) {
  const asked: string[] = []
  let answers = given
  for (;;) {
    const result = await client.request<ScaffoldResult>('workspace/executeCommand', {
      command: serverCommands.scaffold,
      arguments: [{ id: 'sync.generateLayer', answers, uri: uriOf(file) }],
    })
    if (!('question' in result)) return { result, asked }
    const { question } = result
    asked.push(question.id)
    const isMany = question.kind === 'choice' && question.many
    answers = { ...answers, [question.id]: isMany ? [] : decide(question) }
  }
}

const firstChoice = (question: Question): string =>
  question.kind === 'text' ? (question.value ?? '') : question.choices[0]!.value

/** Paths of the files that the last edit makes, from `root`. */
const madeFiles = ({ applied }: LspClient, root: string): string[] =>
  (applied.at(-1)?.edit.documentChanges ?? []).flatMap(change =>
    'kind' in change && change.kind === 'create' ? [change.uri.slice(uriOf(root).length + 1)] : [],
  )

describe('from a queue to a sync layer', function () {
  this.timeout(30_000)
  let editor: Awaited<ReturnType<typeof editorOn>>
  before(async () => {
    editor = await editorOn(app)
    await editor.show(queueFile)
  })
  after(endSession)

  const queueWords = {
    'sync/queue-not-restored': 'this.persistQueue',
    'sync/floating-drain': 'this.processQueue();',
    'sync/no-reconnect-listener': 'NetInfo.fetch',
    'sync/await-before-lock': 'this.isProcessing = true',
    'sync/unclassified-errors': 'catch (error)',
    'sync/dropped-after-retries': 'this.queue.shift();\n          await this.logFailed',
    'sync/no-backoff': 'break;',
    'sync/unreleased-lock': 'this.isProcessing = false;\n  }',
    'sync/unhandled-op-type': 'operation.type)',
    'sync/no-stable-op-key': 'api.post',
    'sync/blind-overwrite': 'api.put',
  }

  it('every finding that a layer answers leads there, behind its own fix, and never as the preferred one', async () => {
    const { at } = editor
    for (const [rule, word] of Object.entries(queueWords)) {
      const actions = await at(queueFile, word)
      const found = actions.findIndex(one => one.title === insteadOfQueue)
      assert.ok(found >= 0, rule)
      const action = actions[found]!
      assert.ok(
        action.diagnostics?.some(one => one.code === rule),
        rule,
      )
      assert.deepEqual(answersOf(actions, insteadOfQueue), { store: 'notes', target: 'expo-sqlite' }, rule)
      assert.equal(action.isPreferred, undefined)
      assert.equal(action.edit ?? action.data, undefined)
      const behind = actions.slice(found).map(one => (one.data as { kind?: string } | undefined)?.kind)
      assert.ok(!behind.includes('fix'), `${rule}: ${titles(actions).join(' | ')}`)
    }
  })

  it('a finding that a line mends does not', async () => {
    const { at } = editor
    const actions = await at(queueFile, 'isConnected')
    assert.ok(actions.some(one => one.diagnostics?.some(({ code }) => code === 'sync/connected-only')))
    assert.ok(!titles(actions).includes(insteadOfQueue))
  })

  it('a selection of the whole queue offers it once, for all of the findings', async () => {
    const { client, root } = editor
    const found = (await wholeFile(client, `${root}/${queueFile}`, sampleQueue)).filter(
      one => one.title === insteadOfQueue,
    )
    assert.equal(found.length, 1)
    const codes = (found[0]?.diagnostics ?? []).map((one: Diagnostic) => String(one.code))
    assert.deepEqual(codes.sort(), Object.keys(queueWords).sort())
  })

  it('"fix all" knows nothing of it', async () => {
    const { at } = editor
    assert.deepEqual(
      (await at(queueFile, 'break;', ['source.fixAll'])).filter(one => one.command),
      [],
    )
  })

  it('asks for what the finding does not tell, then gives the files of the layer', async () => {
    const { client, root, at } = editor
    const answers = answersOf(await at(queueFile, 'break;'), insteadOfQueue)
    assert.ok(answers)
    const { result, asked } = await runToTheEnd(client, `${root}/${queueFile}`, answers, question =>
      question.id === 'folder' ? 'src/layer' : firstChoice(question),
    )
    assert.deepEqual(asked, ['transport', 'endpoint', 'folder', 'exclude', 'conflicts', 'deletes', 'audit'])
    assert.ok('ok' in result && result.ok, JSON.stringify(result))
    const made = madeFiles(client, root)
    for (const path of ['src/layer/index.ts', 'src/layer/tables.ts', 'offline-storage.config.json'])
      assert.ok(made.includes(path), `${path} of ${made.join(', ')}`)
    assert.ok(made.length > 20)
    const touched = (client.applied.at(-1)?.edit.documentChanges ?? []).flatMap(change =>
      'textDocument' in change ? [change.textDocument.uri] : [],
    )
    assert.ok(!touched.includes(uriOf(`${root}/${queueFile}`)), 'the queue stays as it is')
  })
})

describe('a layer that the editor does not write', function () {
  this.timeout(30_000)
  afterEach(endSession)

  const outcome = async (change: ApplyWorkspaceEditResult) => {
    const { client, root, show } = await editorOn(expoNotes, true, change)
    await show('src/db.ts')
    return (await runToTheEnd(client, `${root}/src/db.ts`, {}, firstChoice)).result
  }

  it('is no failure where the person has discarded the preview', async () => {
    const answer = { ok: false, message: 'Nothing was changed.', isDiscarded: true }
    assert.deepEqual(await outcome({ applied: false, failureReason: discarded }), answer)
  })

  it('is one otherwise, with the reason where there is one', async () => {
    assert.deepEqual(await outcome({ applied: false }), { ok: false, message: 'The changes could not be made.' })
    const answer = { ok: false, message: 'The changes could not be made: the disk is full' }
    assert.deepEqual(await outcome({ applied: false, failureReason: 'the disk is full' }), answer)
  })
})

describe('from a queue in one of many packages', function () {
  this.timeout(30_000)
  let editor: Awaited<ReturnType<typeof editorOn>>
  before(async () => {
    editor = await editorOn(packed(packages))
  })
  after(endSession)

  const kept = sampleQueue.replace('this.persistQueue()', "AsyncStorage.setItem('queue', JSON.stringify(this.queue))")
  const cacheFile = 'src/cache.ts'
  const packages: Readonly<Record<string, Files>> = {
    alone: { 'package.json': app['package.json']!, [queueFile]: sampleQueue },
    numbered: { ...app, 'src/db.ts': app['src/db.ts']!.replaceAll('id TEXT PRIMARY KEY', 'id INT PRIMARY KEY') },
    mmkv: { ...mmkvTasks, [queueFile]: kept },
    sqlite: { ...expoNotes, [queueFile]: kept },
    two: { ...mmkvTasks, [queueFile]: sampleQueue },
    apollo: {
      ...opOrders,
      'node_modules/@apollo/client/package.json': '{ "name": "@apollo/client", "version": "4.0.9" }',
      [cacheFile]: "import { persistCache } from 'apollo3-cache-persist'\n\npersistCache({ cache, storage })\n",
    },
  }
  const actionsIn = async (name: keyof typeof packages, word: string, file = queueFile) => {
    await editor.show(`apps/${name}/${file}`)
    return editor.at(`apps/${name}/${file}`, word)
  }

  it('nothing is offered where the package has nothing to sync', async () => {
    for (const name of ['alone', 'numbered']) {
      const actions = await actionsIn(name, 'break;')
      assert.ok(actions.length > 0, name)
      assert.ok(!titles(actions).includes(insteadOfQueue), name)
    }
  })

  it('a queue in a key-value storage leads to the outbox in MMKV, where that fits', async () => {
    assert.notEqual(kept, sampleQueue)
    const targetOf = async (name: string) =>
      answersOf(await actionsIn(name, 'catch (error)'), insteadOfQueue)?.['target']
    assert.equal(await targetOf('mmkv'), 'mmkv')
    assert.equal(await targetOf('sqlite'), 'expo-sqlite')
  })

  it('where two kinds of layer fit, the kind is asked for', async () => {
    const answers = answersOf(await actionsIn('two', 'break;'), insteadOfQueue)
    assert.deepEqual(Object.keys(answers ?? {}), ['store'])
    const file = `${editor.root}/apps/two/${queueFile}`
    const { result, asked } = await runToTheEnd(editor.client, file, answers ?? {}, firstChoice)
    assert.equal(asked[0], 'target')
    assert.ok('ok' in result && result.ok, JSON.stringify(result))
    assert.ok(madeFiles(editor.client, editor.root).includes('apps/two/src/sync/index.ts'))
  })

  it('a package for version 3 of Apollo Client leads to an outbox that sends through version 4', async () => {
    const answers = answersOf(await actionsIn('apollo', 'apollo3', cacheFile), insteadOfApollo)
    assert.equal(answers?.['transport'], 'graphql')
    assert.equal(answers['target'], 'op-sqlite')
  })
})

describe('an editor without the commands', function () {
  this.timeout(30_000)
  afterEach(endSession)

  it('is offered nothing that leads to them', async () => {
    const { at, show } = await editorOn(app, false)
    await show(queueFile)
    const actions = await at(queueFile, 'break;')
    assert.ok(actions.length > 0)
    assert.ok(actions.every(one => !one.command))
    await show('src/db.ts')
    assert.deepEqual(await at('src/db.ts', 'openDatabaseSync', ['refactor']), [])
  })
})

describe('from a store to a sync layer', function () {
  this.timeout(30_000)
  afterEach(endSession)

  const syncFile = 'src/sync.ts'
  const ownSync = `import { synchronize } from '@nozbe/watermelondb/sync'
import { database } from './db'

export const sync = () =>
  synchronize({
    database,
    pullChanges: async ({ lastPulledAt }) => ({ changes: await pull(lastPulledAt), timestamp: Date.now() }),
    pushChanges: async ({ changes }) => {
      await fetch(url, { method: 'POST', body: JSON.stringify(changes) })
    },
  })
`
  const watermelon: Files = {
    'package.json': JSON.stringify({ dependencies: { '@nozbe/watermelondb': '0.28.0' } }),
    'src/schema.ts': mmkvTasks['src/schema.ts']!,
    'src/db.ts': `import { Database } from '@nozbe/watermelondb'
import SQLiteAdapter from '@nozbe/watermelondb/adapters/sqlite'
import { schema } from './schema'

const adapter = new SQLiteAdapter({ schema, dbName: 'tasks' })
export const database = new Database({ adapter, modelClasses: [] })
`,
  }

  it('findings about synchronize() lead to a layer for WatermelonDB, with a fix of their own or without', async () => {
    const { at, show } = await editorOn({ ...watermelon, [syncFile]: ownSync })
    await show(syncFile)
    for (const [word, rule] of [
      ['Date.now()', 'client-clock-timestamp'],
      ['fetch(url', 'push-error-swallowed'],
    ] as const) {
      const actions = await at(syncFile, word)
      const action = actions.find(one => one.title === insteadOfSync)
      assert.deepEqual(action?.command?.arguments, [{ store: 'tasks', target: 'watermelondb' }], rule)
      assert.ok(action?.diagnostics?.some(one => one.code === `watermelondb/${rule}`))
    }
    const [own] = await at(syncFile, 'fetch(url')
    assert.notEqual(own?.title, insteadOfSync)
  })

  it('a schema that nothing syncs offers it as a refactoring, on its first line and nowhere else', async () => {
    const { client, root, at, show } = await editorOn(watermelon)
    await show('src/schema.ts')
    const actions = await at('src/schema.ts', 'appSchema({')
    assert.deepEqual(
      actions.map(({ title, kind, command }) => ({
        title,
        kind,
        command: command?.command,
        given: command?.arguments,
      })),
      [
        {
          title: forStore,
          kind: 'refactor',
          command: 'offlineStorage.generateSyncLayer',
          given: [{ store: 'tasks', target: 'watermelondb' }],
        },
      ],
    )
    assert.deepEqual(titles(await at('src/schema.ts', 'appSchema({', ['refactor'])), [forStore])
    assert.deepEqual(await at('src/schema.ts', 'appSchema({', ['quickfix']), [])
    assert.deepEqual(await at('src/schema.ts', "name: 'title'"), [])
    assert.deepEqual(titles(await at('src/db.ts', 'new SQLiteAdapter')), [forStore])
    const said = client.published.filter(one => one.uri === uriOf(`${root}/src/schema.ts`)).at(-1)
    assert.ok(said)
    assert.ok(said.diagnostics.every(one => one.code === 'watermelondb/table-without-model'))
  })

  it('a schema that the app syncs by itself offers nothing', async () => {
    const { at, show } = await editorOn({ ...watermelon, [syncFile]: ownSync })
    await show('src/schema.ts')
    assert.deepEqual(titles(await at('src/schema.ts', 'appSchema({')), [])
  })

  it('a layer that is there is brought up to date', async () => {
    const { client, root, at, show } = await editorOn(expoNotes)
    await show('src/db.ts')
    const answers = answersOf(await at('src/db.ts', 'openDatabaseSync'), forStore)
    assert.deepEqual(answers, { store: 'notes', target: 'expo-sqlite' })
    const { result } = await runToTheEnd(client, `${root}/src/db.ts`, answers, firstChoice)
    assert.equal(result.showUri, uriOf(`${root}/src/sync/README.md`))
    const config = client.applied
      .at(-1)
      ?.edit.documentChanges?.find(
        change => 'textDocument' in change && change.textDocument.uri.endsWith('offline-storage.config.json'),
      )
    const edit = config && 'edits' in config ? config.edits[0] : undefined
    assert.ok(edit && 'newText' in edit)
    await endSession()
    const again = await editorOn({ ...expoNotes, 'offline-storage.config.json': edit.newText })
    await again.show('src/db.ts')
    const title = 'Bring the sync layer in src/sync up to date'
    assert.deepEqual(answersOf(await again.at('src/db.ts', 'openDatabaseSync'), title), { plan: 'src/sync' })
  })

  const mmkvInstance = `import { createMMKV } from 'react-native-mmkv'

export const storage = createMMKV({ id: 'outbox' })
`
  const packages: Readonly<Record<string, Files>> = {
    ladder: {
      'package.json': JSON.stringify({ dependencies: { 'expo-sqlite': '57.0.3' } }),
      'src/migrate.ts': `import * as SQLite from 'expo-sqlite'

export const db = SQLite.openDatabaseSync('a.db')

export async function migrate() {
  const row = await db.getFirstAsync<{ user_version: number }>('PRAGMA user_version')
  if (row.user_version < 1) {
    await db.execAsync('CREATE TABLE notes (id TEXT PRIMARY KEY NOT NULL, title TEXT)')
    await db.execAsync('PRAGMA user_version = 1')
  }
}
`,
    },
    realm: {
      'package.json': JSON.stringify({ dependencies: { realm: '20.2.0' } }),
      'src/realm.ts': `import Realm from 'realm'

const Task = { name: 'Task', primaryKey: '_id', properties: { _id: 'objectId', title: 'string' } }
export const open = () => Realm.open({ path: 'tasks.realm', schema: [Task], schemaVersion: 1 })
`,
    },
    both: { ...mmkvTasks, 'src/storage.ts': mmkvInstance },
    mmkv: { 'package.json': mmkvTasks['package.json']!, 'src/storage.ts': mmkvInstance },
  }

  it('each kind of store offers what fits it, in its own package', async () => {
    const { at, show } = await editorOn(packed(packages))
    const places = [
      ['apps/ladder/src/migrate.ts', 'export async function migrate', [forStore]],
      ['apps/ladder/src/migrate.ts', 'openDatabaseSync', [forStore]],
      ['apps/realm/src/realm.ts', 'Realm.open(', [forStore]],
      ['apps/both/src/storage.ts', 'createMMKV(', ['Generate a sync layer: Outbox in MMKV…']],
      ['apps/mmkv/src/storage.ts', 'createMMKV(', []],
    ] as const
    for (const [path, word, expected] of places) {
      await show(path)
      assert.deepEqual(titles(await at(path, word, ['refactor'])), expected, `${path}: ${word}`)
    }
  })
})
