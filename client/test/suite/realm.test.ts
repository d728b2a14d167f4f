// An app that uses Realm in the editor: its problems, the palette commands, and what is offered while typing.
import assert from 'node:assert/strict'
import { type CompletionList, commands, type Position, type TextDocument, WorkspaceEdit, workspace } from 'vscode'
import type { CommandResult } from '../../../shared/requests.ts'
import { fileUri, open, restoreWorkspace, section, whenRules } from './support.ts'

const configFile = 'src/db/config.ts'
const personFile = 'src/models/Person.ts'
const taskFile = 'src/models/Task.ts'

const run = (name: string, given?: unknown) => commands.executeCommand<CommandResult>(`${section}.${name}`, given)
const textOf = async (file: string) => (await workspace.openTextDocument(fileUri(file))).getText()

/** The place behind `word` in a document. */
const behind = (document: TextDocument, word: string): Position => {
  const at = document.getText().indexOf(word)
  assert.ok(at >= 0, `${word} is not in ${document.uri.path}`)
  return document.positionAt(at + word.length)
}

describe('an app that uses Realm', () => {
  beforeEach(async () => {
    await open(taskFile)
    await whenRules(taskFile, rules => rules.includes('realm/renamed-property-loses-data'))
  })
  afterEach(restoreWorkspace)

  it('has its problems shown', async () => {
    await open('src/screens/TaskList.tsx')
    await whenRules('src/screens/TaskList.tsx', rules => rules.includes('realm/query-unknown-property'))
  })

  it('Create Object Schema writes a class like its neighbours, and lists it', async () => {
    const { ok, message } = await run('createTable', { table: 'Comment' })
    assert.equal(ok, true, message)
    assert.match(
      await textOf('src/models/Comment.ts'),
      /class Comment extends Realm\.Object<Comment>[\s\S]*primaryKey: '_id'/,
    )
    assert.match(await textOf(configFile), /\[Task, Step, Project, Person, Comment\]/)
  })

  it('Add Property adds to the schema and to the class', async () => {
    const { ok, message } = await run('addColumn', { table: 'Person', column: 'phone', type: 'string', optional: true })
    assert.equal(ok, true, message)
    assert.match(await textOf(personFile), /phone!: string \| null[\s\S]*phone: 'string\?'/)
  })

  it('Add Property refuses a type that Realm does not have', async () => {
    const { ok, message } = await run('addColumn', { table: 'Person', column: 'phone', type: 'varchar' })
    assert.equal(ok, false)
    assert.match(message, /neither a type of Realm/)
  })

  it('Create Migration copies the values of a renamed property', async () => {
    const { ok, message } = await run('createMigration')
    assert.equal(ok, true, message)
    assert.match(await textOf(configFile), /schemaVersion < 3[\s\S]*dueAt = .*deadline/)
    await whenRules(taskFile, rules => !rules.includes('realm/renamed-property-loses-data'))
  })

  it('offers properties for the fields that the schema lacks', async () => {
    const document = await open(personFile)
    const edit = new WorkspaceEdit()
    edit.insert(document.uri, behind(document, 'email!: string | null'), '\n  phone!: string | null')
    edit.insert(document.uri, behind(document, "email: 'string?',"), '\n      ')
    assert.equal(await workspace.applyEdit(edit), true)
    const { items } = await commands.executeCommand<CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      behind(document, "email: 'string?',\n      "),
    )
    const labels = items.map(({ label }) => (typeof label === 'string' ? label : label.label))
    assert.ok(labels.includes('phone'), labels.slice(0, 20).join(', '))
  })
})
