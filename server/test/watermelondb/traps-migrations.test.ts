// What looks wrong in schemas and migrations and is not: whole apps with all rules on, and not one finding.
import assert from 'node:assert/strict'
import { exampleApp } from '../../src/core/engines/watermelondb/example-app.ts'
import { applyFix, appRoot, baselinesOf, findingsOf, type RunningApp, runApp } from '../../testkit/run-example.ts'

type Files = Readonly<Record<string, string>>

const quiet = (app: RunningApp): void =>
  assert.deepEqual(
    [...app.texts.keys()].flatMap(file =>
      app.analyzer.findings(file).map(one => `${file}: ${one.rule}: ${one.message}`),
    ),
    [],
  )

const table = (name: string, ...columns: string[]): string =>
  `tableSchema({ name: '${name}', columns: [${columns.map(column => `{ ${column} }`).join(', ')}] }),`
const title = "name: 'title', type: 'string'"
const body = "name: 'body', type: 'string'"
const Post = "static table = 'posts'\n@text('title') title!: string"
const PostWithBody = `${Post}\n@text('body') body!: string`
const add = (toVersion: number, column: string): string =>
  `{ toVersion: ${toVersion}, steps: [addColumns({ table: 'posts', columns: [{ ${column} }] })] },`

/** The app with HEAD, not a release, to compare with. */
function sinceCommit(files: Files, committed: Files): RunningApp {
  const app = runApp(files)
  const baselines = [...baselinesOf(committed)].map(
    ([name, one]) => [name, { ...one, kind: 'commit', label: 'HEAD' }] as const,
  )
  app.analyzer.setBaselines(new Map(baselines))
  return app
}

