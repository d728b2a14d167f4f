// "Generate Migration Test": what it writes where, and why it does not. What the test finds is judged by the real library.
import assert from 'node:assert/strict'
import { readMarks } from '../../src/core/gates/read-marks.ts'
import { exampleFiles } from '../../testkit/example-files.ts'
import { generateMigrationTest, type MigrationTestRun, snapshotsOf } from '../../testkit/generate-migration-test.ts'
import { releasedApp } from '../../testkit/released-app.ts'
import { appRoot, runApp } from '../../testkit/run-example.ts'

const { v1, v2, v3 } = releasedApp
const test = 'src/db/migrations.test.ts'
const helper = 'src/db/testing/replay-migrations.ts'

const made = ({ result }: MigrationTestRun): readonly string[] =>
  'edits' in result ? result.edits.map(edit => edit.file.slice(appRoot.length + 1)) : []
const said = ({ result }: MigrationTestRun): string => ('edits' in result ? result.message : result.problem)

describe('"Generate Migration Test"', () => {
  it('imports the schema and the migrations by their names, and is marked for the gate', () => {
    const run = generateMigrationTest({ ...v3, ...snapshotsOf(v1, v2) })
    assert.deepEqual(made(run), [test, helper])
    const text = run.files[test] ?? ''
    assert.match(
      text,
      /^import \{ blogMigrations \} from '\.\/migrations'\nimport \{ blogSchema \} from '\.\/schema'$/m,
    )
    assert.match(text, /replay\(release, blogSchema, blogMigrations\)/)
    assert.deepEqual(readMarks(`${appRoot}/${test}`, text), {
      marks: [{ gates: ['migrations'], store: 'blog' }],
      problems: [],
    })
  })

  it('changes nothing when it runs again, and brings back what is gone', () => {
    const { files } = generateMigrationTest(v3)
    const again = generateMigrationTest(files)
    assert.deepEqual(made(again), [])
    assert.match(said(again), /have their test already/)
    const { [helper]: _, ...without } = files
    assert.deepEqual(made(generateMigrationTest(without)), [helper])
    const edited = { ...files, [test]: `${files[test]}// ours\n` }
    assert.equal(generateMigrationTest(edited).files[test], edited[test])
  })

  it('is known by its mark alone, whatever another store is called', () => {
    const { files } = generateMigrationTest(v3)
    const others = (files[test] ?? '').replace('migrations for blog', 'migrations for blogs')
    assert.deepEqual(made(generateMigrationTest({ ...files, [test]: others })), ['src/db/blog-migrations.test.ts'])
  })

  it('imports the package that the schema imports', () => {
    const fork = (text: string) => text.replaceAll('@nozbe/watermelondb', 'nitromelondb')
    const app = Object.fromEntries(Object.entries(v3).map(([path, text]) => [path, fork(text)]))
    const run = generateMigrationTest(app, { project: { versions: { nitromelondb: '0.30.0' } } })
    assert.match(run.files[helper] ?? '', /from 'nitromelondb\/adapters\/lokijs'/)
    assert.doesNotMatch(run.files[helper] ?? '', /@nozbe/)
  })

  it('leaves other tests alone', () => {
    const own = { ...v3, [test]: "it('is ours', () => {})\n" }
    const run = generateMigrationTest(own)
    assert.deepEqual(made(run), ['src/db/blog-migrations.test.ts', helper])
    const taken = { ...own, 'src/db/blog-migrations.test.ts': '' }
    assert.equal(
      said(generateMigrationTest(taken)),
      'There is a test beside migrations.ts already, which is left as it is.',
    )
  })

  it('stands in `__tests__` where the app has such folders', () => {
    const run = generateMigrationTest({ ...v3, 'src/__tests__/a.test.ts': "import '@nozbe/watermelondb'\n" })
    const path = 'src/db/__tests__/migrations.test.ts'
    assert.deepEqual(made(run), [path, helper])
    assert.match(
      run.files[path] ?? '',
      /from '\.\.\/migrations'\n.*from '\.\.\/schema'\n.*'\.\.\/testing\/replay-migrations'/,
    )
  })

  it('keeps the release that git knows as a snapshot, and says where it starts', () => {
    const run = generateMigrationTest(v3, { released: v2 })
    assert.deepEqual(made(run), [test, helper, 'offline-storage/blog/v2.json'])
    assert.equal(run.files['offline-storage/blog/v2.json'], snapshotsOf(v2)['offline-storage/blog/v2.json'])
    assert.match(
      said(run),
      /It starts from version 2\. Where the compiler does not know `node:fs`, install @types\/node\.$/,
    )
    assert.match(said(generateMigrationTest(v3)), /No release is known to start from, so it fails until/)
    assert.match(said(generateMigrationTest(v3, { released: v3 })), /Version 3 is the only release that is known/)
  })

  it('is JavaScript in an app in JavaScript, and has default exports under plain names', () => {
    const run = generateMigrationTest(exampleFiles('clean'))
    assert.deepEqual(made(run), ['src/db/migrations.test.js', 'src/db/testing/replay-migrations.js'])
    assert.match(run.files['src/db/migrations.test.js'] ?? '', /^import migrations from '\.\/migrations'$/m)
    assert.doesNotMatch(
      run.files['src/db/testing/replay-migrations.js'] ?? '',
      /interface |: string|import type| as [A-Z]/,
    )
  })

  it('is laid out as the app is', () => {
    const run = generateMigrationTest({ ...v3, '.prettierrc': '{ "tabWidth": 4 }' })
    assert.match(run.files[test] ?? '', /^import \{ blogSchema \} from "\.\/schema";$/m)
    assert.match(run.files[helper] ?? '', /^ {4}logger\.silence\(\);$/m)
  })

  it('gives the analyzer nothing to find, and no store', () => {
    for (const app of [v3, exampleFiles('clean')]) {
      const before = runApp(code(app))
      const after = runApp(code(generateMigrationTest(app).files))
      const names = ({ analyzer }: typeof after) => analyzer.stores().map(store => store.name)
      assert.deepEqual(names(after), names(before))
      for (const file of after.texts.keys())
        assert.deepEqual(
          after.analyzer.findings(file).map(one => one.rule),
          before.texts.has(file) ? before.analyzer.findings(file).map(one => one.rule) : [],
        )
    }
  })

  it('asks which store is meant where there are several', () => {
    const files = exampleFiles('two-databases')
    const { question } = generateMigrationTest(files)
    assert.ok(question?.kind === 'choice')
    assert.ok(question.choices.some(one => one.value === 'account'))
    const run = generateMigrationTest(files, { answers: { store: 'account' } })
    assert.match(
      run.files['src/account/migrations.test.ts'] ?? '',
      /import \{ accountMigrations \} from '\.\/migrations'/,
    )
    assert.equal(
      said(generateMigrationTest(files, { answers: { store: 'none' } })),
      'There is no such WatermelonDB store here.',
    )
  })

  const refused: readonly (readonly [name: string, app: Readonly<Record<string, string>>, why: RegExp])[] = [
    ['no adapter has migrations', exampleFiles('notes'), /^No adapter of "notes" is given migrations/],
    [
      'the migrations are not exported',
      {
        ...v3,
        'src/db/migrations.ts': `${v3['src/db/migrations.ts']?.replace('export ', '')}\nexport const all = { blogMigrations }\n`,
        'src/db/database.ts': (v3['src/db/database.ts'] ?? '')
          .replace('{ blogMigrations }', '{ all }')
          .replace('migrations: blogMigrations', 'migrations: all.blogMigrations'),
      },
      /^src\/db\/migrations\.ts does not export the migrations of "blog"/,
    ],
    [
      'the schema stands where the database is opened',
      {
        ...v3,
        'src/db/database.ts': `${v3['src/db/schema.ts']}\n${(v3['src/db/database.ts'] ?? '').replace(/import \{ blogSchema.*\n/, '')}`,
        'src/db/schema.ts': '',
      },
      /^src\/db\/database\.ts opens the database as soon as it is imported.*Move the schema into a file of its own/,
    ],
  ]
  for (const [name, app, why] of refused)
    it(`says why it writes nothing where ${name}`, () => {
      const run = generateMigrationTest(app)
      assert.deepEqual(made(run), [])
      assert.match(said(run), why)
    })
})

const code = (files: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(files).filter(([path]) => /\.[jt]sx?$/.test(path)))
