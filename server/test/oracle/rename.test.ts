// What a rename of a released name writes is proved on the real database: rows keep their values under the new name.
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { renameAt } from '../../src/core/answers/rename.ts'
import type { Shape } from '../../testkit/oracle/app-of-snapshot.ts'
import { differentials } from '../../testkit/oracle/differential.ts'
import { entryOf } from '../../testkit/oracle/entry-of.ts'
import { needOracle } from '../../testkit/oracle/installed.ts'
import { runApps } from '../../testkit/oracle/run-app.ts'
import { styles } from '../../testkit/oracle/styles.ts'
import type { NodeEnv, OracleResult, ReadRows, Row, RowsByTable } from '../../testkit/oracle/types.ts'
import { type AppPlan, writeApp } from '../../testkit/oracle/write-app.ts'
import { applyFix, appRoot, runApp } from '../../testkit/run-example.ts'

type Files = Readonly<Record<string, string>>

const entities: Shape['entities'] = [
  {
    name: 'posts',
    complete: true,
    fields: [
      { name: 'title', type: 'string' },
      { name: 'author_id', type: 'string', indexed: true },
      { name: 'views', type: 'number', optional: true },
    ],
  },
  { name: 'authors', complete: true, fields: [{ name: 'name', type: 'string' }] },
]
const added = entities[0]!.fields.slice(2)

const plans: Readonly<Record<string, AppPlan>> = {
  'no migrations': { shape: { version: 1, entities }, migrations: undefined },
  'a migration': {
    shape: { version: 2, entities },
    migrations: [{ toVersion: 2, steps: [{ kind: 'add-fields', entity: 'posts', fields: added }] }],
  },
}

/** Old and new names of columns of `posts`, and of that table itself. */
const wishes = [
  ['title', 'headline'],
  ['author_id', 'writer_id'],
  ['views', 'reads'],
  ['posts', 'articles'],
] as const

interface Case {
  readonly name: string
  /** New names by old ones. */
  readonly names: Readonly<Record<string, string>>
  readonly released: Files
  readonly current: Files
}

const environments: readonly NodeEnv[] = ['development', 'production']

describe('oracle: renames of released names', function () {
  this.timeout(60_000)
  const cases = Object.entries(styles).flatMap(([style, habits]) =>
    Object.entries(plans).flatMap(([plan, app]) => {
      const released = writeApp(app, habits)
      const name = (wish: string) => `${style}, ${plan}: ${wish}`
      return [...wishes.map(([from, to]) => caseOf(name(from), released, from, to)), allAtOnce(name('all'), released)]
    }),
  )
  let differences: readonly (readonly string[])[] = []
  let rows: readonly (readonly string[])[] = []

  before(async function () {
    needOracle(this)
    differences = await differentials(cases)
    rows = await lostRows(cases)
  })

  for (const [i, { name }] of cases.entries())
    it(name, () => {
      // The old columns stay on disk, in the table that has another name by now.
      const isLeftover = (text: string) => name.endsWith(': all') && text.endsWith('is there after the upgrade only')
      assert.deepEqual(
        differences[i]?.filter(text => !isLeftover(text)),
        [],
      )
      assert.deepEqual(rows[i], [])
    })

  it('keep what waits to be pushed under the new name', async () => {
    const app = (version: number) => ({
      ...writeApp({ shape: { version, entities }, migrations: undefined }, styles['plain TypeScript']!),
      'src/sync.ts': `import { synchronize } from '@nozbe/watermelondb/sync'
import { database } from './db'

export const sync = () => synchronize({ database, pullChanges: async () => ({ changes: {}, timestamp: 1 }) })
`,
    })
    const { released, current } = caseOf('sync', app(1), 'title', 'headline')
    const waiting = ['title', 'author_id,title', 'author_id', '']
    const write = `await database.adapter.batch(${JSON.stringify(waiting)}.map((_changed, i) =>
      ['create', 'posts', { id: 'r' + i, _status: 'updated', _changed, title: 't', author_id: 'a', views: null }]))`
    for (const env of environments) {
      const [wrote, read] = await inFolder(folder => {
        const dbFile = join(folder, 'app.db')
        return runApps(
          [
            { files: released, entry: entryOf(released), dbFile, script: [{ do: 'snippet', code: write }] },
            { files: current, entry: entryOf(current), dbFile, script: [{ do: 'read' }] },
          ],
          env,
        )
      })
      assert.deepEqual(wrote!.actions, [{ name: 'snippet', ok: true, value: null }])
      const rows = (read!.actions[0]!.value as ReadRows)['posts']!.stored
      assert.deepEqual(
        rows.map(row => row['_changed']),
        ['headline', 'author_id,headline', 'author_id', ''],
      )
    }
  })
})

