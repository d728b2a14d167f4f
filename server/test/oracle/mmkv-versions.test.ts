// Moves to a later version of react-native-mmkv, judged by the compiler against the real types.
import assert from 'node:assert/strict'
import { rules } from '../../src/core/rules/all.ts'
import { linesOf } from '../../src/core/text/lines.ts'
import { needOracle } from '../../testkit/oracle/installed.ts'
import { type MmkvSample, samplesOf2, samplesOf3 } from '../../testkit/oracle/mmkv-samples.ts'
import { type MmkvMajor, type TypeProblem, typeProblems } from '../../testkit/oracle/mmkv-types.ts'
import { applyFix, runApp } from '../../testkit/run-example.ts'

const ours = rules.filter(rule => rule.id === 'mmkv/wrong-api-version')
const newest = { 2: '2.12.2', 3: '3.3.3', 4: '4.3.2' } as const

const moves: readonly { readonly from: MmkvMajor; readonly to: MmkvMajor; readonly samples: readonly MmkvSample[] }[] =
  [
    { from: 2, to: 3, samples: samplesOf2 },
    { from: 2, to: 4, samples: samplesOf2 },
    { from: 3, to: 4, samples: samplesOf3 },
  ]

/** The files of all samples, each in a folder of its own, so that the compiler is asked once. */
const together = (samples: readonly MmkvSample[]) =>
  Object.fromEntries(
    samples.flatMap((sample, i) => Object.entries(sample.files).map(([path, text]) => [`sample-${i}/${path}`, text])),
  )

const ofSample = (problems: readonly TypeProblem[], i: number) =>
  problems.filter(({ file }) => file.startsWith(`sample-${i}/`))

const toRun = (sample: MmkvSample, version: string) =>
  runApp(sample.files, { rules: ours, project: { versions: { 'react-native-mmkv': version } } })

/** What the rule finds, shown or left to the compiler. */
const foundIn = (sample: MmkvSample, version: string) => {
  const app = toRun(sample, version)
  const found = [...app.texts.keys()].flatMap(file => [
    ...app.analyzer.findings(file),
    ...app.analyzer.foreignFindings(file),
  ])
  return { app, found }
}

/** The sample after the widest fix that is offered. */
function moved(sample: MmkvSample, version: string): MmkvSample {
  const { app, found } = foundIn(sample, version)
  const fix = found.flatMap(finding => app.analyzer.fixes(finding, app.context).at(-1) ?? [])[0]
  return fix ? { ...sample, files: applyFix(app, fix) } : sample
}

for (const { from, to, samples } of moves)
  describe(`oracle: react-native-mmkv ${from} to ${to}`, function () {
    this.timeout(60_000)
    let home: readonly TypeProblem[]
    let refused: readonly TypeProblem[]
    let after: readonly TypeProblem[]
    const results = samples.map(sample => moved(sample, newest[to]))

    before(function () {
      needOracle(this)
      home = typeProblems(together(samples), from)
      refused = typeProblems(together(samples), to)
      after = typeProblems(together(results), to)
    })

    for (const [i, sample] of samples.entries()) {
      it(`${sample.name}: is right in ${from}, refused by ${to}, and right again`, () => {
        assert.deepEqual(ofSample(home, i), [])
        assert.notDeepEqual(ofSample(refused, i), [])
        assert.deepEqual(ofSample(after, i), [], Object.values(results[i]!.files).join('\n'))
      })

      it(`${sample.name}: the fix is reached from every file that the compiler complains of`, () => {
        const { app, found } = foundIn(sample, newest[to])
        for (const file of new Set(ofSample(refused, i).map(problem => problem.file))) {
          const path = `/app/${file.slice(file.indexOf('/') + 1)}`
          const lines = linesOf(app.texts.get(path)!)
          const isReached = ofSample(refused, i).some(
            problem =>
              problem.file === file &&
              found.some(
                ({ file: at, span, saidBy }) =>
                  at === path &&
                  // In JavaScript the finding is shown itself, wherever the compiler would have complained.
                  (saidBy === undefined ||
                    (saidBy.includes(problem.code) && lines.at(span.start).line === problem.line)),
              ),
          )
          assert.ok(isReached, JSON.stringify(ofSample(refused, i)))
        }
      })

      it(`${sample.name}: nothing is left to do`, () => {
        const { app, found } = foundIn(results[i]!, newest[to])
        assert.deepEqual(
          found.flatMap(finding => app.analyzer.fixes(finding, app.context)),
          [],
        )
      })
    }
  })
