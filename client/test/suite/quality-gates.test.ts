// "Run Quality Gates": the report in the editor, from marked tests and the results of their run.
import assert from 'node:assert/strict'
import { commands, Position, type TextEditor, Uri, window, workspace } from 'vscode'
import type { QualityGatesResult } from '../../../shared/requests.ts'
import { fileUri, open, restoreWorkspace, section } from './support.ts'

const test = 'src/sync/offline.test.ts'
const results = '.offline-storage/test-results.json'

const run = () => commands.executeCommand<QualityGatesResult>(`${section}.runQualityGates`)
const write = (file: string, text: string) => workspace.fs.writeFile(fileUri(file), new TextEncoder().encode(text))
const states = ({ reports }: QualityGatesResult) =>
  reports.flatMap(({ report }) => report.stores.flatMap(store => store.gates.map(gate => gate.state)))

function shown(): TextEditor {
  const editor = window.activeTextEditor
  assert.ok(editor)
  assert.equal(editor.document.uri.scheme, 'offline-storage-gates')
  return editor
}

describe('quality gates', () => {
  afterEach(restoreWorkspace)

  it('are shown in a document that cannot be changed', async () => {
    const result = await run()
    assert.deepEqual(states(result), ['missing', 'missing', 'missing', 'missing'])
    const editor = shown()
    assert.equal(editor.document.languageId, 'markdown')
    assert.equal(editor.document.getText(), result.markdown)
    assert.match(result.markdown, /## notes \(watermelondb, version 2\)/)
    await editor.edit(edit => edit.insert(new Position(0, 0), 'x'))
    assert.equal(editor.document.getText(), result.markdown)
    assert.equal(editor.document.isDirty, false)
  })

  it('follow the marks of tests and the results of their run', async () => {
    await write(test, '// offline-storage-gate: offline\n')
    await open(test)
    assert.deepEqual(states(await run()), ['missing', 'missing', 'not run', 'missing'])
    const passes = [{ fullTitle: 'it works', file: fileUri(test).fsPath }]
    await write(results, JSON.stringify({ stats: {}, passes, failures: [], pending: [] }))
    const result = await run()
    assert.deepEqual(states(result), ['missing', 'missing', 'passed', 'missing'])
    assert.match(shown().document.getText(), /Offline verified +\| ✓ passed/)
    assert.equal(Uri.parse(result.reports[0]?.folderUri ?? '').fsPath, workspace.workspaceFolders?.[0]?.uri.fsPath)
  })
})
