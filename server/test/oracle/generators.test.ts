// What the palette commands write is proved on the real database, in apps of four styles.
import assert from 'node:assert/strict'
import type { Generated } from '../../src/core/engines/contract.ts'
import type { Shape } from '../../testkit/oracle/app-of-snapshot.ts'
import { differentials } from '../../testkit/oracle/differential.ts'
import { needOracle } from '../../testkit/oracle/installed.ts'
import { runApps } from '../../testkit/oracle/run-app.ts'
import { styles } from '../../testkit/oracle/styles.ts'
import { type AppPlan, type Habits, writeApp } from '../../testkit/oracle/write-app.ts'
import { applyFix, baselinesOf, type RunningApp, runApp } from '../../testkit/run-example.ts'

type Files = Readonly<Record<string, string>>

const posts: Shape['entities'][number] = {
  name: 'posts',
  complete: true,
  fields: [
    { name: 'title', type: 'string' },
    { name: 'author_id', type: 'string', indexed: true },
  ],
}
const authors: Shape['entities'][number] = {
  name: 'authors',
  complete: true,
  fields: [
    { name: 'name', type: 'string', optional: true },
    { name: 'created_at', type: 'number' },
  ],
}
const wish = { name: 'is_pinned', type: 'boolean', optional: false, indexed: true }

/** Apps by what their adapter gets. */
const plans: Readonly<Record<string, AppPlan>> = {
  'version 1 without migrations': { shape: { version: 1, entities: [posts, authors] }, migrations: undefined },
  'version 1 with an empty list': { shape: { version: 1, entities: [posts, authors] }, migrations: [] },
  'version 2': { shape: { version: 2, entities: [posts, authors] }, migrations: [{ toVersion: 2, steps: [] }] },
}

/** What is asked for, of the one store of an app. */
const asks: Readonly<Record<string, (app: RunningApp) => Generated>> = {
  'Create Table': app => generatorsOf(app).createEntity!(storeOf(app), 'tags', app.context),
  'Add Column': app => generatorsOf(app).addField!(storeOf(app), 'posts', wish, app.context),
  'Create Model': app => generatorsOf(app).createModel!(storeOf(app), 'posts', app.context),
  'Create Migration': app => generatorsOf(app).createMigration!(storeOf(app), app.context),
}

const storeOf = ({ analyzer }: RunningApp) => analyzer.stores()[0]!
const generatorsOf = (app: RunningApp) => app.analyzer.generators(storeOf(app))

interface Case {
  readonly name: string
  readonly released: Files
  readonly current: Files
}

describe('oracle: what the palette commands write', function () {
  this.timeout(60_000)
  const cases = Object.entries(styles).flatMap(([style, habits]) =>
    Object.entries(plans).flatMap(([plan, app]) => casesOf(`${style}, ${plan}`, app, habits)),
  )
  let differences: readonly (readonly string[])[] = []

  before(async function () {
    needOracle(this)
    differences = await differentials(cases)
  })

  for (const [i, { name }] of cases.entries()) it(name, () => assert.deepEqual(differences[i], []))

  it('models that work, on screens too', async () => {
    const models = cases.filter(one => one.name.endsWith('Create Model'))
    assert.equal(models.length, 12)
    const script = [{ do: 'exercise', set: true }] as const
    const results = await runApps(
      models.map(({ current }) => ({ files: current, script })),
      'development',
    )
    for (const [i, { actions }] of results.entries()) {
      assert.deepEqual(actions, [{ name: 'exercise', ok: true }], models[i]!.name)
    }
  })
})

/** One app as each command leaves it; Create Migration is asked after its author has changed the schema. */
function casesOf(name: string, plan: AppPlan, habits: Habits): Case[] {
  const released = writeApp(plan, habits)
  return Object.entries(asks).map(([ask, generate]) => {
    const files = ask === 'Create Migration' ? writeApp({ ...plan, shape: changed(plan.shape) }, habits) : released
    const app = runApp(files)
    if (ask === 'Create Migration') app.analyzer.setBaselines(baselinesOf(released))
    const made = generate(app)
    assert.ok('edits' in made, `${name}: ${ask}: ${'problem' in made ? made.problem : ''}`)
    const current = applyFix(app, { title: made.message, safe: false, edits: made.edits })
    return { name: `${name}: ${ask}`, released, current }
  })
}

function changed({ version, entities: [first, ...rest] }: Shape): Shape {
  const fields = [...first!.fields.map(one => ({ ...one, indexed: true })), { ...wish, indexed: false }]
  return { version, entities: [{ ...first!, fields }, ...rest, { ...authors, name: 'labels' }] }
}