describe('what must not be reported: schema and migrations', () => {
  it('SQL steps that make, rename and drop tables and columns', () => {
    const migrations = `{ toVersion: 2, steps: [
  unsafeExecuteSql('create table if not exists "posts" ("id" primary key, "_changed", "_status", "titel");'),
  unsafeExecuteSql('alter table posts rename column titel to title; alter table posts add column body;'),
  unsafeExecuteSql(\`
    CREATE TABLE IF NOT EXISTS legacy (id);
    DROP TABLE IF EXISTS legacy;
    update posts set body = '' where body is null;
  \`),
] },`
    quiet(
      runApp(
        exampleApp({ version: 2, schema: table('posts', title, body), migrations, models: { Post: PostWithBody } }),
      ),
    )
  })

  it('SQL that makes a table only where there is none', () => {
    const migrations = `{ toVersion: 2, steps: [
  unsafeExecuteSql('create table if not exists posts ("id" primary key, _changed, _status, title);'),
  addColumns({ table: 'posts', columns: [{ name: 'title', type: 'string' }] }),
] },`
    quiet(
      runApp(
        exampleApp({ version: 2, schema: table('posts', title, body), migrations, models: { Post: PostWithBody } }),
      ),
    )
  })

  it('steps that are made from a list and change no table, beside steps that can be read', () => {
    const migrations = `{ toVersion: 2, steps: [
  createTable({ name: 'posts', columns: [{ name: 'title', type: 'string' }] }),
  ...titles.map(one => unsafeExecuteSql(\`UPDATE posts SET title = '\${escape(one)}' WHERE id = \${one.id};\`)),
] },`
    quiet(runApp(exampleApp({ version: 2, migrations, models: { Post } })))
    const more = exampleApp({
      version: 2,
      schema: table('posts', title, body),
      migrations,
      models: { Post: PostWithBody },
    })
    assert.equal(findingsOf(runApp(more), 'watermelondb/column-never-migrated').length, 1)
    const anything = migrations.replace(
      'UPDATE posts SET',
      `ALTER TABLE posts ADD COLUMN \${one.name}; UPDATE posts SET`,
    )
    const unknown = exampleApp({
      version: 2,
      schema: table('posts', title, body),
      migrations: anything,
      models: { Post: PostWithBody },
    })
    assert.deepEqual(findingsOf(runApp(unknown), 'watermelondb/column-never-migrated'), [])
  })

  it('SQL and tables made twice under LokiJS, which ignores both', () => {
    const migrations = `{ toVersion: 2, steps: [createTable({ name: 'posts', columns: [] }), unsafeExecuteSql('delete from posts')] },
{ toVersion: 3, steps: [createTable({ name: 'posts', columns: [{ name: 'title', type: 'string' }] })] },`
    const files = {
      ...exampleApp({ version: 3, migrations }),
      'src/db/index.ts': `import LokiJSAdapter from '@nozbe/watermelondb/adapters/lokijs'
import { migrations } from './migrations'
import { schema } from './schema'
export const adapter = new LokiJSAdapter({ schema, migrations, useWebWorker: false, useIncrementalIndexedDB: true })
`,
    }
    const app = runApp(files)
    assert.deepEqual(findingsOf(app, 'watermelondb/duplicate-migration-step'), [])
    assert.deepEqual(findingsOf(app, 'watermelondb/unterminated-sql'), [])
  })

  it('migrations of tables and columns that the schema no longer has', () => {
    const migrations = `{ toVersion: 2, steps: [createTable({ name: 'gone', columns: [{ name: 'x', type: 'string' }] })] },
{ toVersion: 3, steps: [addColumns({ table: 'gone', columns: [{ name: 'y', type: 'string' }] }), addColumns({ table: 'posts', columns: [{ name: 'old', type: 'string' }] })] },`
    quiet(runApp(exampleApp({ version: 3, migrations, models: { Post } })))
  })

  it('a chain that begins late, empty steps, newest first', () => {
    const migrations = '{ toVersion: 9, steps: [] },\n{ toVersion: 8, steps: [/* nothing */] },'
    quiet(runApp(exampleApp({ version: 9, migrations, models: { Post } })))
  })

  it('a release that removes columns and tables', () => {
    const released = exampleApp({ schema: `${table('posts', title, body)}\n${table('gone', title)}` })
    quiet(runApp(exampleApp({ models: { Post } }), { released }))
  })

  it('an unreleased migration that grows beside the release', () => {
    const released = exampleApp({ version: 2, migrations: '{ toVersion: 2, steps: [] },' })
    const migrations = `{ toVersion: 2, steps: [] },\n${add(3, body)}`
    const files = exampleApp({
      version: 3,
      schema: table('posts', title, body),
      migrations,
      models: { Post: PostWithBody },
    })
    quiet(runApp(files, { released }))
  })

  it('an uncommitted change of a committed version, whose migration grows with the schema', () => {
    const committed = exampleApp({ version: 2, migrations: '{ toVersion: 2, steps: [] },' })
    const files = exampleApp({
      version: 2,
      schema: table('posts', title, body),
      migrations: add(2, body),
      models: { Post: PostWithBody },
    })
    quiet(sinceCommit(files, committed))
  })

  it('a committed version that goes down, and a type that changes within it', () => {
    const committed = exampleApp({
      version: 2,
      schema: table('posts', title, "name: 'rank', type: 'string'"),
      migrations: add(2, "name: 'rank', type: 'string'"),
    })
    quiet(sinceCommit(exampleApp({ models: { Post } }), committed))
    const rank = "name: 'rank', type: 'number'"
    const files = exampleApp({
      version: 2,
      schema: table('posts', title, rank),
      migrations: add(2, rank),
      models: { Post: `${Post}\n@field('rank') rank!: number` },
    })
    quiet(sinceCommit(files, committed))
  })

  it('tables, steps and columns that cannot be evaluated', () => {
    const schema = `tableSchema({ name: 'posts', columns: [{ name: 'title', type: 'string' }, ...shared()] }),\n...plugins.map(one => one.table),\ntableSchema(imported),`
    const migrations = `{ toVersion: 2, steps: [createTable({ name: 'posts', columns: columnsOf('posts') }), ...names.map(one => unsafeExecuteSql(one))] },
{ toVersion: 3, steps: [addColumns({ table: 'posts', columns: shared() }), repair] },`
    quiet(
      runApp(exampleApp({ version: 3, schema, migrations, models: { Post } }), {
        released: exampleApp({ version: 1 }),
      }),
    )
  })

  it('two databases with equal table names and versions of their own', () => {
    const one = (name: string, version: number, column: string): string => `
const ${name}Schema = appSchema({ version: ${version}, tables: [tableSchema({ name: 'users', columns: [{ name: '${column}', type: 'string' }] })] })
const ${name}Migrations = schemaMigrations({ migrations: [{ toVersion: ${version}, steps: [addColumns({ table: 'users', columns: [{ name: '${column}', type: 'string' }] })] }] })
export const ${name} = new SQLiteAdapter({ dbName: '${name}', schema: ${name}Schema, migrations: ${name}Migrations })
`
    const files = {
      'src/db.ts': `import { appSchema, tableSchema } from '@nozbe/watermelondb'
import SQLiteAdapter from '@nozbe/watermelondb/adapters/sqlite'
import { addColumns, schemaMigrations } from '@nozbe/watermelondb/Schema/migrations'
${one('servers', 17, 'token')}${one('chat', 28, 'emoji')}`,
    }
    quiet(runApp(files))
  })

  it('a broken file in which the migrations stand', () => {
    const files = exampleApp({ version: 3, migrations: '{ toVersion: 2, steps: [] },', models: { Post } })
    const broken = {
      ...files,
      'src/db/migrations.ts': files['src/db/migrations.ts']!.replace(
        'migrations: [',
        'migrations: [{ toVersion: 3, steps: [',
      ),
    }
    const app = runApp(broken)
    assert.deepEqual(findingsOf(app, 'watermelondb/missing-migration'), [])
    assert.deepEqual(findingsOf(app, 'watermelondb/migration-gap'), [])
  })
})

