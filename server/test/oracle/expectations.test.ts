// The library really says what the table of expectations claims, and is content once the mistake is gone.
import assert from 'node:assert/strict'
import { exampleApp } from '../../src/core/engines/watermelondb/example-app.ts'
import { expectations, ownApp } from '../../testkit/oracle/expectations.ts'
import { needOracle } from '../../testkit/oracle/installed.ts'
import { type Case, complaints } from '../../testkit/oracle/judge.ts'

describe('oracle: what the library says of each mistake', function () {
  this.timeout(60_000)
  const entries = Object.entries(expectations)
  const answers = { wrong: new Map<string, readonly string[]>(), right: new Map<string, readonly string[]>() }

  before(async function () {
    needOracle(this)
    for (const form of ['wrong', 'right'] as const) {
      const cases = entries.map(([, expectation]): Case => {
        const released = expectation.released && exampleApp(expectation.released)
        return { expectation, files: ownApp(expectation, form), ...(released ? { released } : {}) }
      })
      const said = await complaints(cases)
      for (const [i, [rule]] of entries.entries()) answers[form].set(rule, said[i]!)
    }
  })

  for (const [rule, { message }] of entries)
    it(rule, () => {
      const said = answers.wrong.get(rule)!
      assert.ok(
        said.some(text => message.test(text)),
        `${message} is not in:\n${said.join('\n')}`,
      )
      assert.deepEqual(answers.right.get(rule), [])
    })
})
