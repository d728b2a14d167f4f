// The differential proof: right migrations give no difference, and each kind of wrong one gives its own.
import assert from 'node:assert/strict'
import { type ExampleApp, exampleApp } from '../../src/core/engines/watermelondb/example-app.ts'
import { differential, differentials } from '../../testkit/oracle/differential.ts'
import { needOracle } from '../../testkit/oracle/installed.ts'

const table = (...columns: string[]) => `tableSchema({ name: 'posts', columns: [
  { name: 'title', type: 'string' },
  { name: 'rating', type: 'number' },
  ${columns.join('\n  ')}
] }),`
const subtitle = `{ name: 'subtitle', type: 'string' },`
const comments = `name: 'comments', columns: [{ name: 'post_id', type: 'string', isIndexed: true }]`
const addSubtitle = (column = subtitle) =>
  `{ toVersion: 2, steps: [addColumns({ table: 'posts', columns: [${column}] })] },`
const models = { Post: `static table = 'posts'\n@text('title') title!: string` }

const released = exampleApp({ schema: table(), models })
const upgradedTo = (app: ExampleApp) => ({ released, current: exampleApp({ version: 2, models, ...app }) })

describe('oracle: differential proof of migrations', function () {
  this.timeout(30_000)
  before(function () {
    needOracle(this)
  })

  it('finds no difference for right migrations', async () => {
    const added = upgradedTo({ schema: table(subtitle), migrations: addSubtitle() })
    const created = upgradedTo({
      schema: `${table()}\ntableSchema({ ${comments} }),`,
      migrations: `{ toVersion: 2, steps: [createTable({ ${comments} })] },`,
    })
    const indexed = upgradedTo({
      schema: table().replace(`'number'`, `'number', isIndexed: true`),
      migrations: `{ toVersion: 2, steps: [unsafeExecuteSql('create index if not exists "posts_rating" on "posts" ("rating");')] },`,
    })
    const removed = upgradedTo({
      schema: table().replace(/.*rating.*\n/, ''),
      migrations: `{ toVersion: 2, steps: [] },`,
    })
    const unchanged = { released, current: released }
    const answers = await differentials([added, created, indexed, removed, unchanged])
    assert.deepEqual(answers, [[], [], [], [], []])
  })

  it('finds a column that no migration adds', async () => {
    const { current } = upgradedTo({ schema: table(subtitle), migrations: `{ toVersion: 2, steps: [] },` })
    assert.deepEqual(await differential(released, current, { nodeEnv: 'production' }), [
      'production: after the upgrade: create posts: table posts has no column named subtitle',
      'production: after the upgrade: update posts: no such column: subtitle',
      'production: table posts: column subtitle is missing after the upgrade',
    ])
  })

  it('finds a reset, whether migrations are missing or the version goes down', async () => {
    const { current } = upgradedTo({ schema: table(subtitle) })
    for (const [from, to] of [
      [released, current],
      [current, released],
    ] as const)
      assert.deepEqual(await differential(from, to), [
        'development: the upgrade resets the database: all rows are lost',
        'production: the upgrade resets the database: all rows are lost',
      ])
  })

  it('finds a gap: development refuses to load, production loses the step', async () => {
    const gap = exampleApp({
      version: 4,
      schema: table(subtitle),
      models,
      migrations: `{ toVersion: 2, steps: [] }, { toVersion: 4, steps: [] },`,
    })
    const differences = await differential(released, gap)
    assert.match(differences[0]!, /^development: after the upgrade: the app does not load: Invalid migrations!/)
    assert.ok(differences.includes('production: table posts: column subtitle is missing after the upgrade'))
  })

  it('finds steps that differ from the schema', async () => {
    const [mistyped, optional, unindexed, duplicate, unterminated] = await differentials(
      [
        upgradedTo({ schema: table(subtitle), migrations: addSubtitle(subtitle.replace('string', 'number')) }),
        upgradedTo({
          schema: table(subtitle),
          migrations: addSubtitle(subtitle.replace(' }', ', isOptional: true }')),
        }),
        upgradedTo({ schema: table(subtitle.replace(' }', ', isIndexed: true }')), migrations: addSubtitle() }),
        upgradedTo({ schema: table(), migrations: addSubtitle(`{ name: 'title', type: 'string' }`) }),
        upgradedTo({
          schema: table(),
          migrations: `{ toVersion: 2, steps: [unsafeExecuteSql('update posts set rating = 1'), unsafeExecuteSql('delete from posts;')] },`,
        }),
      ],
      'production',
    )
    assert.deepEqual(mistyped, [`production: table posts: subtitle is 0 in old rows and '' in new ones`])
    assert.deepEqual(optional, [`production: table posts: subtitle is null in old rows and '' in new ones`])
    assert.deepEqual(unindexed, ['production: table posts: index posts_subtitle is missing after the upgrade'])
    assert.deepEqual(duplicate, [
      'production: after the upgrade: the database does not open: duplicate column name: title',
    ])
    assert.match(unterminated!.join(), /^production: after the upgrade: the database does not open: unrecognized token/)
  })

  it('finds values that a changed type destroys, and rows that a step deletes', async () => {
    const [retyped, deleted] = await differentials(
      [
        upgradedTo({ schema: table().replace(`'string'`, `'number'`), migrations: `{ toVersion: 2, steps: [] },` }),
        upgradedTo({
          schema: table(),
          migrations: `{ toVersion: 2, steps: [unsafeExecuteSql('delete from posts where rating = 1000;')] },`,
        }),
      ],
      'production',
    )
    assert.equal(retyped![0], `production: table posts: title of old rows was 'title 0' and reads 0`)
    assert.deepEqual(deleted, [
      'production: table posts has 2 rows after the upgrade instead of 3',
      'production: table posts: row posts-0 is gone after the upgrade',
    ])
  })
})
