// What VS Code loads to run the tests: mocha inside the extension host, and a report that proves they ran to their end.
import { writeFileSync } from 'node:fs'
import { version } from 'vscode'

/** By the value of TEST_SUITE. */
const suites: Record<string, readonly (() => Promise<unknown>)[]> = {
  trusted: [
    () => import('./activation.test.ts'),
    () => import('./problems.test.ts'),
    () => import('./commands.test.ts'),
    () => import('./quality-gates.test.ts'),
    () => import('./diagram.test.ts'),
    () => import('./answers.test.ts'),
  ],
  realm: [() => import('./activation.test.ts'), () => import('./realm.test.ts')],
  mmkv: [() => import('./activation.test.ts'), () => import('./mmkv.test.ts')],
  sqlite: [
    () => import('./activation.test.ts'),
    () => import('./sqlite.test.ts'),
    () => import('./sync-layer.test.ts'),
  ],
  untrusted: [() => import('./activation.test.ts'), () => import('./untrusted.test.ts')],
}

/** Runs the tests of one suite; rejects when a test fails. The report goes to the file that TEST_REPORT names. */
export async function run(): Promise<void> {
  const report = process.env['TEST_REPORT']
  if (report === undefined) throw new Error('TEST_REPORT must name the file of the report')
  // Mocha is an ES module, and this file becomes CommonJS.
  const { default: Mocha } = await import('mocha')
  const mocha = new Mocha({ timeout: 60_000, reporter: 'base' })
  // Test files use mocha's globals, which exist from here on; so they are imported after it.
  mocha.suite.emit('pre-require', globalThis, '', mocha)
  for (const load of suites[process.env['TEST_SUITE'] ?? ''] ?? []) await load()

  const lines: string[] = []
  const failures = await new Promise<number>(resolve => {
    const runner = mocha.run(resolve)
    runner.on('pass', test => lines.push(`  ok   ${test.fullTitle()} (${test.duration} ms)`))
    runner.on('fail', (test, error) => lines.push(`  FAIL ${test.fullTitle()}\n${error.stack ?? error.message}`))
    runner.on('end', () => {
      const { passes = 0, failures = 0 } = runner.stats ?? {}
      writeFileSync(report, JSON.stringify({ vscode: version, passes, failures, lines }))
    })
  })
  if (failures > 0) throw new Error(`${failures} tests failed`)
}
