// Migrations for changes that nobody has thought of: random apps, random changes, mended by fixes, proved on the real database.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { differentials } from '../../testkit/oracle/differential.ts'
import { needOracle } from '../../testkit/oracle/installed.ts'
import { type MendedUpgrade, mendUpgrade } from '../../testkit/oracle/mend-upgrade.ts'
import { randomUpgrade } from '../../testkit/oracle/random-upgrade.ts'

const seed = Number(process.env['ORACLE_SEED'] ?? 20)
const count = Number(process.env['ORACLE_CASES'] ?? 60)

describe(`oracle: migrations of random changes (ORACLE_SEED=${seed})`, function () {
  this.timeout(20_000 + 1000 * count)
  const upgrades = fc.sample(randomUpgrade, { seed, numRuns: count })
  let mended: readonly MendedUpgrade[] = []
  let unproved: readonly number[] = []
  let differences: readonly (readonly string[])[] = []

  before(async function () {
    needOracle(this)
    mended = upgrades.map(mendUpgrade)
    differences = await differentials(upgrades.map(({ released }, i) => ({ released, current: mended[i]!.files })))
    unproved = mended.flatMap(({ left, broken }, i) =>
      left.length + broken.length + differences[i]!.length > 0 ? [i] : [],
    )
  })

  it('need fixes, mostly', () => {
    assert.ok(mended.filter(one => one.log.length > 0).length > count / 2)
  })

  it('reset or break phones without them', async () => {
    const wrong = upgrades.filter((_, i) => mended[i]!.log.length > 0).slice(0, 10)
    const before = await differentials(
      wrong.map(({ released, current }) => ({ released, current })),
      'production',
    )
    assert.deepEqual(
      before.filter(one => one.length === 0),
      [],
    )
  })

  it('give phones what fresh installs have, and satisfy the rules', () => {
    const report = unproved.map(i => {
      const { files, log, left, broken } = mended[i]!
      const changed = Object.entries(files).filter(([path, text]) => upgrades[i]!.current[path] !== text)
      const texts = changed.map(([path, text]) => `${path}\n${text}`)
      return [`case ${i}: ${log.join('; ')}`, ...differences[i]!, ...left, ...broken, ...texts].join('\n')
    })
    assert.deepEqual(report, [])
  })
})
