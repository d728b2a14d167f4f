// The test that "Generate Migration Test" writes, run over the real WatermelonDB: it passes on right migrations and finds each fault.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { exampleFiles } from '../../testkit/example-files.ts'
import { generateMigrationTest, snapshotsOf } from '../../testkit/generate-migration-test.ts'
import { needOracle, oracleFolder } from '../../testkit/oracle/installed.ts'
import { type Fault, faults, faulty, releasedApp } from '../../testkit/released-app.ts'
import { typeErrors } from '../../testkit/sync/compile-app.ts'
import { layoutDifferences } from '../../testkit/sync/layout-differences.ts'
import { lintProblems } from '../../testkit/sync/lint-app.ts'
import { virtualFiles } from '../../testkit/sync/load-generated.ts'
import { runJest } from '../../testkit/sync/run-jest.ts'
import { formatted, layouts } from '../../testkit/sync/styled-apps.ts'

type Files = Readonly<Record<string, string>>

const root = fileURLToPath(new URL('../../../', import.meta.url))
const { v1, v2, v3 } = releasedApp

/** The app with the test, and with the snapshots of its releases. */
const tested = (app: Files, ...releases: readonly Files[]): Files =>
  generateMigrationTest({ ...app, ...snapshotsOf(...releases) }).files

/** Without the alias that stands in the example's Babel configuration. */
const withoutAlias = (files: Files): Files =>
  Object.fromEntries(
    Object.entries(files).map(([name, text]) => [
      name,
      text.replaceAll("'~/", `'${'../'.repeat(Math.max(0, name.split('/').length - 2))}`),
    ]),
  )