describe('what is judged against a commit', () => {
  it('a new column that no step adds, though nothing is released', () => {
    const app = sinceCommit(exampleApp({ schema: table('posts', title, body) }), exampleApp({}))
    const found = findingsOf(app, 'watermelondb/schema-changed-without-migration')
    assert.equal(found.length, 1)
    assert.match(found[0]!.message, /"body" is new since HEAD/)
  })

  it('a migration of a raised version is still open: what is missing goes into it', () => {
    const files = exampleApp({
      version: 2,
      schema: table('posts', title, body),
      migrations: '{\n  toVersion: 2,\n  steps: [],\n},',
    })
    const app = sinceCommit(files, exampleApp({}))
    const [finding] = findingsOf(app, 'watermelondb/column-never-migrated')
    const [fix] = app.analyzer.fixes(finding!, app.context)
    const fixed = applyFix(app, fix!)
    assert.match(fixed['src/db/migrations.ts']!, /toVersion: 2,\s+steps: \[\s+addColumns/)
    assert.equal(fixed['src/db/schema.ts'], files['src/db/schema.ts'])
  })

  it('an edited migration is nothing that a release would mind', () => {
    const committed = exampleApp({ version: 2, migrations: add(2, body), schema: table('posts', title, body) })
    const app = sinceCommit(exampleApp({ version: 2, migrations: '{ toVersion: 2, steps: [] },' }), committed)
    assert.deepEqual(findingsOf(app, 'watermelondb/released-migration-edited'), [])
  })
})

describe('several released snapshots', () => {
  it('compare the chain with the oldest and the schema with the newest', () => {
    const first = [...baselinesOf(exampleApp({ version: 1 })).values()][0]!.snapshots[0]!
    const last = [...baselinesOf(exampleApp({ version: 4 })).values()][0]!.snapshots[0]!
    const app = runApp(
      exampleApp({
        version: 5,
        schema: table('posts', title, body),
        migrations: '{ toVersion: 4, steps: [] },\n{ toVersion: 5, steps: [] },',
      }),
    )
    app.analyzer.setBaselines(new Map([[first.store, { kind: 'release', label: 'v4.json', snapshots: [first, last] }]]))
    const rules = [...app.texts.keys()].flatMap(file =>
      app.analyzer.findings(file).map(one => `${file.slice(appRoot.length + 1)} ${one.rule}`),
    )
    assert.ok(rules.includes('src/db/migrations.ts watermelondb/missing-migration'), rules.join())
    assert.ok(rules.includes('src/db/schema.ts watermelondb/column-never-migrated'), rules.join())
  })
})
