// What an editor may hand in, or find on disk, that nobody wants: it is said where it stands, and nothing is overwritten.
import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import type { CommandResult } from '../../../shared/requests.ts'
import { exampleFiles } from '../../testkit/example-files.ts'
import { type LspClient, uriOf } from '../../testkit/lsp-client.ts'
import { tempFolder } from '../host/temp-folder.ts'
import { actionsAt, applied, endSession, hasCode, none, resolved, settled, start, textEdits } from './session.ts'

const realServer = new URL('../../src/server.ts', import.meta.url)
const unknownColumn = 'watermelondb/unknown-column'
const noAssociation = 'watermelondb/children-without-association'

const notes = (more: Readonly<Record<string, string | Uint8Array>> = {}): string =>
  tempFolder({ ...exampleFiles('notes'), ...more })

const begin = (root: string) => start({ folders: [root], server: realServer })

const command = (client: LspClient, name: string, args: object = {}) =>
  client.request<CommandResult>('workspace/executeCommand', {
    command: `offlineStorage.server.${name}`,
    arguments: [args],
  })

describe('bad input from an editor', () => {
  afterEach(endSession)

  it('is nothing to stumble over: links, pipes of text, depth and length', async () => {
    const head = "import { Q } from '@nozbe/watermelondb'; export const a = "
    const root = notes({
      'src/latin.ts': Buffer.from("// caf\xe9 from '@nozbe/watermelondb'\n", 'latin1'),
      'src/deep.ts': `${head}${'['.repeat(50_000)}`,
    })
    symlinkSync('../src', `${root}/src/loop`)
    const client = await begin(root)
    const [latin] = await client.diagnostics(`${root}/src/latin.ts`, hasCode('offline-storage/not-read'))
    assert.match(String(latin?.message), /^This file is not valid UTF-8/)
    const file = `${root}/src/line.ts`
    const clauses = Array.from({ length: 5000 }, (_, index) => `Q.where('column_${index}', ${index})`).join()
    await client.open(file, `${head}[${clauses}]`)
    await client.edit(file, "'column_4999'", `'${'['.repeat(1000)}'`)
    await client.diagnostics(`${root}/src/models/Notebook.ts`, hasCode(unknownColumn, noAssociation))
    await client.open(`${root}/src/deep.ts`, `${head}${'<A>'.repeat(50_000)}`)
    const counts = await command(client, 'checkWorkspace')
    assert.deepEqual(counts, { files: 12, errors: 6, warnings: 2, infos: 1 })
  })

  it('does not make findings of what is not typed yet, and nothing is written into a half-written schema', async () => {
    const root = notes()
    const client = await begin(root)
    const schema = `${root}/src/db/schema.ts`
    const text = readFileSync(schema, 'utf8')
    await client.open(schema, text)
    await client.diagnostics(`${root}/src/models/Notebook.ts`, hasCode(unknownColumn, noAssociation))
    await settled(client)
    const before = client.published.length
    const half = await client.edit(schema, "{ name: 'position', type: 'number' },", "{ name: 'position', type: ")
    await settled(client)
    assert.deepEqual(client.published.slice(before), [])
    for (const name of ['takeSnapshot', 'createMigration', 'createTable', 'addColumn']) {
      const answer = await command(client, name, { table: 'tags', column: 'hue', type: 'string' })
      assert.equal(answer.ok, false)
      assert.match(answer.message, /schema\.ts has a syntax error \(.+\)\. Mend it first\./, name)
    }
    assert.deepEqual([client.applied, existsSync(`${root}/offline-storage`)], [[], false])
    await client.edit(schema, half, text)
    assert.equal((await command(client, 'takeSnapshot')).ok, true)
  })

  it('is not overwritten by a snapshot, whatever it is', async () => {
    const root = notes({ 'offline-storage/notes/v2.json': '{ "a": 1 }' })
    const file = `${root}/offline-storage/notes/v2.json`
    const client = await begin(root)
    await client.diagnostics(file, hasCode('offline-storage/snapshot'))
    const answer = await command(client, 'takeSnapshot')
    assert.match(answer.message, /v2\.json is not a snapshot of Offline Storage and is left as it is\.$/)
    assert.equal(readFileSync(file, 'utf8'), '{ "a": 1 }')
    rmSync(`${root}/offline-storage`, { recursive: true })
    writeFileSync(`${root}/offline-storage`, '')
    const refused = await command(client, 'takeSnapshot')
    assert.deepEqual([refused.ok, /v2\.json could not be written/.test(refused.message)], [false, true])
  })

  it('is a file that went or changed before its fix was chosen', async () => {
    const root = notes()
    const client = await begin(root)
    const index = `${root}/src/db/index.ts`
    const text = readFileSync(index, 'utf8')
    await client.open(index, text)
    await settled(client)
    const [fix] = await actionsAt(client, index, text, 'SQLiteAdapter({')
    assert.equal(fix?.title, 'Pass the migrations of migrations.ts')
    rmSync(`${root}/src/db/migrations.ts`)
    const file = `${root}/src/db/migrations.ts`
    await client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: uriOf(file), type: 3 }] })
    await settled(client)
    await assert.rejects(resolved(client, fix), { code: -32801 })
  })

  it('is a folder where a file was, and a workspace that is not there', async () => {
    const root = notes()
    const client = await begin(root)
    const file = `${root}/src/models/Notebook.ts`
    await client.diagnostics(file, hasCode(unknownColumn, noAssociation))
    rmSync(file)
    mkdirSync(file)
    await client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: uriOf(file), type: 2 }] })
    await client.diagnostics(file, none)
    const nowhere = await begin(`${root}/nowhere`)
    assert.deepEqual(await command(nowhere, 'checkWorkspace'), { files: 0, errors: 0, warnings: 0, infos: 0 })
  })

  it('is a file with CRLF: a fix keeps to it', async () => {
    const files = exampleFiles('notes')
    const root = tempFolder(
      Object.fromEntries(Object.entries(files).map(([path, text]) => [path, text.replaceAll('\n', '\r\n')])),
    )
    const client = await begin(root)
    const file = `${root}/src/models/Notebook.ts`
    const text = readFileSync(file, 'utf8')
    await client.open(file, text)
    await settled(client)
    const offered = await actionsAt(client, file, text, "'notes'")
    const [edit] = textEdits(await resolved(client, offered[0]))
    const after = applied(text, edit?.edits ?? [])
    assert.match(after, /static associations = \{\r\n {4}notes: /)
    assert.doesNotMatch(after, /[^\r]\n/)
    const line = offered.find(one => / for this line$/.test(one.title))
    assert.doesNotMatch(applied(text, textEdits(line!)[0]?.edits ?? []), /[^\r]\n/)
  })

  it('is a finding between tags or in a template, where a line comment would be text', async () => {
    const screen = `import { Q } from '@nozbe/watermelondb'
import { database } from './db'
export const Screen = () => (
  <List>
    {database.get('notes').query(Q.where('nope', 1))}
  </List>
)
export const label = \`
  \${database.get('notes').query(Q.where('never', 1))}\`
`
    const root = notes({ 'src/Screen.tsx': screen })
    const client = await begin(root)
    const file = `${root}/src/Screen.tsx`
    const rule = 'watermelondb/unknown-query-column'
    await client.open(file, screen)
    await client.diagnostics(file, hasCode(rule, rule))
    await settled(client)
    const comment = (await actionsAt(client, file, screen, "'nope'")).find(one => / for this line$/.test(one.title))
    const [edit] = textEdits(comment!)[0]!.edits
    assert.ok(edit && 'newText' in edit)
    assert.equal(edit.newText, `    {/* offline-storage-disable-next-line ${rule} */}\n`)
    const titles = (await actionsAt(client, file, screen, "'never'")).map(one => one.title)
    assert.deepEqual(
      titles.filter(title => title.startsWith('Disable')),
      [`Disable ${rule} for this file`],
    )
    await client.edit(file, '    {database', `${edit.newText}    {database`)
    await client.diagnostics(file, hasCode(rule))
  })
})
