import assert from 'node:assert/strict'
import { readResults } from '../../src/core/gates/read-results.ts'
import type { Outcome } from '../../src/core/gates/results.ts'

/** The outcomes of a report that must be readable. */
function outcomes(report: unknown): Record<string, Outcome> {
  const run = readResults(typeof report === 'string' ? report : JSON.stringify(report))
  assert.ok(!('problem' in run), JSON.stringify(run))
  return Object.fromEntries(run.files)
}

function problem(text: string): string {
  const run = readResults(text)
  assert.ok('problem' in run, 'this must not be readable')
  return run.problem
}

const outcome = (passed: number, failed: number, skipped: number, failure?: string): Outcome => ({
  passed,
  failed,
  skipped,
  failure,
})

describe('results of jest', () => {
  const test = (status: string, fullName = status) => ({ status, title: status, fullName, ancestorTitles: [] })
  const file = (name: string, status: string, ...assertionResults: unknown[]) => ({ name, status, assertionResults })

  it('are counted by file', () => {
    const report = {
      startTime: 1000,
      success: false,
      testResults: [
        file('/app/a.test.ts', 'passed', test('passed'), test('pending'), test('todo')),
        file('/app/b.test.ts', 'failed', test('passed'), test('failed', 'a conflict ends'), test('failed', 'second')),
      ],
    }
    assert.deepEqual(outcomes(report), {
      '/app/a.test.ts': outcome(1, 0, 2),
      '/app/b.test.ts': outcome(1, 2, 0, 'a conflict ends'),
    })
    const run = readResults(JSON.stringify(report))
    assert.equal('startedAt' in run && run.startedAt, 1000)
  })

  it('of a file that does not run are a failure', () => {
    const report = { testResults: [file('/app/a.test.ts', 'failed'), file('/app/b.test.ts', 'failed', test('passed'))] }
    assert.deepEqual(outcomes(report), {
      '/app/a.test.ts': outcome(0, 1, 0, 'the file itself'),
      '/app/b.test.ts': outcome(1, 1, 0, 'the file itself'),
    })
  })

  it('are the same on Windows', () => {
    assert.deepEqual(Object.keys(outcomes({ testResults: [file('C:\\app\\a.test.ts', 'passed', test('passed'))] })), [
      'c:/app/a.test.ts',
    ])
  })
})

describe('results of mocha', () => {
  const test = (file: string | undefined, fullTitle: string) => ({ file, fullTitle, title: 'x', err: {} })
  const stats = { start: '2026-01-01T00:00:00.000Z', passes: 1 }

  it('are counted by file', () => {
    const report = {
      stats,
      tests: [],
      passes: [test('/app/a.test.ts', 'one')],
      failures: [test('/app/b.test.ts', 'two')],
      pending: [test('/app/a.test.ts', 'three')],
    }
    assert.deepEqual(outcomes(report), {
      '/app/a.test.ts': outcome(1, 0, 1),
      '/app/b.test.ts': outcome(0, 1, 0, 'two'),
    })
    const run = readResults(JSON.stringify(report))
    assert.equal('startedAt' in run && run.startedAt, Date.parse(stats.start))
  })

  it('hold a failure outside of all files against each of them', () => {
    const report = { stats, passes: [test('/app/a.test.ts', 'one')], failures: [test(undefined, 'a hook of all')] }
    assert.deepEqual(outcomes(report), { '/app/a.test.ts': outcome(1, 1, 0, 'a hook of all') })
  })

  it('without files are told', () => {
    assert.match(problem(JSON.stringify({ stats, passes: [test(undefined, 'one')], failures: [] })), /which files/)
  })
})

describe('results as JUnit XML', () => {
  it('are counted by the file of the test or of its suite', () => {
    const report = `<?xml version="1.0"?>
<!-- <testcase file="x.ts"/> -->
<testsuites tests="5"><testsuite name="all &quot;of&quot; it" file="/app/a.test.ts">
  <testcase name="one" classname="x"/>
  <testcase name='two &amp; a &#60;half>'><failure message="1 &lt; 2"><![CDATA[</testcase> <broken]]></failure></testcase>
  <testcase name="three"><skipped/></testcase>
  <testsuite name="inner"><testcase name="four" file="/app/b.test.ts"><error/></testcase></testsuite>
</testsuite>
<testsuite name="src/c.test.ts"><testcase name="five" classname="src/c.test.ts"></testcase></testsuite></testsuites>`
    assert.deepEqual(outcomes(report), {
      '/app/a.test.ts': outcome(1, 1, 1, 'two & a <half>'),
      '/app/b.test.ts': outcome(0, 1, 0, 'four'),
      'src/c.test.ts': outcome(1, 0, 0),
    })
  })

  it('without files are told', () => {
    assert.match(problem('<testsuite name="a"><testcase name="b"/></testsuite>'), /addFileAttribute/)
  })

  it('that are not well-formed are told, and nothing is resolved', () => {
    for (const text of [
      '<testsuite>',
      '<testsuite></testsuites>',
      '<testsuite name="a',
      '<testsuite><!-- x',
      '<html><body></body></html>',
      '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><testsuite><testcase name="&b;" file="a.ts"/></testsuite>',
      '<',
    ])
      assert.match(problem(text), /no XML that is known/)
  })

  it('are read in time that grows with their length alone', () => {
    const long = `<testsuite ${'a="b" '.repeat(100)}${' '.repeat(200_000)}${'<'.repeat(50_000)}`
    const start = performance.now()
    problem(long)
    problem(`<testsuite>${'<testcase '.repeat(50_000)}`)
    outcomes(`<testsuite>${'<testcase file="a.ts"><x>'.repeat(20_000)}${'</x></testcase>'.repeat(20_000)}</testsuite>`)
    assert.ok(performance.now() - start < 5000)
  })
})

describe('other texts', () => {
  it('are told, and never thrown', () => {
    assert.match(problem(''), /empty/)
    assert.match(problem(' \n'), /empty/)
    assert.match(problem('{"testResults": ['), /no JSON/)
    assert.match(problem('> app@1.0.0 test\n> jest'), /no JSON/)
    for (const text of [
      'null',
      '[]',
      '1',
      '{}',
      '{"testResults": {}}',
      '{"testResults": [{"name": 1}]}',
      '{"stats": 1}',
    ])
      assert.match(problem(text), /no result that is known/)
    assert.match(problem('['.repeat(200_000)), /no JSON/)
    assert.match(problem(`${'['.repeat(5000)}${']'.repeat(5000)}`), /no result/)
  })

  it('with names that objects have of themselves are plain files', () => {
    const text =
      '{"testResults": [{"name": "__proto__", "status": "passed", "assertionResults": [{"status": "passed"}]}]}'
    const run = readResults(text)
    assert.ok(!('problem' in run))
    assert.deepEqual([...run.files.keys()], ['__proto__'])
  })
})
