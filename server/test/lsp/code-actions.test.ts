import assert from 'node:assert/strict'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { pushing, uriOf } from '../../testkit/lsp-client.ts'
import {
  actionsAt,
  applied,
  appOnDisk,
  correct,
  endSession,
  misspelled,
  resolved,
  settled,
  start,
  textEdits,
} from './session.ts'

/** Two members with old names: two findings with safe fixes. */
const twoOld = `
static table = 'posts'
@field('title') oldTitle!: string
@field('title') oldName!: string
`

async function open(models: Record<string, string>, name: string, capabilities = pushing) {
  const root = appOnDisk({ models })
  const file = `${root}/src/models/${name}.ts`
  const text = readFileSync(file, 'utf8')
  const client = await start({ folders: [root], capabilities })
  await client.open(file, text)
  await settled(client)
  return { root, file, text, client }
}

describe('code actions', () => {
  afterEach(endSession)

  it('offer the fix first and the comments last, with edits of this version of the text', async () => {
    const { client, file, text } = await open({ Post: misspelled }, 'Post')
    const all = await actionsAt(client, file, text, "'titel'")
    // The rule may have other fixes to offer behind the first one.
    const actions = [...all.slice(0, 1), ...all.slice(-2)]
    assert.deepEqual(
      actions.map(({ title, kind, isPreferred, edit }) => [title, kind, isPreferred, edit !== undefined]),
      [
        ['Change to "title"', 'quickfix', true, false],
        ['Disable watermelondb/unknown-column for this line', 'quickfix', undefined, true],
        ['Disable watermelondb/unknown-column for this file', 'quickfix', undefined, true],
      ],
    )
    assert.equal(actions[0]?.diagnostics?.[0]?.code, 'watermelondb/unknown-column')
    const [edit, ...rest] = textEdits(await resolved(client, actions[0]))
    assert.deepEqual(rest, [])
    assert.deepEqual(edit?.textDocument, { uri: uriOf(file), version: 1 })
    assert.equal(applied(text, edit?.edits ?? []), text.replace('titel', 'title'))
    const line = textEdits(actions[1]!)[0]!
    assert.match(
      applied(text, line.edits),
      /\n {2}\/\/ offline-storage-disable-next-line watermelondb\/unknown-column\n {2}@field\('titel'\)/,
    )
    const top = textEdits(actions[2]!)[0]!
    assert.equal(applied(text, top.edits), `// offline-storage-disable watermelondb/unknown-column\n${text}`)
  })

  it('follow the text when it moved on, and are refused when what they mend is gone', async () => {
    const { client, file, text } = await open({ Post: misspelled }, 'Post')
    const [action] = await actionsAt(client, file, text, "'titel'")
    const moved = await client.edit(file, 'export class', '\n\nexport class')
    const [edit] = textEdits(await resolved(client, action))
    assert.equal(edit?.textDocument.version, 2)
    assert.equal(applied(moved, edit?.edits ?? []), moved.replace('titel', 'title'))
    await client.edit(file, 'titel', 'title')
    await assert.rejects(resolved(client, action), { code: -32801 })
  })

  it('compare closed files with the disk before they edit them', async () => {
    const { client, root, file, text } = await open({ Post: twoOld, Other: twoOld }, 'Post')
    const other = `${root}/src/models/Other.ts`
    const action = (await actionsAt(client, file, text, 'oldTitle')).find(one => /in the workspace/.test(one.title))
    const changed = `// A new first line.\n${readFileSync(other, 'utf8')}`
    writeFileSync(other, changed)
    const edits = textEdits(await resolved(client, action))
    const edit = edits.find(one => one.textDocument.uri === uriOf(other))
    assert.equal(edit?.textDocument.version, null)
    assert.equal(applied(changed, edit?.edits ?? []), changed.replace('oldTitle', 'Title').replace('oldName', 'Name'))
  })

  it('fix all of a kind in the file and in the workspace', async () => {
    const { client, root, file, text } = await open({ Post: twoOld, Other: twoOld }, 'Post')
    const actions = await actionsAt(client, file, text, 'oldTitle')
    assert.deepEqual(
      actions.map(action => action.title),
      [
        'Take "old" away',
        'Fix all "watermelondb/test-old-name" in this file',
        'Fix all "watermelondb/test-old-name" in the workspace',
        'Disable watermelondb/test-old-name for this line',
        'Disable watermelondb/test-old-name for this file',
        'Fix all Offline Storage problems in this file',
      ],
    )
    const fixed = text.replace('oldTitle', 'Title').replace('oldName', 'Name')
    const [inFile, ...rest] = textEdits(await resolved(client, actions[1]))
    assert.deepEqual([rest.length, inFile?.textDocument.uri], [0, uriOf(file)])
    assert.equal(applied(text, inFile?.edits ?? []), fixed)
    const everywhere = textEdits(await resolved(client, actions[2]))
    assert.deepEqual(everywhere.map(one => one.textDocument.uri).sort(), [
      uriOf(`${root}/src/models/Other.ts`),
      uriOf(file),
    ])
  })

  it('mend the whole file on save', async () => {
    const { client, file, text } = await open({ Post: twoOld }, 'Post')
    const actions = await actionsAt(client, file, text, 'import', ['source.fixAll'])
    assert.deepEqual(
      actions.map(action => action.kind),
      ['source.fixAll.offlineStorage'],
    )
    const [edit] = textEdits(await resolved(client, actions[0]))
    assert.equal(applied(text, edit?.edits ?? []), text.replace('oldTitle', 'Title').replace('oldName', 'Name'))
    assert.deepEqual(await actionsAt(client, file, text, 'import', ['refactor']), [])
  })

  it('create files, where the editor can', async () => {
    const wants = correct.replace('title!', 'wantsFile!')
    const { client, root, file, text } = await open({ Post: wants }, 'Post')
    const action = await resolved(client, (await actionsAt(client, file, text, 'wantsFile'))[0])
    const made = uriOf(`${root}/src/models/made.ts`)
    assert.deepEqual(action.edit?.documentChanges, [
      { kind: 'create', uri: made, options: { overwrite: false, ignoreIfExists: false } },
      {
        textDocument: { uri: made, version: null },
        edits: [
          {
            range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
            newText: 'export const made = true\n',
          },
        ],
      },
    ])
    const plain = await open({ Post: wants }, 'Post', { ...pushing, workspace: { configuration: true } })
    const offered = await actionsAt(plain.client, plain.file, plain.text, 'wantsFile')
    assert.equal(
      offered.some(one => one.title === 'Make the file'),
      false,
    )
  })

  it('carry their edits where the editor cannot ask for them later', async () => {
    const textDocument = { codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } } }
    const { client, file, text } = await open({ Post: misspelled }, 'Post', { ...pushing, workspace: {}, textDocument })
    const [action] = await actionsAt(client, file, text, "'titel'")
    assert.equal(action?.edit?.changes?.[uriOf(file)]?.[0]?.newText, "'title'")
  })
})

