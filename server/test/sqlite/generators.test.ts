// What is generated for a database: read back, and replayed by SQLite on rows, it gives what new installs get.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { Generated } from '../../src/core/engines/contract.ts'
import { generators, renames } from '../../src/core/engines/sqlite/generate.ts'
import { differences } from '../../src/core/engines/sqlite/schema/differences.ts'
import type { SqliteStore } from '../../src/core/engines/sqlite/types.ts'
import type { DatabaseShape, ReplayAnswer, SqlQuestion } from '../../src/core/sql/judge.ts'
import { applyEdits, type TextEdit } from '../../src/core/text/edit.ts'
import { answerSql } from '../../testkit/answer-sql.ts'
import { appRoot, type RunningApp, runApp } from '../../testkit/run-example.ts'
import { type Step, shapes } from './ladder-apps.ts'

const file = `${appRoot}/src/db.ts`
const project = { versions: { 'expo-sqlite': '57.0.3' } }
const run = (text: string, released?: string): RunningApp =>
  runApp({ 'src/db.ts': text }, { project, ...(released !== undefined && { released: { 'src/db.ts': released } }) })

const storeOf = (app: RunningApp): SqliteStore => app.analyzer.stores()[0] as SqliteStore

/** What a generator gives once SQLite has answered, and the file after it. */
function generated(
  app: RunningApp,
  make: (store: SqliteStore) => Generated | undefined,
): { readonly text: string; readonly message: string } | { readonly problem: string } {
  const result = app.analyzer.settled(() => make(storeOf(app)))
  if (!result || 'problem' in result) return { problem: result?.problem ?? 'nothing' }
  const text = applyEdits(app.texts.get(file) ?? '', result.edits as readonly TextEdit[])
  return { text, message: result.message }
}

const textOf = (result: ReturnType<typeof generated>): string =>
  'problem' in result ? assert.fail(result.problem) : result.text

const ask = (question: SqlQuestion) => answerSql([question])![0]!
const replayed = (steps: readonly (readonly string[])[]): ReplayAnswer =>
  ask({ kind: 'replay', steps, rows: 2, foreignKeys: false }) as ReplayAnswer

const schemaRules = /^sqlite\/(?:failing-migration|schema-drift|broken-version-ladder|version-outside-transaction)$/
const findings = (app: RunningApp): readonly string[] =>
  app.analyzer.findings(file).flatMap(one => (schemaRules.test(one.rule) ? [`${one.rule}: ${one.message}`] : []))

/** The rows of `table` are counted in the last step itself: a lost row makes it fail. */
const keeps = (table: string): readonly string[] => [
  'CREATE TABLE proof_of_rows (n INTEGER CHECK (n = 2))',
  `INSERT INTO proof_of_rows SELECT count(*) FROM "${table}"`,
]

const first: Step = {
  version: 1,
  statements: ['CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TEXT NOT NULL)'],
}
const notes = 'CREATE TABLE notes (id INTEGER PRIMARY KEY)'
const second: Step = { version: 2, statements: ['ALTER TABLE tasks ADD COLUMN rank INTEGER'] }

