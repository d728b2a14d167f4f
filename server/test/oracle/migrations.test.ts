// Every migration that a fix writes is proved on the real database: phones that upgrade end up as fresh installs do.
import assert from 'node:assert/strict'
import { appOfSnapshot, firstRelease } from '../../testkit/oracle/app-of-snapshot.ts'
import { differentials, type Upgrade } from '../../testkit/oracle/differential.ts'
import { needOracle } from '../../testkit/oracle/installed.ts'
import { type MigrationFix, migrationFixes } from '../../testkit/oracle/migration-fixes.ts'

/** A phone that upgrades to a fixed app, and what is expected of that. */
interface Proof {
  readonly from: string
  readonly upgrade: Upgrade
  check(differences: readonly string[]): void
}

/** Fixes that their title says to fail on some phones: those with the app as it was. */
const documented: readonly { readonly title: RegExp; readonly differences: readonly string[] }[] = [
  {
    title: /fails on phones that first installed a version with the column/,
    differences: both('after the upgrade: the database does not open: duplicate column name: body'),
  },
]

/** Examples whose apps hold another mistake, which no fix mends, by rule and name; and what the library says of that. */
const unmended: Readonly<Record<string, RegExp>> = {
  'watermelondb/invalid-migration: in JavaScript': /Missing table name in addColumn/,
  'watermelondb/reserved-name: a table, and a column of a migration': /local_storage/,
}

function both(text: string): string[] {
  return [`development: ${text}`, `production: ${text}`]
}

describe('oracle: the migrations that fixes write', function () {
  this.timeout(60_000)
  const fixes = migrationFixes()
  const proofs = new Map(fixes.map(fix => [fix, proofsOf(fix)]))
  const answers = new Map<Proof, readonly string[]>()

  before(async function () {
    needOracle(this)
    const all = [...proofs.values()].flat()
    const differences = await differentials(all.map(proof => proof.upgrade))
    for (const [i, proof] of all.entries()) answers.set(proof, differences[i]!)
  })

  it('are there', () => {
    assert.ok(fixes.length > 50, `only ${fixes.length}`)
  })

  for (const [fix, all] of proofs)
    for (const proof of all)
      it(`${fix.rule}: ${fix.example}: ${fix.title}: ${proof.from}`, () => proof.check(answers.get(proof)!))
})

/** A mistake at which development builds throw was only ever released by a build for production. */
const neverReleased = (difference: string): boolean =>
  difference.startsWith('development: the released app: the app does not load')

function proofsOf(fix: MigrationFix): Proof[] {
  const { released, fixed, title, snapshots } = fix
  const other = unmended[`${fix.rule}: ${fix.example}`]
  const promised = documented.find(one => one.title.test(title))?.differences ?? []
  const proofs: Proof[] = [
    {
      from: 'from the released app',
      upgrade: { released, current: fixed },
      check(differences) {
        const rest = differences.filter(text => !neverReleased(text))
        if (other) assert.ok(rest.length > 0 && rest.some(text => other.test(text)), rest.join('\n'))
        else assert.deepEqual(rest, promised)
      },
    },
  ]

  const now = snapshots.after[0]
  // What SQL of the example itself does to rows is its own affair.
  const own = [...snapshots.released, ...snapshots.before].flatMap(one => one.migrations).flatMap(one => one.steps)
  const hasSql = own.some(step => step.kind === 'sql')
  const first = now && !hasSql && !other ? firstRelease(now, snapshots.released) : undefined
  if (first)
    proofs.push({
      from: 'from the first release',
      upgrade: { released: appOfSnapshot(first), current: fixed },
      check(differences) {
        // What migrations made and the schema has dropped since stays on disk.
        const isLeftover = (text: string) => text.endsWith('is there after the upgrade only')
        assert.deepEqual(
          differences.filter(text => !neverReleased(text) && !isLeftover(text)),
          [],
        )
      },
    })

  const below = /phones below version (\d+) are reset/.exec(title)?.[1]
  if (below && now)
    proofs.push({
      from: `from below version ${below}`,
      upgrade: { released: appOfSnapshot({ ...now, version: Number(below) - 1 }), current: fixed },
      check(differences) {
        assert.deepEqual(differences, both('the upgrade resets the database: all rows are lost'))
      },
    })
  return proofs
}
