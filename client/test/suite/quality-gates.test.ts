// "Run Quality Gates": the report in the editor, from marked tests and the results of their run.
import assert from 'node:assert/strict'
import { commands, type DocumentLink, type TextDocument, Uri, workspace } from 'vscode'
import type { QualityGatesResult } from '../../../shared/requests.ts'
import { fileUri, open, restoreWorkspace, section, whenPage } from './support.ts'

const test = 'src/sync/offline.test.ts'
const report = Uri.from({ scheme: 'offline-storage-gates', path: '/Quality gates.md' })
const results = '.offline-storage/test-results.json'

const run = () => commands.executeCommand<QualityGatesResult>(`${section}.runQualityGates`)
const write = (file: string, text: string) => workspace.fs.writeFile(fileUri(file), new TextEncoder().encode(text))
const states = ({ reports }: QualityGatesResult) =>
  reports.flatMap(({ report }) => report.stores.flatMap(store => store.gates.map(gate => gate.state)))

/** The text of the page, as soon as it is shown. */
async function shown(): Promise<TextDocument> {
  await whenPage()
  return workspace.openTextDocument(report)
}

const linksIn = ({ uri }: TextDocument): Thenable<DocumentLink[]> =>
  commands.executeCommand<DocumentLink[]>('vscode.executeLinkProvider', uri, 10)

describe('quality gates', () => {
  afterEach(restoreWorkspace)

  it('are shown as a page that leads to the files', async () => {
    const result = await run()
    assert.deepEqual(states(result), ['missing', 'missing', 'missing', 'missing'])
    const document = await shown()
    assert.equal(document.languageId, 'markdown')
    assert.equal(document.getText(), result.markdown)
    assert.match(result.markdown, /## notes \(watermelondb, version 2\)/)
    const schema = result.reports[0]?.report.stores[0]?.file ?? ''
    const found = (await linksIn(document)).map(link => link.target?.toString(true) ?? '')
    assert.ok(
      found.some(target => target.includes(fileUri(schema).path)),
      `${schema}: ${found.join(' ')}`,
    )
  })

  it('follow the marks of tests and the results of their run', async () => {
    await write(test, '// offline-storage-gate: offline\n')
    await open(test)
    assert.deepEqual(states(await run()), ['missing', 'missing', 'not run', 'missing'])
    const passes = [{ fullTitle: 'it works', file: fileUri(test).fsPath }]
    await write(results, JSON.stringify({ stats: {}, passes, failures: [], pending: [] }))
    const result = await run()
    assert.deepEqual(states(result), ['missing', 'missing', 'passed', 'missing'])
    assert.match((await shown()).getText(), /Offline verified +\| ✓ passed/)
    assert.equal(Uri.parse(result.reports[0]?.folderUri ?? '').fsPath, workspace.workspaceFolders?.[0]?.uri.fsPath)
  })
})
