// The palette commands on an app that uses Realm, as an editor asks for them.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import type { CommandArguments, CommandResult, StoreSummary } from '../../../shared/requests.ts'
import { serverCommands } from '../../../shared/requests.ts'
import { applyEdits } from '../../src/core/text/edit.ts'
import { exampleFiles } from '../../testkit/example-files.ts'
import { type LspClient, uriOf } from '../../testkit/lsp-client.ts'
import { tempFolder } from '../host/temp-folder.ts'
import { endSession, start } from './session.ts'

const open = async () => {
  const root = tempFolder(exampleFiles('tasks-realm'))
  return { root, client: await start({ folders: [root] }) }
}

const run = <Name extends keyof CommandArguments, Answer = CommandResult>(
  client: LspClient,
  name: Name,
  args: CommandArguments[Name],
): Promise<Answer> => client.request('workspace/executeCommand', { command: serverCommands[name], arguments: [args] })

const property = { table: 'Person', column: 'phone', type: 'string', optional: true, indexed: false }

/** The text of a file as the first edit of the editor leaves it. */
function textAfter({ applied }: LspClient, file: string): string {
  const text = readFileSync(file, 'utf8')
  const lines = text.split('\n')
  const offset = ({ line, character }: { readonly line: number; readonly character: number }): number =>
    lines.slice(0, line).join('\n').length + (line > 0 ? 1 : 0) + character
  const changes = applied[0]?.edit.documentChanges ?? []
  const own = changes.flatMap(change =>
    'textDocument' in change && change.textDocument.uri === uriOf(file) ? change.edits : [],
  )
  const edits = own.flatMap(edit =>
    'newText' in edit
      ? [{ file, start: offset(edit.range.start), end: offset(edit.range.end), text: edit.newText }]
      : [],
  )
  return applyEdits(text, edits)
}

describe('commands on Realm', () => {
  afterEach(endSession)

  it('tell the words, the types and the names of the engine', async () => {
    const { client } = await open()
    const [store, ...others] = await run<'stores', readonly StoreSummary[]>(client, 'stores', {})
    assert.equal(others.length, 0)
    assert.ok(store)
    assert.deepEqual(
      [store.engine, store.name, store.version, store.terms.entity[0], store.terms.field],
      ['realm', 'tasks', 3, 'object schema', ['property', 'properties']],
    )
    assert.deepEqual(store.tables.map(one => `${one.name} ${one.hasModel}`).sort(), [
      'Person true',
      'Project true',
      'Step true',
      'Task true',
    ])
    const types = store.fieldTypes.map(one => one.text)
    for (const type of ['string', 'objectId', 'Person', 'Task[]']) assert.ok(types.includes(type), type)
    assert.ok(!store.names.field.reserved.includes('id') && store.names.field.reserved.includes('all'))
  })

  it('add a property to schema and class', async () => {
    const { client, root } = await open()
    const answer = await run(client, 'addColumn', property)
    assert.deepEqual(answer, {
      ok: true,
      message: 'Added property "phone" to "Person". Version 3 brings it to phones.',
      showUri: uriOf(`${root}/src/models/Person.ts`),
    })
    const text = textAfter(client, `${root}/src/models/Person.ts`)
    assert.match(text, /email!: string \| null\n {2}phone!: string \| null\n/)
    assert.match(text, /email: 'string\?',\n {6}phone: 'string\?',\n/)
  })

  it('refuse a type that the engine does not know', async () => {
    const { client } = await open()
    const answer = await run(client, 'addColumn', { ...property, type: 'number' })
    assert.equal(answer.ok, false)
    assert.match(answer.message, /"number" is neither a type of Realm nor an object schema/)
    assert.equal(client.applied.length, 0)
  })

  it('add an object schema in a file of its own, listed in the schema', async () => {
    const { client, root } = await open()
    const answer = await run(client, 'createTable', { table: 'Comment' })
    assert.equal(answer.showUri, uriOf(`${root}/src/models/Comment.ts`))
    assert.match(
      textAfter(client, `${root}/src/db/config.ts`),
      /import \{ Comment \} from '\.\.\/models\/Comment'[\s\S]*\[Task, Step, Project, Person, Comment\]/,
    )
  })
})