describe('the generated test of migrations', function () {
  this.timeout(120_000)

  before(function () {
    needOracle(this)
  })

  it('passes where the migrations are right, from every release', async () => {
    const { passes, failures } = await runJest(tested(v3, v1, v2, v3))
    assert.deepEqual(failures, [])
    assert.equal(passes, 1 + 3 * 3)
  })

  for (const fault of faults)
    it(`fails where ${fault.name}`, async () => {
      const { failures } = await runJest(faulty(tested(v3, v1, v2, v3), fault))
      assert.ok(
        failures.some(one => fault.foundBy.test(one)),
        failures.join('\n'),
      )
    })

  it('fails, and says what to do, where no release is known', async () => {
    const { passes, failures } = await runJest(tested(v3))
    assert.equal(passes, 0)
    assert.deepEqual(failures, ['the migrations of blog start from releases that are known'])
  })

  it('fails where a snapshot does not know the whole schema', async () => {
    const app = tested(v3, v1)
    const file = 'offline-storage/blog/v1.json'
    const unclear = (app[file] ?? '').replace('"complete": true', '"complete": false')
    const { failures } = await runJest({ ...app, [file]: unclear })
    assert.deepEqual(failures, ['the migrations of blog start from releases that are known'])
  })

  it('passes in an app in JavaScript, and finds what is missing there', async () => {
    const clean = withoutAlias(exampleFiles('clean'))
    const old = {
      ...clean,
      'src/db/schema.js': (clean['src/db/schema.js'] ?? '').replace('version: 4', 'version: 3'),
      'src/db/tables/tasks.js': (clean['src/db/tables/tasks.js'] ?? '').replace(/.*'estimate'.*\n/, ''),
    }
    const app = tested(clean, old, clean)
    const right = await runJest(app)
    assert.deepEqual(right.failures, [])
    assert.equal(right.passes, 1 + 2 * 3)
    const migrations = app['src/db/migrations.js'] ?? ''
    const step = /addColumns\(\{ table: Tables.tasks, columns: \[\{ name: 'estimate'.*\}\] \}\)/
    assert.match(migrations, step)
    const wrong = await runJest({ ...app, 'src/db/migrations.js': migrations.replace(step, '') })
    assert.deepEqual(wrong.failures, [
      'the migrations of watermelon from version 3 bring every table and column of the schema',
    ])
  })

  it('passes in an app whose adapter was given its migrations', async () => {
    const notes = exampleFiles('notes')
    const database = (notes['src/db/index.ts'] ?? '')
      .replace('import { schema }', "import { migrations } from './migrations'\nimport { schema }")
      .replace('  schema,\n', '  schema,\n  migrations,\n')
    const old = (notes['src/db/schema.ts'] ?? '').replace('version: 2', 'version: 1').replace(/.*'remind_at'.*\n/, '')
    const app = { ...notes, 'src/db/index.ts': database }
    const { passes, failures } = await runJest(tested(app, { ...app, 'src/db/schema.ts': old }))
    assert.deepEqual(failures, [])
    assert.equal(passes, 1 + 3)
  })

  it('does not look for what only SQL makes', async () => {
    const inSql: Fault = {
      name: 'a column and a table are made in SQL',
      file: 'src/db/migrations.ts',
      find: "        createTable({ name: 'comments', columns: [{ name: 'body', type: 'string' }] }),\n",
      put: `        unsafeExecuteSql('create table "comments" ("id" primary key, "_changed", "_status", "body");'),
        unsafeExecuteSql('alter table posts rename column "name" to title;'),\n`,
      foundBy: /./,
    }
    const app = faulty(v3, inSql)
    const migrations = (app['src/db/migrations.ts'] ?? '').replace('createTable,', 'unsafeExecuteSql,')
    const renamed = Object.entries(v2).map(([file, text]) => [file, text.replace("'title'", "'name'")] as const)
    const { failures } = await runJest(
      tested({ ...app, 'src/db/migrations.ts': migrations }, Object.fromEntries(renamed)),
    )
    assert.deepEqual(failures, [])
  })

  it('is run by mocha as well', async () => {
    const manifest = { 'package.json': JSON.stringify({ devDependencies: { mocha: '11.0.0' } }) }
    const app = tested({ ...v3, ...manifest }, v1, v2)
    assert.deepEqual(await runMocha(app), { passes: 1 + 2 * 3, failures: [] })
    const { failures } = await runMocha(faulty(app, faults[0]!))
    assert.ok(failures.some(one => faults[0]!.foundBy.test(one)))
  })

  it('compiles under `strict`', () => {
    const app = tested(v3, v1)
    assert.deepEqual(typeErrors(app), [])
    const mocha = tested({ ...v3, 'package.json': JSON.stringify({ devDependencies: { mocha: '11.0.0' } }) }, v1)
    assert.deepEqual(typeErrors(mocha), [])
  })

  for (const [name, layout] of Object.entries(layouts))
    it(`is laid out as the app is, and passes its linter: ${name}`, async () => {
      const app = Object.entries(v3).map(async ([file, text]) => [file, await formatted(file, text, layout)] as const)
      const settings = { '.prettierrc': JSON.stringify(layout, undefined, 2) }
      const { files } = generateMigrationTest({ ...Object.fromEntries(await Promise.all(app)), ...settings })
      const own = Object.entries(files).filter(([file]) => /test/.test(file))
      assert.equal(own.length, 2)
      for (const [file, text] of own)
        assert.deepEqual(layoutDifferences(file, text, await formatted(file, text, layout)), [])
      assert.deepEqual(await lintProblems(Object.fromEntries(own), 'recommended'), [])
    })
})

/** Bundles the test and runs it with mocha, beside the snapshots of the app. */
async function runMocha(files: Files): Promise<{ readonly passes: number; readonly failures: readonly string[] }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'migration-test-'))
  try {
    for (const [name, text] of Object.entries(files).filter(([name]) => name.startsWith('offline-storage/'))) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
      writeFileSync(path.join(folder, name), text)
    }
    const built = await build({
      stdin: { contents: "import './src/db/migrations.test.ts'", resolveDir: root },
      ...{ bundle: true, write: false, format: 'cjs', platform: 'node', target: 'node20', logLevel: 'error' },
      nodePaths: [path.join(oracleFolder, 'node_modules')],
      plugins: [virtualFiles(files)],
    })
    writeFileSync(path.join(folder, 'test.cjs'), built.outputFiles[0]?.text ?? '')
    const output = await new Promise<string>(resolve => {
      const mocha = path.join(root, 'node_modules/mocha/bin/mocha.js')
      const args = [mocha, '--no-config', '--exit', '--reporter', 'json', `${folder}/test.cjs`]
      execFile(process.execPath, args, { cwd: folder }, (_error, stdout) => resolve(stdout))
    })
    const report = JSON.parse(output.slice(output.indexOf('{\n  "stats"'))) as {
      stats: { passes: number }
      failures: { fullTitle: string }[]
    }
    return { passes: report.stats.passes, failures: report.failures.map(one => one.fullTitle) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
