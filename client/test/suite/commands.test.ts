// The palette commands, from the command to the changed files.
import assert from 'node:assert/strict'
import { commands, Position, type TextDocument, window, workspace } from 'vscode'
import type { CheckResult, CommandResult } from '../../../shared/requests.ts'
import { fileUri, open, restoreWorkspace, section, whenRules } from './support.ts'

const adapterFile = 'src/db/index.ts'
const schemaFile = 'src/db/schema.ts'
const migrationsFile = 'src/db/migrations.ts'
const unlinked = 'watermelondb/adapter-without-migrations'
/** A rule with a safe fix, and what it finds. */
const reserved = 'watermelondb/reserved-name'
const reservedColumn = "        { name: '_status', type: 'string' },\n"
const unmigrated = 'watermelondb/schema-changed-without-migration'

const run = <Result = CommandResult>(name: string, given?: unknown) =>
  commands.executeCommand<Result>(`${section}.${name}`, given)
const textOf = async (file: string) => (await workspace.openTextDocument(fileUri(file))).getText()

describe('commands', () => {
  beforeEach(passMigrations)
  afterEach(restoreWorkspace)

  it('Create Migration writes the step for a column that was added since the snapshot', async () => {
    assert.equal((await run('takeSnapshot')).ok, true)
    const schema = await open(schemaFile)
    await insert(schemaFile, columnOfNotes(schema), "        { name: 'archived', type: 'boolean' },\n")
    await whenRules(schemaFile, rules => rules.includes(unmigrated))

    const { ok, message } = await run('createMigration')
    assert.equal(ok, true, message)
    await whenRules(schemaFile, rules => !rules.includes(unmigrated))
    assert.match(await textOf(schemaFile), /version: 3/)
    assert.match(await textOf(migrationsFile), /toVersion: 3[\s\S]*archived/)
  })

  it('Create Table adds a table to the schema', async () => {
    const { ok, message } = await run('createTable', { table: 'attachments' })
    assert.equal(ok, true, message)
    assert.match(await textOf(schemaFile), /name: 'attachments'/)
  })

  it('Add Column adds a column to its table', async () => {
    const { ok, message } = await run('addColumn', { table: 'tags', column: 'hue', type: 'number', optional: true })
    assert.equal(ok, true, message)
    assert.match(await textOf(schemaFile), /name: 'hue', type: 'number', isOptional: true/)
  })

  it('Create Model writes a model for a table without one', async () => {
    const table = await run('createTable', { table: 'attachments' })
    assert.equal(table.ok, true, table.message)
    const { ok, message } = await run('createModel', { table: 'attachments' })
    assert.equal(ok, true, message)
    assert.match(await textOf('src/models/Attachment.ts'), /static table = 'attachments'/)
  })

  it('Take Schema Snapshot writes a file named after the version', async () => {
    assert.equal((await run('takeSnapshot')).ok, true)
    const [snapshot] = await workspace.findFiles('offline-storage/*/v*.json')
    assert.ok(snapshot)
    const { version } = JSON.parse((await workspace.openTextDocument(snapshot)).getText())
    assert.equal(version, 2)
    assert.match(snapshot.path, /\/v2\.json$/)
  })

  it('Check Workspace counts the problems', async () => {
    const { files, errors } = await run<CheckResult>('checkWorkspace')
    assert.ok(files > 0)
    assert.ok(errors > 0)
  })

  it('Fix All mends what is safe', async () => {
    const schema = await open(schemaFile)
    const before = schema.getText()
    await insert(schemaFile, columnOfNotes(schema), reservedColumn)
    await whenRules(schemaFile, rules => rules.includes(reserved))
    const { ok, message } = await run('fixAll')
    assert.equal(ok, true, message)
    await whenRules(schemaFile, rules => !rules.includes(reserved))
    assert.equal(schema.getText(), before)
  })
})

/** The adapter of the example is given no migrations; here it is, on disk, as another program would change it. */
async function passMigrations(): Promise<void> {
  await open(schemaFile)
  await whenRules(adapterFile, rules => rules.includes(unlinked))
  const text = (await textOf(adapterFile))
    .replace('  schema,\n', '  schema,\n  migrations,\n')
    .replace("import { schema } from './schema'", "import { migrations } from './migrations'\n$&")
  await workspace.fs.writeFile(fileUri(adapterFile), new TextEncoder().encode(text))
  await whenRules(adapterFile, rules => !rules.includes(unlinked))
}

/** Where a line with a column of the table `notes` can be put in. */
const columnOfNotes = (schema: TextDocument): Position =>
  new Position(schema.positionAt(schema.getText().indexOf("{ name: 'is_pinned'")).line, 0)

async function insert(file: string, at: Position, text: string): Promise<void> {
  const editor = window.activeTextEditor
  assert.equal(editor?.document.uri.toString(), fileUri(file).toString())
  assert.equal(await editor?.edit(edit => edit.insert(at, text)), true)
}
