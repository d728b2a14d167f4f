// The tests that a layer for WatermelonDB brings along: they pass on the layer, and fail on one with a fault.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { Answers } from '../../../../shared/scaffolds.ts'
import { needOracle, oracleFolder } from '../../../testkit/oracle/installed.ts'
import { generateLayer } from '../../../testkit/sync/generated-layer.ts'
import { virtualFiles } from '../../../testkit/sync/load-generated.ts'
import { withFault } from '../../../testkit/sync/with-fault.ts'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const mocha = path.join(root, 'node_modules/mocha/bin/mocha.js')

const app = {
  'package.json': JSON.stringify({
    dependencies: { '@nozbe/watermelondb': '0.28.0', zod: '4.0.0' },
    devDependencies: { mocha: '11.0.0' },
  }),
  'src/database.ts': `import { appSchema, Database, tableSchema } from '@nozbe/watermelondb'
import SQLiteAdapter from '@nozbe/watermelondb/adapters/sqlite'

const schema = appSchema({
  version: 1,
  tables: [
    tableSchema({ name: 'lists', columns: [{ name: 'name', type: 'string' }] }),
    tableSchema({
      name: 'tasks',
      columns: [
        { name: 'list_id', type: 'string', isIndexed: true },
        { name: 'title', type: 'string' },
        { name: 'done', type: 'boolean' },
        { name: 'rank', type: 'number' },
        { name: 'due_at', type: 'number', isOptional: true },
      ],
    }),
  ],
})

export const database = new Database({ adapter: new SQLiteAdapter({ schema }), modelClasses: [] })
`,
}

interface Outcome {
  readonly passes: number
  readonly failures: readonly string[]
}

/** Bundles the tests of a layer and runs them with mocha in a process of their own. */
async function runTests(files: Readonly<Record<string, string>>): Promise<Outcome> {
  const folder = mkdtempSync(path.join(tmpdir(), 'watermelon-tests-'))
  try {
    for (const name of Object.keys(files).filter(one => one.endsWith('.test.ts'))) {
      const built = await build({
        stdin: { contents: `import './${name}'`, resolveDir: root },
        ...{ bundle: true, write: false, format: 'cjs', platform: 'node', target: 'node20', logLevel: 'error' },
        nodePaths: [path.join(oracleFolder, 'node_modules')],
        plugins: [virtualFiles(files)],
      })
      writeFileSync(path.join(folder, `${path.basename(name, '.ts')}.cjs`), built.outputFiles[0]?.text ?? '')
    }
    const output = await new Promise<string>(resolve => {
      const args = [mocha, '--no-config', '--exit', '--timeout', '20000', '--reporter', 'json', `${folder}/*.cjs`]
      execFile(process.execPath, args, { cwd: folder, maxBuffer: 2 ** 26 }, (_error, stdout) => resolve(stdout))
    })
    const report = JSON.parse(output.slice(output.indexOf('{\n  "stats"'))) as {
      stats: { passes: number }
      failures: { fullTitle: string; err: { message: string } }[]
    }
    return {
      passes: report.stats.passes,
      failures: report.failures.map(one => `${one.fullTitle}: ${one.err.message}`),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

describe('the tests of a generated layer for WatermelonDB', function () {
  this.timeout(120_000)
  before(function () {
    needOracle(this)
  })

  for (const [conflicts, deletes] of [
    ['lww', 'deleteWins'],
    ['fieldMerge', 'editWins'],
    ['manual', 'ask'],
    ['custom', 'deleteWins'],
  ] as const)
    it(`pass for ${conflicts} and ${deletes}`, async () => {
      const answers: Answers = { conflicts, deletes, audit: conflicts === 'lww' ? 'no' : 'yes' }
      const { passes, failures } = await runTests(generateLayer(app, answers).files)
      assert.deepEqual(failures, [])
      assert.ok(passes >= 29, `only ${passes}`)
    })

  for (const [fault, file, find, put] of [
    [
      'what is sent is not stored before',
      'watermelondb/sync-once.ts',
      'await attempts.write(attempt)',
      'await Promise.resolve()',
    ],
    [
      'nothing is sent when the network returns',
      'core/triggers.ts',
      'online ? options.onReason()',
      'online ? undefined',
    ],
    ['a hanging request holds the sync', 'core/deadline.ts', 'clock.after(timeoutMs, giveUp)', '() => undefined'],
    [
      'an answer that is not valid is written',
      'watermelondb/answers.ts',
      'pullAnswer.parse(answer)',
      'answer as never',
    ],
    [
      'the local edit always wins',
      'watermelondb/resolve-record.ts',
      "case 'remote':\n      return { row: theirs",
      "case 'remote':\n      return { row: merged",
    ],
  ] as const)
    it(`fail when ${fault}`, async () => {
      const { files } = generateLayer(app, { conflicts: 'lww', deletes: 'deleteWins' })
      const { failures } = await runTests(withFault(files, { file, find, put }))
      assert.notDeepEqual(failures, [])
    })
})