describe('commands', () => {
  afterEach(endSession)

  const command = (name: string, args: object = {}) => ({
    command: `offlineStorage.server.${name}`,
    arguments: [args],
  })

  it('mend a file by an edit of the editor', async () => {
    const { client, file, text } = await open({ Post: twoOld }, 'Post')
    const answer = await client.request('workspace/executeCommand', command('fixAll', { uri: uriOf(file) }))
    assert.deepEqual(answer, { ok: true, message: 'Mended 2 problems.' })
    const [change] = client.applied[0]?.edit.documentChanges ?? []
    assert.ok(change && 'textDocument' in change)
    assert.equal(change.textDocument.version, 1)
    assert.equal(applied(text, change.edits), text.replace('oldTitle', 'Title').replace('oldName', 'Name'))
  })

  it('tell of stores, and take a snapshot', async () => {
    const { client, root } = await open({ Post: correct }, 'Post')
    const [store] = await client.request<{ name: string; tables: unknown }[]>(
      'workspace/executeCommand',
      command('stores'),
    )
    assert.deepEqual(store?.tables, [{ name: 'posts', columns: ['title'], hasModel: true }])
    const answer = await client.request<{ ok: boolean; showUri: string }>(
      'workspace/executeCommand',
      command('takeSnapshot'),
    )
    assert.equal(answer.ok, true)
    assert.equal(answer.showUri, uriOf(`${root}/offline-storage/${store?.name}/v1.json`))
    assert.ok(existsSync(`${root}/offline-storage/${store?.name}/v1.json`))
  })

  it('say what is missing', async () => {
    const client = await start({ folders: [] })
    assert.deepEqual(await client.request('workspace/executeCommand', command('createMigration')), {
      ok: false,
      message: 'No store was found in this workspace. A store begins with a schema.',
    })
    await assert.rejects(client.request('workspace/executeCommand', { command: 'unknown' }), { code: -32601 })
  })
})
