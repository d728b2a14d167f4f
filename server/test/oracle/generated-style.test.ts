// What "Generate Sync Layer" writes is judged by the tools of the apps it is written for: compiler, formatter and linter.
import assert from 'node:assert/strict'
import { stateOf } from '../../src/core/sync/generate/fingerprint.ts'
import { needOracle } from '../../testkit/oracle/installed.ts'
import { typeErrors } from '../../testkit/sync/compile-app.ts'
import { generateLayer } from '../../testkit/sync/generated-layer.ts'
import { layoutDifferences } from '../../testkit/sync/layout-differences.ts'
import { lintProblems } from '../../testkit/sync/lint-app.ts'
import { examplesIn } from '../../testkit/sync/readme-blocks.ts'
import type { GeneratedApp } from '../../testkit/sync/run-scaffold.ts'
import { formatted, styledApps } from '../../testkit/sync/styled-apps.ts'

const plan = { plan: 'src/sync' }

/** The files of a layer, and the examples of its README as files of the app. */
const withExamples = (files: Readonly<Record<string, string>>): Readonly<Record<string, string>> => {
  const examples = examplesIn(files['src/sync/README.md'] ?? '', 'src')
  assert.ok(Object.keys(examples).length >= 3)
  return { ...files, ...examples }
}

/** Rules of React Native's configuration that only warn, about ways to write that the layers use on purpose. */
const warnings: ReadonlySet<string> = new Set([
  'no-bitwise',
  'no-void',
  'dot-notation',
  'no-div-regex',
  '@typescript-eslint/no-shadow',
])

for (const app of styledApps) {
  for (const answers of app.layers) {
    describe(`a layer for ${app.name}: ${JSON.stringify(answers)}`, function () {
      this.timeout(60_000)
      let generated: GeneratedApp
      /** The files of the layer, and as Prettier lays them out by the app's settings. */
      let files: Readonly<Record<string, string>>
      let pretty: Readonly<Record<string, string>>

      before(async function () {
        needOracle(this)
        generated = generateLayer(await app.files(), answers, app.project)
        const own = Object.entries(generated.files).filter(([path]) => path.startsWith('src/sync/'))
        files = Object.fromEntries(own)
        const entries = own.map(async ([path, text]) => [path, await formatted(path, text, app.layout)] as const)
        pretty = Object.fromEntries(await Promise.all(entries))
      })

      it('compiles under `strict`', () => {
        assert.ok(Object.keys(files).length > 30)
        assert.deepEqual(typeErrors(withExamples(files)), [])
        assert.deepEqual(typeErrors(withExamples(pretty)), [])
      })

      it('passes the linter', async () => {
        assert.deepEqual(await lintProblems(withExamples(files), 'recommended'), [])
        const problems = await lintProblems(withExamples(files), 'react-native')
        assert.deepEqual(
          problems.filter(problem => problem.isError || !warnings.has(problem.rule)),
          [],
        )
      })

      it('is laid out as the app is, but for where long lines are broken', () => {
        const differences = Object.entries(files).flatMap(([path, text]) =>
          layoutDifferences(path, text, pretty[path] ?? ''),
        )
        assert.deepEqual(differences, [])
      })

      it('has a README that Prettier leaves as it is', () => {
        assert.equal(pretty['src/sync/README.md'], files['src/sync/README.md'])
      })

      it('is the same when it is generated again, also when the app’s formatter has been over it', () => {
        assert.deepEqual(generateLayer(generated.files, plan, app.project).written, [])
        const again = generateLayer({ ...generated.files, ...pretty }, plan, app.project)
        assert.deepEqual(again.written, [])
        assert.doesNotMatch(again.message, /Kept/)
        for (const [path, text] of Object.entries(pretty)) assert.equal(stateOf(path, text), 'ours', path)
      })
    })
  }
}

describe('the comparison of layouts', () => {
  const ours = 'const list = [1, 2]\nconst pick = (one: number) => (one > 1 ? list : undefined)\n'
  const differences = (other: string) => layoutDifferences('a.ts', ours, other)

  it('lets lines be broken', () => {
    const broken =
      'const list = [\n  1,\n  2,\n]\nconst pick = (\n  one: number,\n) =>\n  one > 1\n    ? list\n    : undefined\n'
    assert.deepEqual(differences(broken), [])
  })

  for (const [name, from, to] of [
    ['semicolons', '2]\n', '2];\n'],
    ['words', 'one > 1', 'one > 2'],
    ['brackets of arrow functions', '(one: number)', 'one'],
    ['other brackets', '[1, 2]', '([1, 2])'],
    ['comments', 'const list', '// A list.\nconst list'],
  ] as const)
    it(`sees other ${name}`, () => assert.notDeepEqual(differences(ours.replace(from, to)), []))

  it('sees other quotes and last commas', () => {
    assert.notDeepEqual(layoutDifferences('a.ts', "f('a')", 'f("a")'), [])
    assert.notDeepEqual(layoutDifferences('a.ts', 'f(\n  a,\n)', 'f(\n  a\n)'), [])
  })
})
