// The library itself makes the complaint of which a rule warns, on the rule's own example, and less of it after the fix.
import assert from 'node:assert/strict'
import { rules } from '../../src/core/rules/all.ts'
import type { AnyRule, Example } from '../../src/core/rules/rule.ts'
import { expectations } from '../../testkit/oracle/expectations.ts'
import { needOracle } from '../../testkit/oracle/installed.ts'
import { type Case, complaints } from '../../testkit/oracle/judge.ts'
import { applyFix, findingsOf, readExample, runApp } from '../../testkit/run-example.ts'

interface Proof {
  readonly rule: string
  readonly wrong: Case
  /** The same app after the first fix of each finding, where the rule offers one. */
  readonly mended: Case | undefined
}

const proofs = rules.flatMap((rule): Proof[] => {
  const expectation = expectations[rule.id]
  const example = rule.examples.find(candidate => [...readExample(candidate).markers.values()].some(m => m.length > 0))
  if (!expectation || !example) return []
  const base = { expectation, ...(example.released ? { released: example.released } : {}) }
  const { files } = readExample(example)
  const fixed = mend(rule, example)
  return [{ rule: rule.id, wrong: { ...base, files }, mended: fixed && { ...base, files: fixed } }]
})

/** Applies the fix that the rule really offers, in all the files that it touches. */
function mend(rule: AnyRule, example: Example): Record<string, string> | undefined {
  let files = readExample(example).files
  const run = () => runApp(files, { rules: [rule], project: example.project ?? {}, released: example.released ?? {} })
  // As many rounds as there are findings: one fix may move the others.
  for (let rounds = findingsOf(run(), rule.id).length; rounds > 0; rounds--) {
    const app = run()
    const finding = findingsOf(app, rule.id)[0]
    const fix = finding && app.analyzer.fixes(finding, app.context)[0]
    if (fix) files = applyFix(app, fix)
  }
  return findingsOf(run(), rule.id).length === 0 ? files : undefined
}

describe('oracle: the examples of rules', function () {
  this.timeout(60_000)
  let said = new Map<Case, readonly string[]>()

  before(async function () {
    needOracle(this)
    const cases = proofs.flatMap(({ wrong, mended }) => (mended ? [wrong, mended] : [wrong]))
    const answers = await complaints(cases)
    said = new Map(cases.map((one, i) => [one, answers[i]!]))
  })

  it('are there', () => {
    assert.ok(proofs.length > 0)
  })

  for (const { rule, wrong, mended } of proofs) {
    const { message } = wrong.expectation
    const heard = (one: Case) => said.get(one)!.filter(text => message.test(text))
    it(`${rule}: the library complains`, () => {
      assert.ok(heard(wrong).length > 0, `${message} is not in:\n${said.get(wrong)!.join('\n')}`)
    })
    if (mended)
      it(`${rule}: the fix helps`, () => {
        // Less rather than none: an example may hold what only the exercise stumbles over.
        assert.ok(heard(mended).length < heard(wrong).length, heard(mended).join('\n'))
      })
  }
})
