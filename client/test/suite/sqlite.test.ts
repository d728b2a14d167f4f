// An app that uses SQLite in the editor: what SQLite itself says of its statements, and what is told inside of them.
import assert from 'node:assert/strict'
import {
  type CodeAction,
  type CompletionList,
  commands,
  type Hover,
  type Position,
  Range,
  Selection,
  type TextDocument,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode'
import type { QueryPlanResult } from '../../../shared/requests.ts'
import { open, restoreWorkspace, section, whenRules } from './support.ts'

const entriesFile = 'src/db/entries.ts'

/** The place right behind `word`. */
const behind = (document: TextDocument, word: string): Position => {
  const at = document.getText().indexOf(word)
  assert.ok(at >= 0, `${word} is not in ${document.uri.path}`)
  return document.positionAt(at + word.length)
}

describe('an app that uses SQLite', () => {
  beforeEach(async () => {
    await open(entriesFile)
    await whenRules(entriesFile, rules => rules.includes('sqlite/rejected-statement'))
  })
  afterEach(restoreWorkspace)

  it('has its problems shown', async () => {
    await whenRules(entriesFile, rules =>
      ['dropped-statements', 'interpolated-value', 'statement-outside-transaction', 'wrong-parameters'].every(rule =>
        rules.includes(`sqlite/${rule}`),
      ),
    )
    await open('src/db/migrate.ts')
    await whenRules('src/db/migrate.ts', rules => rules.includes('sqlite/failing-migration'))
  })

  it('says of a new statement what SQLite says, and offers the name that was meant', async () => {
    const document = await open(entriesFile)
    const edit = new WorkspaceEdit()
    const end = document.lineAt(document.lineCount - 1).range.end
    const query = 'SELECT titel FROM entries'
    edit.insert(document.uri, end, `\nexport const titles = (db: SQLiteDatabase) => db.getAllAsync('${query}')\n`)
    const before = document.getText()
    assert.equal(await workspace.applyEdit(edit), true)
    const isNew = (rules: readonly string[]) => rules.filter(rule => rule === 'sqlite/rejected-statement').length === 2
    await whenRules(entriesFile, isNew)
    const at = document.positionAt(document.getText().indexOf('titel') + 1)
    const actions = await commands.executeCommand<CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      new Range(at, at),
    )
    assert.ok(
      actions.some(action => action.title === 'Change to "title"'),
      actions.map(action => action.title).join(', '),
    )
    assert.notEqual(document.getText(), before)
  })

  it('shows the definition of a column inside of a query', async () => {
    const document = await open(entriesFile)
    const at = behind(document, 'UPDATE entries SET title').translate(0, -2)
    const hovers = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', document.uri, at)
    const text = hovers
      .flatMap(hover => hover.contents.map(one => (typeof one === 'string' ? one : one.value)))
      .join('\n')
    assert.match(text, /title/)
    assert.match(text, /TEXT/)
  })

  it('offers the columns of the table that is asked', async () => {
    const document = await open(entriesFile)
    const { items } = await commands.executeCommand<CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      behind(document, 'INSERT INTO entries (journal_id, '),
    )
    const labels = items.map(({ label }) => (typeof label === 'string' ? label : label.label))
    assert.ok(labels.includes('title'), labels.slice(0, 20).join(', '))
  })

  it('Show Query Plan tells how SQLite answers the statement at the caret', async () => {
    const document = await open(entriesFile)
    const at = behind(document, 'SELECT * FROM entries')
    const editor = window.activeTextEditor
    assert.equal(editor?.document, document)
    editor.selection = new Selection(at, at)
    const result = await commands.executeCommand<QueryPlanResult>(`${section}.showQueryPlan`)
    assert.ok(result.ok, 'message' in result ? result.message : '')
    assert.match(result.markdown, /SCAN|SEARCH/)
  })
})