/** An app before and after a rename. */
function caseOf(name: string, released: Files, from: string, to: string): Case {
  return { name, names: { [from]: to }, released, current: renamed(name, released, released, from, to) }
}

/** An app before and after all renames, one after another, the table first. */
function allAtOnce(name: string, released: Files): Case {
  const ordered = [...wishes].reverse()
  const current = ordered.reduce<Files>((files, [from, to]) => renamed(name, files, released, from, to), released)
  return { name, names: Object.fromEntries(wishes), released, current }
}

/** The files of `app` after a rename at the definition of `from` in its schema. */
function renamed(name: string, files: Files, released: Files, from: string, to: string): Files {
  const app = runApp(files, { rules: [], released })
  const place = app.analyzer
    .stores()[0]!
    .entities.flatMap(one => [one, ...one.fields])
    .find(one => one.name.text === from)!.name.at
  const catalog = app.analyzer.catalog(() => undefined)
  const answer = renameAt(catalog, place.file, place.span.start + 2, to, ({ store }) => ({
    renames: app.analyzer.renames(store),
    context: app.context,
    hasError: () => false,
  }))
  assert.ok(answer && 'edits' in answer, `${name}: ${JSON.stringify(answer)}`)
  assert.ok(place.file.startsWith(appRoot) && answer.note, name)
  return applyFix(app, { title: name, safe: false, edits: answer.edits })
}

/** For each case the rows whose values are not read under the new names, with the environment in front. */
async function lostRows(cases: readonly Case[]): Promise<readonly (readonly string[])[]> {
  const perEnvironment = await Promise.all(
    environments.map(env =>
      inFolder(async folder => {
        const scenarios = cases.flatMap(({ released, current }, i) => {
          const dbFile = join(folder, `${i}.db`)
          return [
            { files: released, entry: entryOf(released), dbFile, script: [{ do: 'write', count: 3 } as const] },
            { files: current, entry: entryOf(current), dbFile, script: [{ do: 'read' } as const] },
          ]
        })
        const results = await runApps(scenarios, env)
        return cases.map((one, i) => lost(one, results[2 * i]!, results[2 * i + 1]!).map(text => `${env}: ${text}`))
      }),
    ),
  )
  return cases.map((_, i) => perEnvironment.flatMap(all => all[i]!))
}

function lost({ names }: Case, released: OracleResult, upgraded: OracleResult): string[] {
  const written = released.actions[0]?.value as RowsByTable
  const read = upgraded.actions[0]?.value as ReadRows
  const named = (name: string) => names[name] ?? name
  const same = (row: Row, now: Row | undefined) =>
    Object.entries(row).every(([column, value]) => now?.[named(column)] === value)
  return Object.entries(written).flatMap(([table, rows]) => {
    assert.equal(rows.length, 3)
    const now = read[named(table)]?.read ?? []
    const gone = rows.filter(
      row =>
        !same(
          row,
          now.find(one => one['id'] === row['id']),
        ),
    )
    return gone.map(
      row => `${table}: ${JSON.stringify(row)} became ${JSON.stringify(now.find(one => one['id'] === row['id']))}`,
    )
  })
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'oracle-rename-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
