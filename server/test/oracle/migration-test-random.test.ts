// The generated test of migrations and the real SQLite say the same of random upgrades: the one fails where the other loses or lacks something.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { generateMigrationTest, snapshotsOf } from '../../testkit/generate-migration-test.ts'
import { differentials } from '../../testkit/oracle/differential.ts'
import { needOracle } from '../../testkit/oracle/installed.ts'
import { mendUpgrade } from '../../testkit/oracle/mend-upgrade.ts'
import { randomUpgrade } from '../../testkit/oracle/random-upgrade.ts'
import { runJest } from '../../testkit/sync/run-jest.ts'

type Files = Readonly<Record<string, string>>

const seed = Number(process.env['ORACLE_SEED'] ?? 11)
const count = Number(process.env['ORACLE_CASES'] ?? 20)

/** Differences that no rows in LokiJS can show: indexes, and how empty a column is that old rows have got. */
const isUnseen = (difference: string): boolean => /: index | in old rows and /.test(difference)

describe(`oracle: the generated test of migrations, on random changes (ORACLE_SEED=${seed})`, function () {
  this.timeout(60_000 + 2000 * count)

  before(function () {
    needOracle(this)
  })

  it('fails where phones lose or lack something, and passes where they do not', async () => {
    const upgrades = fc.sample(randomUpgrade, { seed, numRuns: count })
    const all = upgrades.flatMap(upgrade => [
      { released: upgrade.released, current: upgrade.current },
      { released: upgrade.released, current: mendUpgrade(upgrade).files },
    ])
    // Apps whose adapter gets no migrations, or that are one file, get no test.
    const tested = all.flatMap(({ released, current }) => {
      const { result, files } = generateMigrationTest({ ...current, ...snapshotsOf(released) })
      return 'edits' in result ? [{ released, current, files }] : []
    })
    assert.ok(tested.length > count / 2, `only ${tested.length}`)
    const differences = await differentials(tested, 'development')
    const wrong = differences.map(all => all.filter(one => !isUnseen(one)))
    const { failures } = await runJest(inFolders(tested.map(one => one.files)))
    const report = tested.flatMap(({ current }, i) => {
      // A file that cannot be loaded is told by its name, a test by its title.
      const found = failures.filter(one => one.startsWith(`case ${i}: `) || one.startsWith(`case${i}.`))
      if (wrong[i]!.length > 0 === found.length > 0) return []
      const texts = Object.entries(current).filter(([name]) => /schema|migrations/.test(name))
      return [[`case ${i}`, ...wrong[i]!, ...found, ...texts.flat()].join('\n')]
    })
    assert.deepEqual(report, [])
    assert.ok(wrong.some(one => one.length > 0) && wrong.some(one => one.length === 0))
  })
})

/** The apps side by side, each test saying which it is of. */
const inFolders = (apps: readonly Files[]): Files =>
  Object.fromEntries(
    apps.flatMap((files, i) =>
      Object.entries(files).map(([name, text]) => [
        `case${i}/${name.replace(/(\w+)\.test\./, `case${i}.test.`)}`,
        text.replace(/describe\((['"])the/, (_, quote) => `describe(${quote}case ${i}: the`),
      ]),
    ),
  )