describe('sqlite: what is generated', () => {
  for (const [name, write] of Object.entries(shapes)) {
    it(`${name}: a column, a table and another name, each with a step that is read back`, () => {
      const before = write([first, second])
      const app = run(before)
      const wish = { name: 'note', type: 'TEXT', optional: false, indexed: true }
      const made = [
        generated(app, store => generators.addField!(store, 'tasks', wish, app.context)),
        generated(app, store => generators.createEntity!(store, 'lists', app.context)),
        generated(app, store => renames.field(store, 'tasks', 'title', 'label', app.context)),
        generated(app, store => renames.entity(store, 'tasks', 'jobs', app.context)),
      ]
      const tables = made.map(result => {
        const after = run(textOf(result))
        const { ladder, version } = storeOf(after)
        assert.equal(version?.value, 3)
        assert.deepEqual(
          ladder?.steps.map(step => [step.version.value, step.complete, step.advances]),
          [1, 2, 3].map(one => [one, true, true]),
        )
        assert.deepEqual(
          findings(after).filter(one => !one.includes('outside-transaction')),
          [],
        )
        const steps = ladder!.steps.map(step => step.texts.map(text => text.sql.text))
        const { failure, shape } = replayed(steps)
        assert.equal(failure, undefined)
        return shape.tables.map(table => `${table.name}(${table.columns.map(column => column.name).join()})`)
      })
      assert.deepEqual(tables, [
        ['tasks(id,title,rank,note)'],
        ['tasks(id,title,rank)', 'lists(id)'],
        ['tasks(id,label,rank)'],
        ['jobs(id,title,rank)'],
      ])
    })
  }

  it('a column goes into what makes new databases as well', () => {
    const app = run(
      shapes.ifBelow!(
        [first, second],
        ['CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TEXT NOT NULL, rank INTEGER)'],
      ),
    )
    const wish = { name: 'note', type: 'TEXT', optional: true, indexed: true }
    const text = textOf(generated(app, store => generators.addField!(store, 'tasks', wish, app.context)))
    assert.match(text, /title TEXT NOT NULL, rank INTEGER, note TEXT\)/)
    assert.deepEqual(findings(run(text)), [])
    const table = textOf(generated(app, store => generators.createEntity!(store, 'lists', app.context)))
    assert.deepEqual(findings(run(table)), [])
  })

  it('a branch for new databases from which later steps lead on stays as it is', () => {
    const app = run(`import * as SQLite from 'expo-sqlite'

export const db = SQLite.openDatabaseSync('app.db')
const LATEST = 3
export async function migrate() {
  const row = await db.getFirstAsync<{ user_version: number }>('PRAGMA user_version')
  let version = row?.user_version ?? 0
  if (version >= LATEST) return
  if (version === 0) {
    await db.execAsync('CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TEXT)')
    version = 2
  }
  if (version === 1) {
    await db.execAsync('ALTER TABLE tasks ADD COLUMN title TEXT')
    version = 2
  }
  if (version === 2) {
    await db.execAsync('ALTER TABLE tasks ADD COLUMN rank INTEGER')
    version = 3
  }
  await db.execAsync(\`PRAGMA user_version = \${LATEST}\`)
}
`)
    const wish = { name: 'note', type: 'TEXT', optional: true, indexed: true }
    const text = textOf(generated(app, store => generators.addField!(store, 'tasks', wish, app.context)))
    assert.match(text, /const LATEST = 4\n/)
    assert.match(text, /title TEXT\)'\)\n {4}version = 2\n/)
    assert.match(text, /if \(version === 3\) \{\n[^}]*note TEXT;[^}]*version = 4\n {2}\}\n {2}await/)
    assert.deepEqual(
      findings(run(text)).filter(one => !one.includes('outside-transaction')),
      [],
    )
  })

  it('what runs at every start makes a new table, without a step', () => {
    const base = `import * as SQLite from 'expo-sqlite'

export const db = SQLite.openDatabaseSync('app.db')
db.execSync(\`
  CREATE TABLE IF NOT EXISTS tasks (
    id TEXT PRIMARY KEY NOT NULL,
    title TEXT
  );
\`)
`
    const app = run(base)
    const text = textOf(generated(app, store => generators.createEntity!(store, 'lists', app.context)))
    assert.match(text, /\);\n {2}CREATE TABLE IF NOT EXISTS lists \(\n {4}id TEXT PRIMARY KEY NOT NULL\n {2}\);\n`\)/)
    const wish = { name: 'note', type: 'TEXT', optional: true, indexed: false }
    const refused = generated(app, store => generators.addField!(store, 'tasks', wish, app.context))
    assert.match('problem' in refused ? refused.problem : '', /no steps by "PRAGMA user_version"/)
  })

  it('what is refused', () => {
    const app = run(shapes.ifBelow!([first, second]))
    const problem = (make: (store: SqliteStore) => Generated | undefined): string => {
      const result = generated(app, make)
      return 'problem' in result ? result.problem : ''
    }
    const wish = { name: 'title', type: 'TEXT', optional: true, indexed: false }
    assert.match(
      problem(store => generators.addField!(store, 'tasks', wish, app.context)),
      /has a column "title" already/,
    )
    assert.match(
      problem(store => generators.addField!(store, 'nobody', wish, app.context)),
      /no table "nobody"/,
    )
    assert.match(
      problem(store => generators.createEntity!(store, 'Tasks', app.context)),
      /already/,
    )
    assert.match(
      problem(store => generators.createEntity!(store, 'order', app.context)),
      /word of SQL/,
    )
    assert.match(
      problem(store => generators.createEntity!(store, 'sqlite_x', app.context)),
      /for itself/,
    )
    assert.match(
      problem(store => generators.createMigration!(store, app.context)),
      /No released schema/,
    )
    // A view that uses the table stands in the way of nothing but what it names.
    assert.match(
      problem(store => renames.field(store, 'tasks', 'nothing', 'x', app.context)),
      /no such column/,
    )
  })

  it('what a release lacks becomes the step of the version that the code wants already', () => {
    const title = 'CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TEXT)'
    const old = shapes.list!(
      [
        { version: 1, statements: [notes] },
        { version: 2, statements: ['DELETE FROM notes'] },
      ],
      [notes, title],
    )
    const text = old.replace('title TEXT)', 'title TEXT, due INTEGER NOT NULL)')
    const app = run(text, old)
    const lacks = app.analyzer.findings(file).filter(one => one.rule === 'sqlite/schema-drift')
    assert.deepEqual(
      lacks.map(one => /column "due".*phones that have v2.json/.test(one.message)),
      [true],
    )
    const after = textOf(generated(app, store => generators.createMigration!(store, app.context)))
    assert.match(after, /version: 3,[\s\S]*ALTER TABLE tasks ADD COLUMN due INTEGER NOT NULL DEFAULT 0/)
    assert.match(after, /PRAGMA user_version = 3;/)
    assert.deepEqual(findings(run(after, old)), [])
    const raised = run(text.replace('user_version = 2', 'user_version = 3'), old)
    const again = textOf(generated(raised, store => generators.createMigration!(store, raised.context)))
    assert.match(again, /version: 3,/)
    assert.doesNotMatch(again, /user_version = 4|version: 4/)
  })

  it('a released step that was changed afterwards is not mended by a step that fails for new installs', () => {
    const edited: Step = {
      version: 1,
      statements: ['CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TEXT NOT NULL, note TEXT)'],
    }
    const app = run(shapes.ifBelow!([edited, second]), shapes.ifBelow!([first, second]))
    const result = generated(app, store => generators.createMigration!(store, app.context))
    assert.match('problem' in result ? result.problem : '', /New installs run all steps.*duplicate column name: note/)
  })

  it('a table that others refer to is not made anew while foreign keys are enforced', () => {
    const lists = 'CREATE TABLE lists (id INTEGER PRIMARY KEY, name TEXT NOT NULL)'
    const tasks = 'CREATE TABLE tasks (id INTEGER PRIMARY KEY, list INTEGER REFERENCES lists (id) ON DELETE CASCADE)'
    const old = lists.replace(' NOT NULL)', ')')
    const write = (isOn: boolean) =>
      shapes.ifBelow!(
        [
          { version: 1, statements: [old, tasks] },
          { version: 2, statements: [notes] },
        ],
        [lists, tasks, notes],
      ).replace(
        'export async function',
        `${isOn ? "db.execSync('PRAGMA foreign_keys = ON')\n\n" : ''}export async function`,
      )
    const [on, off] = [run(write(true)), run(write(false))]
    const refused = generated(on, store => generators.createMigration!(store, on.context))
    assert.match('problem' in refused ? refused.problem : '', /dropping it deletes their rows/)
    assert.match(textOf(generated(off, store => generators.createMigration!(store, off.context))), /DROP TABLE lists;/)
  })

  it('whatever changes: devices get what new installs have, and keep their rows', () => {
    const type = fc.constantFrom('TEXT', 'INTEGER', 'REAL', 'BLOB')
    const column = fc.record({
      type,
      isRequired: fc.boolean(),
      default: fc.constantFrom(undefined, "'x'", '7', 'CURRENT_TIMESTAMP', "(datetime('now'))"),
      extra: fc.constantFrom('', '', '', ' UNIQUE', ' COLLATE NOCASE', ' CHECK (1)'),
      isIndexed: fc.boolean(),
    })
    const isOld = fc.constantFrom('same', 'absent', 'nullable', 'other default', 'other type')
    const change = fc.record({
      columns: fc.array(fc.record({ column, was: isOld }), { minLength: 1, maxLength: 4 }),
      hasNewTable: fc.boolean(),
      hasTrigger: fc.boolean(),
      shape: fc.constantFrom(...Object.keys(shapes)),
    })
    let written = 0
    fc.assert(
      fc.property(change, ({ columns, hasNewTable, hasTrigger, shape }) => {
        const definition = (one: (typeof columns)[number], i: number, isNow: boolean): string | undefined => {
          const { type: plain, isRequired, default: text, extra } = one.column
          const was = isNow ? 'same' : one.was
          if (was === 'absent') return undefined
          const own = was === 'other type' ? (plain === 'TEXT' ? 'INTEGER' : 'TEXT') : plain
          const notNull = isRequired && was !== 'nullable' ? ' NOT NULL' : ''
          const value = was === 'other default' ? " DEFAULT '0'" : text === undefined ? '' : ` DEFAULT ${text}`
          return `c${i} ${own}${notNull}${value}${was === 'same' ? extra : ''}`
        }
        const tableOf = (isNow: boolean) => {
          const all = columns.flatMap((one, i) => definition(one, i, isNow) ?? [])
          return `CREATE TABLE tasks (id INTEGER PRIMARY KEY, ${['title TEXT', ...all].join(', ')})`
        }
        const indexes = columns.flatMap((one, i) =>
          one.column.isIndexed ? [`CREATE INDEX by_c${i} ON tasks (c${i})`] : [],
        )
        const fresh = [
          notes,
          tableOf(true),
          ...indexes,
          ...(hasNewTable ? ['CREATE TABLE lists (id TEXT PRIMARY KEY, name TEXT NOT NULL)'] : []),
          ...(hasTrigger
            ? ["CREATE TRIGGER on_task AFTER INSERT ON tasks BEGIN UPDATE tasks SET title = 'x' WHERE id = new.id; END"]
            : []),
        ]
        const steps: readonly Step[] = [
          { version: 1, statements: [tableOf(false)] },
          { version: 2, statements: [notes] },
        ]
        const app = run(shapes[shape]!(steps, fresh), shapes[shape]!(steps, [notes, tableOf(false)]))
        const result = generated(app, store => generators.createMigration!(store, app.context))
        const made = replayed([fresh]).shape
        const old = replayed(steps.map(step => step.statements)).shape
        const isSame = differences(old, made).length === 0
        if ('problem' in result) {
          assert.match(result.problem, isSame ? /Nothing is missing/ : /on phones with data: UNIQUE|made anew/)
          return
        }
        written++
        assert.equal(isSame, false)
        const after = run(result.text)
        const { ladder } = storeOf(after)
        assert.deepEqual(
          ladder?.steps.map(step => step.version.value),
          [1, 2, 3],
        )
        const [one, two, three] = ladder!.steps.map(step => step.texts.map(text => text.sql.text))
        const answer = replayed([one!, two!, [...three!, ...keeps('tasks')]])
        assert.equal(answer.failure?.error.message, undefined)
        const shapeWithout: DatabaseShape = {
          ...answer.shape,
          tables: answer.shape.tables.filter(table => table.name !== 'proof_of_rows'),
        }
        assert.deepEqual(differences(shapeWithout, made), [])
        assert.deepEqual(
          findings(after).filter(one => !one.includes('outside-transaction')),
          [],
        )
      }),
      { numRuns: 60, seed: 20261122 },
    )
    assert.ok(written > 30, `${written} were written`)
  }).timeout(60_000)
})
