import assert from 'node:assert/strict'
import type { Gate } from '../../../shared/gates.ts'
import { gatesMarkdown } from '../../src/core/gates/gates-markdown.ts'
import { judgeGates, type MarkedTest, type ReadRun, ranAt, type TestedStore } from '../../src/core/gates/judge-gates.ts'
import { placeOutcomes } from '../../src/core/gates/place-outcomes.ts'
import type { Mark } from '../../src/core/gates/read-marks.ts'
import type { Outcome } from '../../src/core/gates/results.ts'
import { runnerOf, testCommand } from '../../src/core/gates/test-command.ts'

const store = (change: Partial<TestedStore> = {}): TestedStore => ({
  engine: 'watermelondb',
  name: 'notes',
  version: 3,
  file: '/app/src/schema.ts',
  packageRoot: '/app',
  isVersioned: true,
  syncs: true,
  tested: [{ file: '/app/src/schema.ts', changedAt: 100 }],
  ...change,
})
const marked = (
  file: string,
  gates: Mark['gates'],
  change: Partial<MarkedTest> & { store?: string } = {},
): MarkedTest => ({
  file,
  changedAt: 200,
  packageRoot: '/app',
  marks: [{ gates, store: change.store }],
  ...change,
})
const outcome = (passed: number, failed = 0, skipped = 0, failure?: string): Outcome => ({
  passed,
  failed,
  skipped,
  failure,
})
const run = (at: number, files: Readonly<Record<string, Outcome>>): ReadRun => ({
  ranAt: at,
  outcomes: new Map(Object.entries(files)),
})
const told = (file: string) => file.replace('/app/', '')

const a = '/app/a.test.ts'
const b = '/app/b.test.ts'

/** The gate `conflicts` of the first store. */
function conflicts(tests: readonly MarkedTest[], runs: readonly ReadRun[], stores = [store()]) {
  const gate = judgeGates({ stores, tests, runs, told })[0]?.gates.find(one => one.gate === 'conflicts')
  assert.ok(gate)
  return [gate.state, gate.message]
}
const test = marked(a, ['conflicts'])

