// Migrations of Realm for changes that nobody has thought of: what the created function promises to keep is kept by the core.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { needOracle } from '../../testkit/oracle/installed.ts'
import { expectedRows, randomRealmUpgrade, schemasOf } from '../../testkit/oracle/random-realm-upgrade.ts'
import {
  appAfter,
  appWith,
  functionIn,
  migrated,
  upgraded,
  upgradeFile,
  versionIn,
} from '../../testkit/oracle/realm-upgrade.ts'

const seed = Number(process.env['ORACLE_SEED'] ?? 20)
const count = Number(process.env['ORACLE_CASES'] ?? 60)

describe(`oracle: migrations of random changes of Realm (ORACLE_SEED=${seed})`, function () {
  this.timeout(20_000 + 1000 * count)
  const upgrades = fc.sample(randomRealmUpgrade, { seed, numRuns: count })
  before(function () {
    needOracle(this)
  })

  it('differ from the release, mostly', () => {
    const changed = upgrades.filter(one => migrated(appAfter(...schemasOf(one))) !== undefined)
    assert.ok(changed.length > count / 2, String(changed.length))
  })

  for (const [i, one] of upgrades.entries())
    it(`case ${i}: ${one.edits.map(edit => edit.kind).join(', ')}`, async () => {
      const [released, now] = schemasOf(one)
      const files = migrated(appAfter(released, now))
      const version = files ? versionIn(files) : 1
      const created = files && (await functionIn(files))
      const after = await upgraded(released, now, one.rows, version, created)
      assert.deepEqual(after, { ok: true, value: expectedRows(one) }, files?.[upgradeFile])
      if (files) assert.equal(migrated(appWith(released, files)), undefined, 'the migration leaves nothing to do')
    })
})
