// The command "Run Quality Gates", as an editor asks for it.
import assert from 'node:assert/strict'
import { existsSync, writeFileSync } from 'node:fs'
import { type QualityGatesResult, serverCommands } from '../../../shared/requests.ts'
import { exampleApp } from '../../src/core/engines/watermelondb/example-app.ts'
import { type LspClient, uriOf } from '../../testkit/lsp-client.ts'
import { tempFolder, writeFiles } from '../host/temp-folder.ts'
import { endSession, start } from './session.ts'

const test = 'src/sync/offline.test.ts'
const app = (more: Readonly<Record<string, string>> = {}): string =>
  tempFolder({
    ...exampleApp({ version: 2 }),
    'package.json': '{ "name": "app", "devDependencies": { "mocha": "*" } }',
    'yarn.lock': '',
    'src/sync.js': `import { synchronize } from '@nozbe/watermelondb/sync'
import { database } from './db'

export const sync = () => synchronize({ database, pullChanges: pull, pushChanges: push })
`,
    [test]: '// offline-storage-gate: migrations, offline\n',
    ...more,
  })
const gates = (client: LspClient): Promise<QualityGatesResult> =>
  client.request('workspace/executeCommand', { command: serverCommands.qualityGates, arguments: [{}] })
const states = ({ reports }: QualityGatesResult) =>
  reports.flatMap(({ report }) => report.stores.map(store => store.gates.map(gate => gate.state)))
const mocha = (root: string): string => {
  const passes = [{ fullTitle: 'it works', file: `${root}/${test}` }]
  return JSON.stringify({ stats: {}, passes, failures: [], pending: [] })
}

describe('quality gates', () => {
  afterEach(endSession)

  it('come with a report and with the command that runs the tests, and nothing is run', async () => {
    const root = app()
    const client = await start({ folders: [root] })
    const result = await gates(client)
    assert.deepEqual(states(result), [['not run', 'missing', 'not run', 'missing']])
    assert.deepEqual(result.runs, [
      {
        packageUri: uriOf(root),
        command: `yarn mocha --reporter json --reporter-option output=.offline-storage/test-results.json ${test}`,
        resultsFile: '.offline-storage/test-results.json',
      },
    ])
    assert.match(result.markdown, /^# Quality gates\n\n## watermelon \(watermelondb, version 2\)\n/)
    assert.equal(existsSync(`${root}/.offline-storage`), false)
  })

  it('are read from the results of that command, from those of the setting, and from open documents', async () => {
    const root = app()
    let results: readonly string[] = []
    const client = await start({ folders: [root], settings: () => ({ gates: { results } }) })
    assert.deepEqual(states(await gates(client)), [['not run', 'missing', 'not run', 'missing']])
    writeFiles(root, { '.offline-storage/test-results.json': mocha(root) })
    assert.deepEqual(states(await gates(client)), [['passed', 'missing', 'passed', 'missing']])
    await client.open(`${root}/${test}`, '// offline-storage-gate: conflicts\n')
    const result = await gates(client)
    assert.deepEqual(states(result), [['missing', 'passed', 'missing', 'missing']])
    assert.deepEqual(result.runs, [])
    writeFileSync(`${root}/bad.json`, '{')
    results = ['bad.json', 'not-there.json']
    await client.notify('workspace/didChangeConfiguration', { settings: null })
    const bad = await gates(client)
    assert.deepEqual(bad.reports[0]?.problems, ['bad.json: It is no JSON, or not all of it is there.'])
    assert.match(bad.markdown, /- bad\.json: It is no JSON/)
  })

  it('are told for each folder of a workspace', async () => {
    const roots = [app(), tempFolder({ 'a.ts': '' })]
    const { reports, markdown } = await gates(await start({ folders: roots }))
    assert.deepEqual(
      reports.map(({ folderUri, report }) => [folderUri, report.stores.length]),
      [
        [uriOf(roots[0]!), 1],
        [uriOf(roots[1]!), 0],
      ],
    )
    assert.match(markdown, /\n# offline-storage-/)
  })

  it('of no folder are none', async () => {
    assert.deepEqual((await gates(await start({ folders: [] }))).reports, [])
  })

  it('are told in a workspace that nobody trusts', async () => {
    const client = await start({ folders: [app()], initializationOptions: { trusted: false } })
    assert.deepEqual(states(await gates(client)), [['not run', 'missing', 'not run', 'missing']])
  })
})