describe('a gate', () => {
  it('is missing where no test is marked', () => {
    assert.deepEqual(conflicts([marked(a, ['offline'])], [run(300, { [a]: outcome(1) })]), [
      'missing',
      'No test is marked with "offline-storage-gate: conflicts".',
    ])
  })

  it('is not run without results, without those of its test, and where all is skipped', () => {
    assert.deepEqual(conflicts([test], []), ['not run', 'There are no results of a test run.'])
    assert.deepEqual(conflicts([test], [run(300, { [b]: outcome(1) })]), [
      'not run',
      'The results do not tell of a.test.ts.',
    ])
    assert.deepEqual(conflicts([test], [run(300, { [a]: outcome(0, 0, 3) })]), [
      'not run',
      'All tests in a.test.ts were skipped.',
    ])
  })

  it('is outdated where the test or the schema is younger than the run', () => {
    assert.deepEqual(conflicts([test], [run(199, { [a]: outcome(1) })]), [
      'outdated',
      'a.test.ts was changed after the tests of a.test.ts ran.',
    ])
    const changed = store({ tested: [{ file: '/app/src/migrations.ts', changedAt: 301 }] })
    assert.deepEqual(conflicts([test], [run(300, { [a]: outcome(1) })], [changed]), [
      'outdated',
      'src/migrations.ts was changed after the tests of a.test.ts ran.',
    ])
    assert.equal(conflicts([test], [run(100, { [a]: outcome(0, 1) })])[0], 'outdated')
  })

  it('is failed by one test that fails, in any run of the present state', () => {
    const bad = outcome(3, 1, 0, 'a \u001b[31mconflict\nends')
    assert.deepEqual(conflicts([test], [run(300, { [a]: bad })]), [
      'failed',
      '1 test failed in a.test.ts: a  [31mconflict ends.',
    ])
    assert.equal(conflicts([test], [run(300, { [a]: bad }), run(400, { [a]: outcome(4) })])[0], 'failed')
    assert.equal(conflicts([test], [run(100, { [a]: bad }), run(400, { [a]: outcome(4) })])[0], 'passed')
  })

  it('is passed where at least one test passed, also beside skipped ones', () => {
    assert.deepEqual(conflicts([test], [run(200, { [a]: outcome(1, 0, 2) })]), ['passed', undefined])
  })

  it('needs every marked file', () => {
    const tests = [test, marked(b, ['conflicts', 'offline'])]
    const of = (files: Readonly<Record<string, Outcome>>, at = 300) => conflicts(tests, [run(at, files)])[0]
    assert.equal(of({ [a]: outcome(1), [b]: outcome(1) }), 'passed')
    assert.equal(of({ [a]: outcome(1) }), 'not run')
    assert.equal(of({ [a]: outcome(1), [b]: outcome(0, 1) }), 'failed')
  })

  it('does not concern stores that do not sync or have no versions', () => {
    const [only] = judgeGates({ stores: [store({ syncs: false, isVersioned: false })], tests: [test], runs: [], told })
    assert.deepEqual(
      only?.gates.map(gate => [gate.gate, gate.state, gate.tests.length]),
      [
        ['migrations', 'nothing to migrate', 0],
        ['conflicts', 'does not sync', 0],
        ['offline', 'does not sync', 0],
        ['integrity', 'does not sync', 0],
      ],
    )
  })

  it('of several stores in a package needs the name of the store', () => {
    const stores = [store(), store({ name: 'settings', engine: 'mmkv' })]
    const runs = [run(300, { [a]: outcome(1), [b]: outcome(1) })]
    const states = (tests: readonly MarkedTest[], of = stores) =>
      judgeGates({ stores: of, tests, runs, told }).map(one => [one.name, one.gates[1]?.state])
    assert.deepEqual(states([test]), [
      ['settings', 'missing'],
      ['notes', 'missing'],
    ])
    assert.equal(
      conflicts([test], runs, stores)[1],
      'a.test.ts does not say which store it tests: "offline-storage-gate: conflicts for settings".',
    )
    assert.deepEqual(states([marked(a, ['conflicts'], { store: 'notes' })]), [
      ['settings', 'missing'],
      ['notes', 'passed'],
    ])
    // Where the gate concerns one of them alone, nobody else can be meant.
    assert.deepEqual(states([test], [store(), store({ name: 'settings', syncs: false })]), [
      ['notes', 'passed'],
      ['settings', 'does not sync'],
    ])
  })

  it('takes tests of its own package, and those of others that name it', () => {
    const runs = [run(300, { [a]: outcome(1) })]
    assert.equal(conflicts([{ ...test, packageRoot: '/other' }], runs)[0], 'missing')
    assert.equal(conflicts([marked(a, ['conflicts'], { store: 'notes', packageRoot: '/other' })], runs)[0], 'passed')
  })
})

describe('a run', () => {
  it('is as old as its beginning, however young its file', () => {
    assert.equal(ranAt({ startedAt: 5, files: new Map() }, 9), 5)
    assert.equal(ranAt({ startedAt: 12, files: new Map() }, 9), 9)
    assert.equal(ranAt({ startedAt: undefined, files: new Map() }, 9), 9)
  })

  it('names files by absolute paths, or from the nearest folder above it that holds them', () => {
    const names = new Map([
      ['/app/one/a.test.ts', '/app/one/a.test.ts'],
      ['/app/two/a.test.ts', '/app/two/a.test.ts'],
      ['/real/a.test.ts', '/app/link.test.ts'],
    ])
    const placed = (file: string, path: string) => [
      ...placeOutcomes(
        { startedAt: undefined, files: new Map([[path, outcome(1)]]) },
        { file, root: '/app', names },
      ).keys(),
    ]
    assert.deepEqual(placed('/app/two/reports/junit.xml', 'a.test.ts'), ['/app/two/a.test.ts'])
    assert.deepEqual(placed('/app/junit.xml', 'a.test.ts'), [])
    assert.deepEqual(placed('/app/junit.xml', './one/a.test.ts'), ['/app/one/a.test.ts'])
    assert.deepEqual(placed('/tmp/junit.xml', 'one/a.test.ts'), ['/app/one/a.test.ts'])
    assert.deepEqual(placed('/tmp/junit.xml', '/real/a.test.ts'), ['/app/link.test.ts'])
    assert.deepEqual(placed('/tmp/junit.xml', '../../../x.test.ts'), [])
  })
})

