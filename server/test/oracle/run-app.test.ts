// The oracle itself: it must tell what the real library does with hand-made apps.
import assert from 'node:assert/strict'
import { exampleApp } from '../../src/core/engines/watermelondb/example-app.ts'
import { needOracle } from '../../testkit/oracle/installed.ts'
import { runApp, runApps } from '../../testkit/oracle/run-app.ts'
import type { Action, LibraryVersion, OracleResult } from '../../testkit/oracle/types.ts'

const posts = `tableSchema({ name: 'posts', columns: [
  { name: 'title', type: 'string' },
  { name: 'rating', type: 'number', isIndexed: true },
  { name: 'is_pinned', type: 'boolean' },
  { name: 'subtitle', type: 'string', isOptional: true },
] }),`
const post = `static table = 'posts'
@text('title') title!: string
@field('rating') rating!: number
@field('subtitle') subtitle!: string | null
@writer async rate() { await this.update(() => { this.rating = 5 }) }`

const app = exampleApp({ schema: posts, models: { Post: post } })

describe('oracle: running an app', function () {
  this.timeout(30_000)
  before(function () {
    needOracle(this)
  })

  const run = (
    files: Record<string, string>,
    script: readonly Action[] = [],
    nodeEnv: 'development' | 'production' = 'development',
  ) => runApp(files, { nodeEnv, script })

  it('opens a correct app, writes to every table and describes the file', async () => {
    const result = await run(app, [{ do: 'create' }, { do: 'update' }, { do: 'write', count: 2 }, { do: 'read' }])
    assert.deepEqual([result.loaded, result.opened, result.reset], [{ ok: true }, { ok: true }, false])
    assert.deepEqual(failures(result), [])
    assert.deepEqual(result.tables['posts'], {
      columns: ['_changed', '_status', 'id', 'is_pinned', 'rating', 'subtitle', 'title'],
      indexes: ['posts__status', 'posts_rating'],
    })
    assert.equal(result.schemaVersion, 1)
    const read = result.actions.find(action => action.name === 'read')?.value as { posts: { read: { id: string }[] } }
    assert.equal(read.posts.read.length, 3)
    assert.deepEqual(
      read.posts.read.find(row => row.id === 'posts-1'),
      {
        id: 'posts-1',
        _status: 'synced',
        _changed: '',
        title: 'title 1',
        rating: 1001,
        is_pinned: false,
        subtitle: null,
      },
    )
  })

  it('runs snippets with the database, Q and the models in scope', async () => {
    const code = `const made = await database.write(() => database.get<Post>(Post.table).create(p => { p.title = ' x ' }))
      await made.rate()
      return (await database.get(Post.table).query(Q.where('rating', 5)).fetch()).map((p: any) => p.title)`
    const result = await run(app, [{ do: 'snippet', code }])
    assert.deepEqual(result.actions, [{ name: 'snippet', ok: true, value: ['x'] }])
  })

  it('tells what a snippet fails with, and when it hangs', async () => {
    const outside = `await database.get('posts').create(() => {})`
    const hangs = `await database.write(async () => { await database.write(async () => {}) })`
    const result = await runApp(app, {
      nodeEnv: 'development',
      timeout: 200,
      script: [
        { do: 'snippet', code: outside },
        { do: 'snippet', code: hangs },
      ],
    })
    assert.match(result.actions[0]?.message ?? '', /can only be called from inside of a Writer/)
    assert.match(result.actions[1]?.message ?? '', /timed out/)
  })

  it('tells why an app does not load, in development only', async () => {
    const files = exampleApp({
      schema: `tableSchema({ name: 'posts', columns: [{ name: 'meta', type: 'json' as any }] }),`,
    })
    const development = await run(files)
    assert.deepEqual(development.loaded, {
      ok: false,
      message: "Invalid type json for column 'meta' (valid: string, boolean, number)",
    })
    const production = await run(files, [], 'production')
    assert.deepEqual(production.opened, { ok: true })
  })

  it('tells why a database does not open', async () => {
    const files = exampleApp({
      version: 2,
      schema: posts,
      models: { Post: post },
      migrations: `{ toVersion: 2, steps: [unsafeExecuteSql('alter table missing add x;')] },`,
    })
    const result = await runApp(files, { nodeEnv: 'development', before: 'first-release', script: [{ do: 'create' }] })
    assert.deepEqual(result.opened, { ok: false, message: 'no such table: missing' })
    assert.deepEqual(result.actions, [])
    assert.ok(result.logs.some(line => line.level === 'error' && line.text.includes('Migration failed')))
  })

  it('tells that a raw step of an unknown kind keeps the database shut without a word', async () => {
    const files = exampleApp({
      version: 2,
      schema: posts,
      migrations: `{ toVersion: 2, steps: [{ type: 'drop_table', table: 'old' } as any] },`,
    })
    const result = await runApp(files, { nodeEnv: 'production', before: 'first-release', script: [] })
    assert.deepEqual(result.opened, { ok: false, message: 'Unsupported migration step drop_table' })
    assert.deepEqual(
      result.logs.filter(line => line.level === 'error' || line.level === 'warn'),
      [],
    )
  })

  it('tells that an adapter without migrations resets the database', async () => {
    const files = exampleApp({ version: 2, schema: posts, models: { Post: post } })
    const result = await runApp(files, { nodeEnv: 'production', before: 'previous-version', script: [] })
    assert.equal(result.reset, true)
    assert.ok(
      result.logs.some(line =>
        line.text.includes('Migrations not available for this version range, resetting database'),
      ),
    )
    assert.equal(result.schemaVersion, 2)
  })

  it('keeps scenarios of one process apart', async () => {
    const broken = exampleApp({ schema: posts, models: { Post: `@text('title') title!: string` } })
    const results = await runApps(
      [app, broken, app].map(files => ({ files, script: [{ do: 'create' }] })),
      'development',
    )
    assert.deepEqual(
      results.map(result => result.loaded.ok),
      [true, false, true],
    )
    assert.deepEqual(failures(results[2]!), [])
    assert.match(results[1]!.loaded.ok ? '' : results[1]!.loaded.message, /missing "static table/)
  })

  it('uses an app as a screen would', async () => {
    const files = exampleApp({
      schema: posts,
      models: { Post: post },
      files: {
        'src/screens/list.ts': `import { Q } from '@nozbe/watermelondb'
          export const list = (database: any) => database.get('posts').query(Q.where('createdAt', 1)).fetch()`,
      },
    })
    const result = await run(files, [{ do: 'exercise' }])
    assert.deepEqual(failures(result), ['src/screens/list.ts list(): no such column: posts.createdAt'])
  })

  it('opens LokiJS databases too', async () => {
    const index = `import { Database } from '@nozbe/watermelondb'
      import LokiJSAdapter from '@nozbe/watermelondb/adapters/lokijs'
      import { schema } from './schema'
      import { Post } from '../models/Post'
      export const adapter = new LokiJSAdapter({ schema, useWebWorker: false, useIncrementalIndexedDB: true })
      export const database = new Database({ adapter, modelClasses: [Post] })`
    const files = exampleApp({ schema: posts, models: { Post: post }, files: { 'src/db/index.ts': index } })
    const code = `await database.write(() => database.get('posts').create(() => {}))
      return database.get('posts').query().fetchCount()`
    const result = await run(files, [{ do: 'snippet', code }])
    assert.deepEqual(result.actions, [{ name: 'snippet', ok: true, value: 1 }])
  })

  for (const version of ['0.24', '0.25', '0.26', '0.27'] as const satisfies readonly LibraryVersion[])
    it(`runs release ${version} of the library`, async () => {
      const result = await runApp(app, {
        nodeEnv: 'development',
        version,
        script: [{ do: 'create' }, { do: 'update' }],
      })
      assert.deepEqual([result.opened, failures(result)], [{ ok: true }, []])
      assert.ok(result.tables['posts'])
    })
})

const failures = (result: OracleResult): string[] => [
  ...result.actions.filter(a => !a.ok).map(a => `${a.name}: ${a.message}`),
  ...result.unhandled,
]
