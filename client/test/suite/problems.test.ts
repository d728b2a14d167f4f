// Problems in a real editor: they are shown, mended, silenced and judged by the settings in force.
import assert from 'node:assert/strict'
import { type CodeAction, CodeActionKind, ConfigurationTarget, commands, window, workspace } from 'vscode'
import {
  apply,
  codeActions,
  diagnosticOf,
  everything,
  fileUri,
  open,
  restoreWorkspace,
  rulesIn,
  section,
  whenRules,
} from './support.ts'

/** The defects of examples/notes that these tests are about. */
const mistypedColumn = { file: 'src/models/Notebook.ts', rule: 'watermelondb/unknown-column', right: "@text('color')" }
const noMigrations = { file: 'src/db/index.ts', rule: 'watermelondb/adapter-without-migrations' }

/** A defect with a safe fix, which a test writes into a file of the example. */
const reservedColumn = {
  file: 'src/db/schema.ts',
  rule: 'watermelondb/reserved-name',
  line: "        { name: '_status', type: 'string' },\n",
}

const settings = () => workspace.getConfiguration(section, fileUri(mistypedColumn.file))
const without = (rule: string) => (rules: readonly string[]) => !rules.includes(rule)
const having = (rule: string) => (rules: readonly string[]) => rules.includes(rule)

describe('problems', () => {
  beforeEach(async () => {
    await open(mistypedColumn.file)
    await whenRules(mistypedColumn.file, having(mistypedColumn.rule))
  })
  afterEach(restoreWorkspace)

  it('are reported in files that are not open', async () => {
    await whenRules(noMigrations.file, having(noMigrations.rule))
  })

  it('lead to the page of their rule', () => {
    const { code } = diagnosticOf(mistypedColumn.file, mistypedColumn.rule)
    assert.ok(typeof code === 'object')
    assert.match(code.target.toString(true), /watermelondb\/unknown-column/)
  })

  it('are mended by a quick fix', async () => {
    const document = await open(mistypedColumn.file)
    const fix = await fixFor(mistypedColumn)
    await apply(fix)
    await whenRules(mistypedColumn.file, without(mistypedColumn.rule))
    assert.ok(document.getText().includes(mistypedColumn.right))
  })

  it('are mended together by fix all, where that is safe', async () => {
    const { file, rule, line } = reservedColumn
    const document = await open(file)
    const before = document.getText()
    const at = document.positionAt(before.indexOf("{ name: 'is_pinned'")).with({ character: 0 })
    await window.activeTextEditor?.edit(edit => edit.insert(at, line))
    await whenRules(file, having(rule))
    const kind = CodeActionKind.SourceFixAll.append(section)
    const [action] = await codeActions(file, everything(document), kind)
    assert.ok(action, `no ${kind.value} action`)
    await apply(action)
    await whenRules(file, without(rule))
    assert.equal(document.getText(), before)
  })

  it('come and go while typing', async () => {
    const document = await open(mistypedColumn.file)
    const { range } = diagnosticOf(mistypedColumn.file, mistypedColumn.rule)
    const wrong = document.getText(range)
    await window.activeTextEditor?.edit(edit => edit.replace(range, `'id'`))
    await whenRules(mistypedColumn.file, without(mistypedColumn.rule))
    await commands.executeCommand('undo')
    assert.equal(document.getText(range), wrong)
    await whenRules(mistypedColumn.file, having(mistypedColumn.rule))
  })

  it('are silenced by a comment', async () => {
    const { range } = diagnosticOf(mistypedColumn.file, mistypedColumn.rule)
    const comment = `  // offline-storage-disable-next-line ${mistypedColumn.rule} -- kept for old servers\n`
    await window.activeTextEditor?.edit(edit => edit.insert(range.start.with({ character: 0 }), comment))
    await whenRules(mistypedColumn.file, without(mistypedColumn.rule))
  })

  it('follow a setting without a restart', async () => {
    await settings().update('rules', { [mistypedColumn.rule]: 'off' }, ConfigurationTarget.Workspace)
    await whenRules(mistypedColumn.file, without(mistypedColumn.rule))
    await settings().update('rules', undefined, ConfigurationTarget.Workspace)
    await whenRules(mistypedColumn.file, having(mistypedColumn.rule))
  })

  it('follow offline-storage.config.json without a restart', async () => {
    const config = fileUri('offline-storage.config.json')
    const text = JSON.stringify({ rules: { [mistypedColumn.rule]: 'off' } })
    await workspace.fs.writeFile(config, new TextEncoder().encode(text))
    await whenRules(mistypedColumn.file, without(mistypedColumn.rule))
    await workspace.fs.delete(config)
    await whenRules(mistypedColumn.file, having(mistypedColumn.rule))
  })

  it('come back after a restart of the server', async () => {
    const before = rulesIn(mistypedColumn.file)
    const gone = whenRules(mistypedColumn.file, rules => rules.length === 0)
    await commands.executeCommand(`${section}.restartServer`)
    await gone
    await whenRules(mistypedColumn.file, rules => rules.join() === before.join())
  })
})

async function fixFor({ file, rule }: { readonly file: string; readonly rule: string }): Promise<CodeAction> {
  const actions = await codeActions(file, diagnosticOf(file, rule).range)
  const fix = actions.find(({ isPreferred }) => isPreferred) ?? actions[0]
  if (!fix) throw new Error(`no quick fix for ${rule} in ${file}`)
  return fix
}