describe('the command for a terminal', () => {
  it('names the tests and the file for their results', () => {
    assert.equal(
      testCommand('jest', 'npx', ['src/sync/a.test.ts', 'b.test.ts']),
      'npx jest --runTestsByPath --json --outputFile=.offline-storage/test-results.json src/sync/a.test.ts b.test.ts',
    )
    assert.equal(
      testCommand('mocha', 'pnpm exec', ['a.test.ts']),
      'pnpm exec mocha --reporter json --reporter-option output=.offline-storage/test-results.json a.test.ts',
    )
  })

  it('names none where a shell could read more into a name', () => {
    for (const name of [
      'a b.test.ts',
      'a;rm -rf x.test.ts',
      '$(x).test.ts',
      'a\nb.test.ts',
      '-x.test.ts',
      'a`b.test.ts',
    ])
      assert.equal(
        testCommand('jest', 'yarn', ['b.test.ts', name]),
        'yarn jest --json --outputFile=.offline-storage/test-results.json',
      )
  })

  it('is for the runner that package.json names', () => {
    assert.equal(runnerOf('{"devDependencies": {"jest": "1", "mocha": "1"}}'), 'jest')
    assert.equal(runnerOf('{"dependencies": 3, "devDependencies": {"mocha": "1"}}'), 'mocha')
    for (const text of ['', '{', 'null', '[]', '{}', '{"devDependencies": "jest"}'])
      assert.equal(runnerOf(text), undefined)
  })
})

describe('the report in Markdown', () => {
  it('is a table for each store, and makes no markup of names', () => {
    const stores = judgeGates({
      stores: [store({ name: 'a|b[x](y)<i>' }), store({ name: 'plain', syncs: false, isVersioned: false })],
      tests: [test],
      runs: [run(300, { [a]: outcome(1) })],
      told,
    })
    const text = gatesMarkdown([
      { title: undefined, report: { version: 1, stores }, folder: '', problems: ['x.json: It is *empty*.'] },
    ])
    assert.match(
      text,
      /^# Quality gates\n\n## a\\\|b\\\[x\\\]\(y\)\\<i\\> \(watermelondb, version 3\)\n\n\[src\/schema\.ts\]\(\/src\/schema\.ts\)\n/,
    )
    assert.match(text, /\n\| Conflicts tested +\| ✓ passed +\| \[a\.test\.ts\]\(\/a\.test\.ts\) +\|\n/)
    assert.match(text, /\n\| Offline verified +\| ✗ missing +\| No test is marked with/)
    assert.match(
      text,
      /## plain .*\n\n\[src\/schema\.ts\]\(\/src\/schema\.ts\)\n\nNo gate: it does not sync, and has no older version\.\n/,
    )
    assert.match(text, /\n- x\.json: It is \\\*empty\\\*\.\n/)
  })

  it('leads to the files that it names, also in sentences, whatever they are called', () => {
    const files = ['src/a.test.ts', 'src/a.test.ts.snap', 'src/[id]/(tabs)/b c*.test.ts']
    const gates: Gate[] = files.map(file => ({
      gate: 'conflicts',
      state: 'failed',
      tests: [{ file }],
      message: `1 test failed in ${file}: it is <b>, see lib/src/a.test.ts.`,
    }))
    const one = { engine: 'realm', name: 'notes', version: 1, file: 'src/schema.ts', gates }
    const text = gatesMarkdown([
      { title: undefined, report: { version: 1, stores: [one] }, folder: '../mobile', problems: [] },
    ])
    const lead = [...text.matchAll(/failed in \[(.+?)\]\((\S+?)\): it is \\<b\\>, see lib\/src\/a\.test\.ts\./g)]
    assert.deepEqual(
      lead.map(([, name, to]) => [name, to]),
      [
        ['src/a.test.ts', '/../mobile/src/a.test.ts'],
        ['src/a.test.ts.snap', '/../mobile/src/a.test.ts.snap'],
        ['src/\\[id\\]/(tabs)/b c\\*.test.ts', '/../mobile/src/%5Bid%5D/%28tabs%29/b%20c%2a.test.ts'],
      ],
    )
  })
})
