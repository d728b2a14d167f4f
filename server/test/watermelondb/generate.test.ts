// The palette commands, where what they answer does not need the real database to be judged.
import assert from 'node:assert/strict'
import type { Generated } from '../../src/core/engines/contract.ts'
import { exampleApp } from '../../src/core/engines/watermelondb/example-app.ts'
import { addTable } from '../../src/core/engines/watermelondb/generate.ts'
import type { WatermelonStore } from '../../src/core/engines/watermelondb/types.ts'
import { applyFix, findingsOf, type RunningApp, runApp } from '../../testkit/run-example.ts'

type Files = Readonly<Record<string, string>>

const subtitled = exampleApp({
  schema: `tableSchema({
  name: 'posts',
  columns: [
    { name: 'title', type: 'string', isIndexed: true },
    { name: 'subtitle', type: 'string' },
  ],
}),`,
})
const emptyList = exampleApp({ migrations: '' })['src/db/migrations.ts']!
const wish = { name: 'pinned', type: 'boolean', optional: true, indexed: false }

function open(files: Files, released?: Files): { app: RunningApp; migrate(): Generated; add(): Generated } {
  const app = runApp(files, released && { released })
  const store = app.analyzer.stores()[0]!
  const { createMigration, addField } = app.analyzer.generators(store)
  return {
    app,
    migrate: () => createMigration!(store, app.context),
    add: () => addField!(store, 'posts', wish, app.context),
  }
}

function filesAfter({ app }: { app: RunningApp }, made: Generated): Record<string, string> {
  assert.ok('edits' in made, JSON.stringify(made))
  return applyFix(app, { title: made.message, safe: false, edits: made.edits })
}

const problemOf = (made: Generated): string => ('problem' in made ? made.problem : '')

describe('WatermelonDB: Create Migration', () => {
  it('writes what the schema has and a release lacks, indexes too', () => {
    const opened = open(subtitled, exampleApp({}))
    const files = filesAfter(opened, opened.migrate())
    assert.match(files['src/db/schema.ts']!, /version: 2/)
    assert.match(
      files['src/db/migrations.ts']!,
      /addColumns[\s\S]*'subtitle'[\s\S]*create index if not exists "posts_title"/,
    )
    assert.match(problemOf(open(files, exampleApp({})).migrate()), /^Nothing is missing/)
  })

  it('says so when nothing is missing, or nothing tells what is', () => {
    assert.match(problemOf(open(exampleApp({}), exampleApp({})).migrate()), /^Nothing is missing: .* v1\.json/)
    const upgraded = exampleApp({ version: 2, migrations: '{ toVersion: 2, steps: [] },' })
    assert.match(problemOf(open(upgraded).migrate()), /^No released schema is known/)
    assert.match(problemOf(open(exampleApp({}), upgraded).migrate()), /below the released version 2/)
  })

  it('writes an empty entry where phones would be reset without it', () => {
    const opened = open(exampleApp({ version: 2, migrations: '' }))
    assert.match(filesAfter(opened, opened.migrate())['src/db/migrations.ts']!, /toVersion: 2,\s*steps: \[\]/)
  })

  it('adds to an entry that is begun, and leaves one that is done alone', () => {
    const begun = { ...exampleApp({ version: 2, migrations: '{ toVersion: 2, steps: [] },' }) }
    begun['src/db/schema.ts'] = subtitled['src/db/schema.ts']!.replace('version: 1', 'version: 2')
    const opened = open(begun, exampleApp({}))
    assert.doesNotMatch(filesAfter(opened, opened.migrate())['src/db/migrations.ts']!, /,\s*,/)
  })
})

describe('WatermelonDB: Add Column', () => {
  it('begins migrations where the adapter has none', () => {
    const opened = open(exampleApp({}))
    const files = filesAfter(opened, opened.add())
    assert.match(files['src/db/schema.ts']!, /version: 2[\s\S]*name: 'pinned', type: 'boolean', isOptional: true/)
    assert.match(files['src/db/migrations.ts']!, /toVersion: 2[\s\S]*'pinned'/)
    assert.match(files['src/db/index.ts']!, /new SQLiteAdapter\({ schema, migrations }\)/)
  })

  it('passes the migrations that a file has and no adapter gets, and adds to them', () => {
    const opened = open({ ...exampleApp({}), 'src/db/migrations.ts': emptyList })
    const files = filesAfter(opened, opened.add())
    assert.match(files['src/db/migrations.ts']!, /toVersion: 2[\s\S]*'pinned'/)
    assert.match(files['src/db/index.ts']!, /new SQLiteAdapter\({ schema, migrations }\)/)
  })

  it('keeps the line ends and the indentation of a list in one line', () => {
    const files = { ...exampleApp({ version: 2, migrations: '{ toVersion: 2, steps: [] },' }) }
    files['src/db/migrations.ts'] = `import { schemaMigrations } from '@nozbe/watermelondb/Schema/migrations'

export const migrations = schemaMigrations({
  migrations: [{ toVersion: 2, steps: [] }],
})
`.replaceAll('\n', '\r\n')
    const opened = open(files, files)
    const text = filesAfter(opened, opened.add())['src/db/migrations.ts']!
    assert.doesNotMatch(text, /[^\r]\n/)
    assert.match(text, /\[\{ toVersion: 2, steps: \[\] \}, \{\r\n {4}toVersion: 3,/)
  })
})

describe('WatermelonDB: Create Table', () => {
  const shared = {
    ...exampleApp({}),
    'src/db/posts.ts': `import { tableSchema } from '@nozbe/watermelondb'

export const posts = tableSchema({ name: 'posts', columns: [{ name: 'title', type: 'string' }] })
`,
  }
  const created = (tables: string): string => {
    const schema = `import { appSchema } from '@nozbe/watermelondb'
import { posts } from './posts'

export const schema = appSchema({ version: 1, ${tables} })
`
    const { app } = open({ ...shared, 'src/db/schema.ts': schema })
    const store = app.analyzer.stores()[0] as WatermelonStore
    const made = addTable(store, 'notes', [{ ...wish, name: 'body', type: 'string' }], app.context)
    return filesAfter({ app }, made)['src/db/schema.ts']!
  }

  it('opens a list that stands in one line', () => {
    assert.match(
      created('tables: [posts]'),
      /version: 2, tables: \[\n {2}posts,\n {2}tableSchema\(\{\n {4}name: 'notes',[\s\S]*\n {2}\}\),\n\] \}\)/,
    )
  })

  it('leaves a list in one line where a comment would be lost', () => {
    assert.match(created('tables: [posts /* old */]'), /tables: \[posts, tableSchema\(\{[\s\S]*\}\) \/\* old \*\/\]/)
  })
})

describe('WatermelonDB: the migration of an adapter that has none', () => {
  const titleOf = (released?: Files): string | undefined => {
    const { app } = open(exampleApp({ version: 3 }), released)
    const [finding] = findingsOf(app, 'watermelondb/adapter-without-migrations')
    return finding && app.analyzer.fixes(finding, app.context)[0]?.title
  }

  it('names the phones that it leaves out, if any', () => {
    assert.equal(titleOf(), 'Create migration to version 4 (phones below version 3 are reset as before)')
    assert.equal(
      titleOf(exampleApp({ version: 2 })),
      'Create migration to version 3 (phones below version 2 are reset as before)',
    )
    assert.equal(titleOf(exampleApp({})), 'Create migration to version 3')
  })
})
