// Every example of every rule: marks match findings, fixes parse, silence their finding, and read as promised.
import assert from 'node:assert/strict'
import { rules } from '../../src/core/rules/all.ts'
import type { Example } from '../../src/core/rules/rule.ts'
import { applyFix, findingsOf, readExample, runApp } from '../../testkit/run-example.ts'

const optionsOf = (rule: string, example: Example) => ({
  enable: rule,
  ...(example.project && { project: example.project }),
  ...(example.released && { released: example.released }),
})

for (const rule of rules) {
  if (rule.on === 'silence') continue
  describe(rule.id, () => {
    it('has an example that is reported and one that is not', () => {
      const marked = rule.examples.map(example => [...readExample(example).markers.values()].flat().length > 0)
      assert.ok(marked.includes(true), 'no example shows the finding')
      assert.ok(marked.includes(false), 'no example shows what is right')
    })

    for (const example of rule.examples) {
      it(`${example.name}: reports exactly what is marked`, () => {
        const { files, markers } = readExample(example)
        const app = runApp(files, optionsOf(rule.id, example))
        for (const [path, expected] of markers) {
          const found = app.analyzer.findings(`/app/${path}`).filter(finding => finding.rule === rule.id)
          const show = (start: number, end: number) => JSON.stringify(files[path]!.slice(start, end))
          assert.deepEqual(
            found.map(finding => show(finding.span.start, finding.span.end)),
            expected.map(marker => show(marker.start, marker.end)),
            path,
          )
          found.forEach((finding, i) => {
            assert.equal(finding.span.start, expected[i]!.start, path)
            assert.ok(
              finding.message.includes(expected[i]!.words),
              `"${finding.message}" lacks "${expected[i]!.words}"`,
            )
          })
        }
      })

      if (!example.fixed) continue
      it(`${example.name}: the fix mends it`, () => {
        const { files } = readExample(example)
        const app = runApp(files, optionsOf(rule.id, example))
        const before = findingsOf(app, rule.id)
        const [fix] = app.analyzer.fixes(before[0]!, app.context)
        assert.ok(fix, 'no fix is offered')
        const fixed = applyFix(app, fix)
        for (const [path, text] of Object.entries(example.fixed!)) assert.equal(fixed[path], text, path)
        const after = runApp(fixed, optionsOf(rule.id, example))
        for (const path of Object.keys(fixed))
          assert.equal(after.analyzer.facts(`/app/${path}`)?.error, undefined, `${path} does not parse`)
        assert.equal(findingsOf(after, rule.id).length, before.length - 1, 'the finding is still there')
      })
    }
  })
}
