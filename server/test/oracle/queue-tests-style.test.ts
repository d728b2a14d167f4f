// The generated fault tests of queues are judged by the tools of the apps they are written for: compiler, linter and formatter.
import assert from 'node:assert/strict'
import { stateOf } from '../../src/core/sync/generate/fingerprint.ts'
import { needOracle } from '../../testkit/oracle/installed.ts'
import { typeErrors } from '../../testkit/sync/compile-app.ts'
import { typeScriptProject } from '../../testkit/sync/generated-layer.ts'
import { layoutDifferences } from '../../testkit/sync/layout-differences.ts'
import { lintProblems } from '../../testkit/sync/lint-app.ts'
import { rightApp, rightClass, rightGiven, sampleApp } from '../../testkit/sync/queue-apps.ts'
import { type GeneratedApp, runScaffold } from '../../testkit/sync/run-scaffold.ts'
import { formatted, layouts } from '../../testkit/sync/styled-apps.ts'

type Files = Readonly<Record<string, string>>

const generate = (app: Files): GeneratedApp =>
  runScaffold('sync.testQueue', app, { folder: 'src/sync/testing' }, typeScriptProject)

const mapped = async (files: Files, change: (path: string, text: string) => Promise<string>): Promise<Files> =>
  Object.fromEntries(
    await Promise.all(Object.entries(files).map(async ([path, text]) => [path, await change(path, text)] as const)),
  )

/** Rules of React Native's configuration that only warn, about ways to write that the simulator uses on purpose. */
const warnings: ReadonlySet<string> = new Set(['no-bitwise', 'no-void', 'dot-notation', '@typescript-eslint/no-shadow'])

for (const [name, app, layout] of [
  ['the copied queue, as Prettier comes', sampleApp, layouts.prettier],
  ['a queue of functions, in tabs', rightApp(), layouts.tabs],
  ['a queue of a class, as @react-native formats', rightApp(rightClass), layouts.reactNative],
  ['a queue of a class, without semicolons', rightApp(rightClass), layouts.bare],
  ['a queue that is given its storage, in four spaces', rightApp(rightGiven), layouts.wide],
] as const)
  describe(`the fault tests for ${name}`, function () {
    this.timeout(60_000)
    let generated: GeneratedApp
    /** What was generated, and as Prettier lays it out. */
    let own: Files
    let pretty: Files

    before(async function () {
      needOracle(this)
      const code = await mapped(app, async (path, text) => (/\.ts$/.test(path) ? formatted(path, text, layout) : text))
      generated = generate({ ...code, '.prettierrc': JSON.stringify(layout, null, 2) })
      own = Object.fromEntries(Object.entries(generated.files).filter(([path]) => generated.written.includes(path)))
      pretty = await mapped(own, (path, text) => formatted(path, text, layout))
    })

    it('compile under `strict`', () => {
      assert.ok(Object.keys(own).length > 20)
      assert.deepEqual(typeErrors(generated.files), [])
      assert.deepEqual(typeErrors({ ...generated.files, ...pretty }), [])
    })

    it('pass the linter', async () => {
      assert.deepEqual(await lintProblems(own, 'recommended'), [])
      const problems = await lintProblems(own, 'react-native')
      assert.deepEqual(
        problems.filter(problem => problem.isError || !warnings.has(problem.rule)),
        [],
      )
    })

    it('are laid out as the app is, but for where long lines are broken', () => {
      const differences = Object.entries(own).flatMap(([path, text]) =>
        layoutDifferences(path, text, pretty[path] ?? ''),
      )
      assert.deepEqual(differences, [])
    })

    it('are the same when they are generated again, also when the app’s formatter has been over them', () => {
      const again = generate({ ...generated.files, ...pretty })
      assert.deepEqual(again.written, [])
      assert.doesNotMatch(again.message, /Kept/)
      for (const [path, text] of Object.entries(pretty)) assert.equal(stateOf(path, text), 'ours', path)
    })
  })
